"""The least handbook that behaves like the real one. Search is English here: jieba is slow to load."""

project = "小手册"
author = "编写组"
project_copyright = author
version = release = "1"
language = "zh_CN"
extensions = ["myst_parser", "speeches"]
root_doc = "index"
include_patterns = ["index.md", "chapters/**", "source_speeches/*.txt"]
primary_domain = "speech"
show_warning_types = True
nitpicky = True
smartquotes = False
myst_enable_extensions = ["colon_fence", "substitution"]
html_theme = "basic"
html_search_language = "en"
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
latex_engine = "xelatex"
latex_documents = [(root_doc, "book.tex", project, author, "manual")]
epub_show_urls = "no"
