"""Configuration: one dataclass, registered by looping over its fields, validated before anything is read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

SIZES = {"四号": (14.0, 25.0), "小三": (15.0, 27.0), "三号": (16.0, 28.95)}
"""Body size → points and leading. 三号 on 28.95 pt is GB/T 9704's own 22 lines of 28 characters."""


def _value(default: Any, description: str) -> Any:
    return field(
        default_factory=lambda: default.copy() if hasattr(default, "copy") else default,
        metadata={"description": description},
    )


@dataclass(frozen=True, slots=True)
class PrintConfig:
    """Values of conf.py, each prefixed ``zhprint_``. Paths are relative to conf.py. Empty means: not printed."""

    title: str = _value("", "title of the book; default: project")
    subtitle: str = _value("", "subtitle on cover and title page")
    unit: str = _value("", "编印单位")
    edition: str = _value("", "版次; default: version")
    date: str = _value("", "版本日期 on the cover")
    audience: str = _value("", "发送对象")
    printer: str = _value("", "印刷单位")
    print_date: str = _value("", "印刷日期")
    print_run: str = _value("", "印数")
    permit: str = _value("", "准印证号; never invented: empty leaves a place for it")
    stamp: str = _value("", "核验码 on the imprint: which verified text this is")
    notice: str = _value("内部资料，免费交流", "printed on cover and imprint")
    remark: str = _value("", "a paragraph at the foot of the imprint")
    exclude: list[str] = _value([], "patterns of documents that are not printed")
    chapter: str = _value("", "last part of the name of the one chapter of a handout; empty: the whole book")
    handout_tables: list[str] = _value([], "documents whose tables a handout appends, cut down to its chapter")
    handout_label: str = _value("讲义", "cover line of a handout")
    size: str = _value("四号", "body size: 四号, 小三 or 三号 (large print)")
    marks: str = _value("full", "full: editorial marks as written; table: corrected text with a small dot")
    fonts: str = _value("", "folder of the office's own licensed fonts")
    font_cache: str = _value(".fonts", "folder of the free fonts that `python -m zhprint.fetch` brings")
    system_fonts: bool = _value(True, "whether fonts of the system may be used")
    standard: str = _value("ua-1", "PDF standard for the compiler; empty: plain PDF 1.7")
    contents_depth: int = _value(2, "heading levels in 目录")
    index_title: str = _value("主题索引", "title of the index")
    notes_lines: int = _value(8, "least number of ruled lines of a 笔记栏; it takes what room its page has")
    notes_class: str = _value("notes-space", "class of containers that become ruled lines")
    excerpt_class: str = _value("excerpt", "class (or node name) of block quotations that are excerpts")
    source_class: str = _value("source-line", "class of the paragraph that names an excerpt's source")
    references_class: str = _value("citations", "class of lists that are set as references, in small type")
    bare_references: list[str] = _value(["excerpt-reference"], "classes of references that take a short page number")

    @classmethod
    def of(cls, config: Config) -> PrintConfig:
        """The values in force."""
        values = {f.name: getattr(config, f"zhprint_{f.name}") for f in fields(cls)}
        values["title"] = values["title"] or config.project
        values["edition"] = values["edition"] or config.version
        return cls(**values)


def register(app: Sphinx) -> None:
    """Add every field as a configuration value; none of them changes what is read."""
    defaults = PrintConfig()
    for item in fields(PrintConfig):
        default = getattr(defaults, item.name)
        app.add_config_value(f"zhprint_{item.name}", default, "", type(default), item.metadata["description"])
    app.connect("config-inited", _validate)


def _validate(app: Sphinx, config: Config) -> None:
    values = PrintConfig.of(config)
    if values.size not in SIZES:
        raise ConfigError(f"conf.py：zhprint_size = {values.size!r} 不能用。请改为 {'、'.join(SIZES)} 之一。")
    if values.marks not in ("full", "table"):
        raise ConfigError(f'conf.py：zhprint_marks = {values.marks!r} 不能用。请改为 "full" 或 "table"。')
