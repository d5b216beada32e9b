"""办公室工作手册: values only. What they do is in _ext/."""

project = "办公室工作手册"
author = "办公室工作手册编写组"
project_copyright = author
# The edition is given here and nowhere else: cover, footer and citations take it from these values.
release = "2026.11"
version = f"{release[:4]}年版"
edition_date = f"{release[:4]}年{int(release[5:])}月"
language = "zh_CN"

extensions = [
    "myst_parser",
    "sphinx_design",
    "speeches",
    "permalink",
    "citable",
    "teaching",
    "booksite",
    "zhindex",
    "zhsearch",
    "zhprint",
    "zhword",
]
root_doc = "index"
include_patterns = ["index.md", "chapters/**", "source_speeches/*.txt"]
exclude_patterns = ["_build", ".venv"]
primary_domain = "speech"
show_warning_types = True
nitpicky = True

# internal: 讲话原文 included; public: excerpts and citations only (make html-public).
edition = "internal"
# 送审稿: with 送审单 and all editorial marks; 定稿: with neither.
stage = "送审稿"
stage_drafts_only = ["chapters/review-sheet"]
booksite_edition_date = edition_date
booksite_kind = {"internal": "全本", "public": "节本"}
booksite_rights = {"internal": "内部资料，免费交流", "public": "内部资料，免费交流；节本，不收讲话全文"}

# Automatic replacement would change the characters of quotations.
smartquotes = False
myst_enable_extensions = ["colon_fence", "substitution"]
myst_heading_anchors = 0
myst_substitutions = {
    "edition": version,
    "edition_date": edition_date,
    "publisher": "（编印单位）",
    "audience": "（发送对象）",
    "printer": "（印刷单位）",
    "print_date": "（印刷日期）",
    "print_run": "（印数）",
    "permit": "（准印证号）",
}
suppress_warnings = ["myst.xref_ambiguous"]

numfig = False
teaching_answers = "chapters/answers"
# The chips of speech pages would break up sentences; what 引文核对表 quotes is found in the chapters.
zhsearch_words = "terms.txt"
zhsearch_synonyms = "synonyms.txt"
zhsearch_numbered = "摘录"
zhsearch_groups = [
    ("按事查", "chapters/situations"),
    ("摘录", ".excerpt"),
    ("章节", "chapters/dingwei chapters/suzhi chapters/nengli chapters/zuofeng chapters/baozhang"),
    ("讲话原文", "source_speeches/*"),
    ("前言和附录", "*"),
]
zhsearch_exclude = ["quoted-by", "verification-table"]

html_theme = "furo"
html_title = f"{project}（{version}）"
html_permalinks_icon = "¶"
html_show_copyright = False
# The received files hold what must be withheld; they are never copied into the site.
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False

# The printed book. What is not known stays empty and prints as a blank to fill in.
zhprint_exclude = [
    "chapters/imprint",
    "chapters/speeches",
    "chapters/coverage",
    "chapters/trainer",
    "source_speeches/*",
]
zhprint_subtitle = "讲话摘编、办事索引和常用表单"
zhprint_remark = (
    "不得翻印、上网，不得转给发送对象以外的单位和个人。书中引文与存档文本核对一致；存档文本来源没有核实，"
    "未与讲话原件核对，书中引文不得写进文件、汇报。"
)
# The forms of the book are what one writes on; a 笔记栏 takes what room its page has left.
zhprint_notes_lines = 3
zhprint_unit = ""
zhprint_audience = ""
zhprint_printer = ""
zhprint_print_date = ""
zhprint_print_run = ""
zhprint_permit = ""
zhprint_date = edition_date
# What is looked up, answered or checked stands in the smaller type of an appendix; what is read through does not.
zhprint_small_documents = [
    "chapters/usage",
    "chapters/review-sheet",
    "chapters/situations",
    "chapters/answers",
    "chapters/answers/*",
    "source_speeches/*",
]
zhprint_small_sections = ["思考题", "情景练习"]
zhprint_run_on = ["chapters/sources"]
zhprint_leaf = ["chapters/feedback"]
zhprint_answered = ["思考题"]
# A handout has more (handbook handout): the book has a 笔记栏 at the end of each chapter.
zhprint_answer_lines = 1
zhprint_handout_tables = ["chapters/verification"]
zhprint_handout_answers = "chapters/answers"

latex_engine = "xelatex"
latex_documents = [(root_doc, "handbook.tex", project, author, "manual")]
epub_show_urls = "no"
text_secnumber_suffix = " "
