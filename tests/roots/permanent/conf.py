"""A small handbook whose ids are permanent. Search is English here: jieba is slow to load."""

project = "小手册"
author = "编写组"
project_copyright = author
release = "2026.11"
version = "2026年版"
language = "zh_CN"
extensions = ["myst_parser", "speeches", "permalink", "citable", "zhindex"]
root_doc = "index"
include_patterns = ["index.md", "chapters/**", "source_speeches/*.txt"]
primary_domain = "speech"
show_warning_types = True
nitpicky = True
smartquotes = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 0
html_theme = "furo"
html_search_language = "en"
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
templates_path = ["_templates"]
permalink_published = "published-ids.txt"
redirects = {}
