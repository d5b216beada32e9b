"""入职指引: an example of another project that cites the handbook. Values only."""

project = "入职指引"
author = "办公室工作手册编写组"
project_copyright = author
release = "2026.11"
version = "2026年版"
language = "zh_CN"

extensions = [
    "myst_parser",
    "manuscript",
    "sphinx_design",
    "handbook_citations",
    "teaching",
    "booksite",
    "zhsearch",
    "zhprint",
]
root_doc = "index"
include_patterns = ["*.md"]
show_warning_types = True
nitpicky = True
smartquotes = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 0

# The handbook that is cited: its site's folder, the edition meant, and the archive its excerpts are verified against.
handbook_site = "../../_build/html"
handbook_edition = "2026年版"
handbook_archive = "../../source_speeches"

booksite_edition_date = "2026年11月"
booksite_rights = "内部资料，免费交流"
html_theme = "furo"
html_title = f"{project}（{version}）"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False

zhprint_font_cache = "../../.fonts"
zhprint_date = booksite_edition_date
zhprint_notice = booksite_rights
zhprint_permit = ""
