"""Configuration: one dataclass, registered by looping over its fields, validated before anything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from zh.values import declared, in_force, value

from .paper import FEWEST, PAPERS, SIZES, TypeArea, type_area

_STANDARDS = ("ua-1", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4", "1.7", "2.0")
"""ua-1 goes with a-2 and a-3, not with a-4, which is of PDF 2.0; the compiler says so."""


@dataclass(frozen=True, slots=True)
class PrintConfig:
    """Values of conf.py, each prefixed ``zhprint_``. Paths are relative to conf.py. Empty means: not printed."""

    title: str = value("", "title of the book; default: project")
    subtitle: str = value("", "subtitle on cover and title page")
    unit: str = value("", "编印单位")
    edition: str = value("", "版次; default: version")
    date: str = value("", "版本日期 on the cover")
    audience: str = value("", "发送对象")
    printer: str = value("", "印刷单位")
    print_date: str = value("", "印刷日期")
    print_run: str = value("", "印数")
    permit: str = value("", "准印证号; never invented: empty leaves a place for it")
    permit_blank: bool = value(False, "whether covers have a ruled place for a 准印证号 that is awaited")
    stamp: str = value("", "核验码 on the imprint: which verified text this is")
    notice: str = value("", "such as 内部资料，免费交流; printed on cover and imprint")
    remark: str = value("", "a paragraph at the foot of the imprint")
    exclude: list[str] = value(
        [], "patterns of documents that the book leaves out; each may still be printed as a handout"
    )
    small_documents: list[str] = value([], "patterns of documents in smaller type, as what is looked up and not read")
    small_sections: list[str] = value([], "titles of sections of chapters in smaller type, as exercises are")
    right_hand: list[str] = value(
        ["main"], "what opens on a right-hand page: main (chapters), front, back; the rest opens on any page"
    )
    run_on: list[str] = value([], "patterns of documents that need no page of their own")
    leaf: list[str] = value([], "patterns of documents on a leaf of their own, to be torn out")
    answered: list[str] = value([], "titles of sections whose numbered questions get lines to write on")
    answer_lines: int = value(2, "how many")
    chapter: str = value("", "last part of the name of the one chapter of a handout; empty: the whole book")
    handout_tables: list[str] = value([], "documents whose tables a handout appends, cut down to its chapter")
    handout_label: str = value("讲义", "cover line of a handout")
    handout_for: str = value("trainee", "trainee: without answers; trainer: with them")
    handout_answers: str = value("", "document whose child of the chapter's name holds its answers")
    handout_first_page: int = value(1, "number of a handout's first page: 45, to have the book's")
    cover: str = value("rules", "design of the cover: rules (one colour) or band (a spot colour)")
    cover_colour: str = value("#8c1c13", "spot colour of the cover design band")
    cover_title: list[str] = value([], "lines of the title on the cover, where it is to be broken by hand")
    wrap: bool = value(False, "also cover.pdf: back, spine and front of the cover in one sheet, for binding")
    leaf_thickness: int = value(100, "micrometres of a leaf, from which the spine follows; 80 g/m² is about 100")
    appendix_title: str = value("附录", "head of the appendices in 目录")
    paper: str = value("a4", "a4, a5 or 16k")
    size: str = value("", "body size: 小四, 四号, 小三 or 三号 (large print); empty: the paper's own")
    marks: str = value("full", "full: editorial marks as written; table: corrected text with a small dot")
    fonts: str = value("", "folder of the office's own licensed fonts")
    font_cache: str = value(".fonts", "folder of the free fonts that `python -m zhprint.fetch` brings")
    system_fonts: bool = value(True, "whether fonts of the system may be used")
    standard: str = value("ua-1", "PDF standards, parted by commas, such as ua-1,a-2a; empty: plain PDF 1.7")
    bleed: int = value(0, "millimetres that colour runs over the trimmed edge: 3, for a printing house")
    contents_depth: int = value(2, "heading levels in 目录")
    index_title: str = value("主题索引", "title of the index")
    notes_lines: int = value(8, "least number of ruled lines of a 笔记栏; it takes what room its page has")
    notes_class: str = value("notes-space", "class of containers that become ruled lines")
    excerpt_class: str = value("excerpt", "class (or node name) of block quotations that are excerpts")
    quote_class: str = value("quote", "class of words in a line that are quoted: a character without a font stops them")
    source_class: str = value("source-line", "class of the paragraph that names an excerpt's source")
    references_class: str = value("citations", "class of lists that are set as references, in small type")

    @property
    def standards(self) -> list[str]:
        """What the PDF must conform to."""
        return [standard.strip() for standard in self.standard.split(",") if standard.strip()]

    @property
    def area(self) -> TypeArea:
        """版心."""
        return type_area(self.paper, self.size)

    @classmethod
    def of(cls, config: Config) -> PrintConfig:
        """The values in force."""
        values = in_force(cls, config, "zhprint_")
        values["title"] = values["title"] or config.project
        values["edition"] = values["edition"] or config.version
        return cls(**values)


def register(app: Sphinx) -> None:
    """Add every field as a configuration value; none of them changes what is read."""
    for item in declared(PrintConfig, "zhprint_"):
        app.add_config_value(*item)
    app.connect("config-inited", _validate)


def _validate(app: Sphinx, config: Config) -> None:
    values = PrintConfig.of(config)
    if values.paper not in PAPERS:
        raise ConfigError(f"conf.py：zhprint_paper = {values.paper!r} 不能用。请改为 {'、'.join(PAPERS)} 之一。")
    if values.size and values.size not in SIZES:
        raise ConfigError(f"conf.py：zhprint_size = {values.size!r} 不能用。请改为 {'、'.join(SIZES)} 之一。")
    if (characters := values.area.characters) < FEWEST:
        raise ConfigError(
            f"conf.py：zhprint_paper = {values.paper!r} 用{values.size}字，一行只有{characters}个字，不便阅读。"
            "请把 zhprint_size 改小一号，或者换大一些的纸。"
        )
    for standard in values.standards:
        if standard not in _STANDARDS:
            raise ConfigError(
                f"conf.py：zhprint_standard 里的 {standard!r} 不能用。请改用 {'、'.join(_STANDARDS)}，几种之间用逗号隔开。"
            )
    if values.cover not in ("rules", "band"):
        raise ConfigError(f'conf.py：zhprint_cover = {values.cover!r} 不能用。请改为 "rules" 或 "band"。')
    if wrong := set(values.right_hand) - {"front", "main", "back"}:
        raise ConfigError(
            f"conf.py：zhprint_right_hand 里的 {'、'.join(sorted(wrong))} 不能用。请改用 front、main、back 中的几个。"
        )
    if not re.fullmatch("#[0-9A-Fa-f]{6}", values.cover_colour):
        raise ConfigError(
            f'conf.py：zhprint_cover_colour = {values.cover_colour!r} 不能用。请写成 "#8c1c13" 这样的六位色号。'
        )
    if values.handout_for not in ("trainee", "trainer"):
        raise ConfigError(
            f'conf.py：zhprint_handout_for = {values.handout_for!r} 不能用。请改为 "trainee" 或 "trainer"。'
        )
    if values.marks not in ("full", "table"):
        raise ConfigError(f'conf.py：zhprint_marks = {values.marks!r} 不能用。请改为 "full" 或 "table"。')
