"""办公室工作手册: values only. What they do is in _ext/."""

# ── 每个单位自己改的，都在这一段 ──
project = "办公室工作手册"
author = "办公室工作手册编写组"
# 版次，年.月；封面、页脚、著录都从这里取。
release = "2026.11"
subtitle = "讲话摘编、办事索引和常用表单"
# 编印单位、发送对象、印刷单位、印刷日期、印数、准印证号：不知道的留空，印出来是空格，由人填。
unit = ""
audience = ""
printer = ""
print_date = ""
print_run = ""
permit = ""
# 送审稿：附送审单，校订标记全印；定稿：不附送审单，印校订后的文字。
stage = "送审稿"
# 全本 internal，含讲话原文；节本 public，只有摘录和出处（make html-public）。
edition = "internal"
rights = {"internal": "内部资料，免费交流", "public": "内部资料，免费交流；节本，不收讲话全文"}
remark = (
    "不得翻印、上网，不得转给发送对象以外的单位和个人。书中引文与存档文本核对一致；存档文本来源没有核实，"
    "未与讲话原件核对，书中引文不得写进文件、汇报。"
)

# ── 以下一般不用改；提到章节文件的，换了章节才改 ──
project_copyright = author
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
# Named, so that it is missed when it is gone.
permalink_published = "published-ids.txt"

stage_drafts_only = ["chapters/review-sheet"]
booksite_edition_date = edition_date
booksite_kind = {"internal": "全本", "public": "节本"}
booksite_rights = rights

# Automatic replacement would change the characters of quotations.
smartquotes = False
myst_enable_extensions = ["colon_fence", "substitution"]
myst_heading_anchors = 0
myst_substitutions = {
    "edition": version,
    "edition_date": edition_date,
    "publisher": unit or "（编印单位）",
    "audience": audience or "（发送对象）",
    "printer": printer or "（印刷单位）",
    "print_date": print_date or "（印刷日期）",
    "print_run": print_run or "（印数）",
    "permit": permit or "（准印证号）",
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

# The printed book.
zhprint_exclude = [
    "index",
    "chapters/imprint",
    "chapters/speeches",
    "chapters/coverage",
    "chapters/trainer",
    "source_speeches/*",
]
zhprint_subtitle = subtitle
zhprint_remark = remark
zhprint_unit = unit
zhprint_audience = audience
zhprint_printer = printer
zhprint_print_date = print_date
zhprint_print_run = print_run
zhprint_permit = permit
zhprint_date = edition_date
# The forms of the book are what one writes on; a 笔记栏 takes what room its page has left.
zhprint_notes_lines = 3
zhprint_notice = "内部资料，免费交流"
# What is looked up, answered or checked stands in the smaller type of an appendix; what is read through does not.
zhprint_small_documents = [
    "chapters/preface",
    "chapters/usage",
    "chapters/review-sheet",
    "chapters/situations",
    "chapters/answers",
    "chapters/answers/*",
    "chapters/period-notes",
    "chapters/verification",
    "chapters/emendations",
    "chapters/sources",
    "chapters/errata",
    "source_speeches/*",
]
zhprint_small_sections = ["思考题", "情景练习"]
zhprint_run_on = [
    "chapters/period-notes",
    "chapters/verification",
    "chapters/emendations",
    "chapters/sources",
    "chapters/errata",
]
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
