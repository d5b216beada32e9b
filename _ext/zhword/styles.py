"""The styles of the book, by the names that Word, WPS and LibreOffice show: the faces and sizes of the printed one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from zhprint.paper import SIZES, TypeArea

from .elements import make

FANG, SONG, KAI, HEI = "仿宋", "宋体", "楷体", "黑体"
LATIN = "Times New Roman"
DEEPEST = 5
"""Levels of headings."""


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. Sizes and spaces in points, indents in characters of its size; ``lead`` 0: single lines.

    ``level``: of a heading, from 1. ``edge``: borders, as ``left`` or ``top bottom``. ``tab``: a stop at the right edge.
    """

    id: str
    name: str
    face: str = FANG
    size: float = 1.0
    lead: float = 0.0
    align: str = "both"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    level: int = 0
    bold: bool = False
    keep: bool = False
    edge: str = ""
    tab: bool = False


def scale_of(area: TypeArea) -> float:
    """As in the templates of the printed book: smaller type grows with the text."""
    return max(area.size / SIZES["四号"][0], 0.86)


# fmt: off
def looks(area: TypeArea) -> Iterator[Look]:
    """Every paragraph style, the text's own first."""
    size, lead, scale = area.size, area.leading, scale_of(area)
    small, smaller, source = 12 * scale, 10.5 * scale, 11 * scale
    yield Look("Normal", "Normal", FANG, size, lead)
    yield Look("BodyText", "Body Text", FANG, size, lead, first=2)
    sizes = (22 * scale, 16 * scale)
    above = 13 * scale
    yield Look("Heading1", "heading 1", SONG, sizes[0], 34 * scale, "center", level=1, bold=True, keep=True, before=lead, after=lead)
    yield Look("Heading2", "heading 2", HEI, sizes[1], lead, "left", level=2, keep=True, before=above, after=above / 2)
    yield Look("HeadingUnlisted", "章内标题", HEI, sizes[1], lead, "left", level=2, keep=True, before=above, after=above / 2)
    for level in range(3, DEEPEST + 1):
        yield Look(f"Heading{level}", f"heading {level}", HEI, size, lead, "left", level=level, keep=True)
    yield Look("Title", "Title", SONG, 36 * scale, 52 * scale, "center", bold=True)
    yield Look("Subtitle", "Subtitle", HEI, 18 * scale, 30 * scale, "center")
    yield Look("CoverLine", "封面文字", FANG, 15 * scale, 30 * scale, "center")
    yield Look("ExcerptNumber", "摘录编号", HEI, smaller, 0, "left", left=4, keep=True, before=6, edge="left")
    yield Look("Excerpt", "摘录", KAI, size, lead, first=2, left=3, right=1, keep=True, edge="left")
    yield Look("ExcerptSource", "摘录出处", KAI, source, 20 * scale, "right", left=3.82, right=1.27, edge="left")
    yield Look("EditorNote", "编者注", FANG, source, 20 * scale, "left", left=3.82, right=1.27, edge="left")
    yield Look("Quote", "Quote", KAI, size, lead, first=2, left=2, right=2)
    yield Look("LeadIn", "引起下文", FANG, size, lead, first=2, keep=True)
    yield Look("ListParagraph", "List Paragraph", FANG, size, lead)
    yield Look("Label", "小标签", HEI, size, lead, "left", keep=True)
    yield Look("Caption", "caption", HEI, small, 0, "center", keep=True, before=6, after=4)
    yield Look("TableText", "表格文字", SONG, smaller, 16 * scale, "left")
    yield Look("TableHead", "表头", HEI, smaller, 16 * scale, "left", keep=True)
    yield Look("TableBrief", "小表文字", SONG, 9, 13, "left")
    yield Look("TableEnd", "表后", SONG, 6, 6, "left")
    yield Look("Brief", "小字说明", SONG, 9.5 * scale, 15 * scale)
    yield Look("BoxText", "提示框", FANG, size, lead, first=2)
    yield Look("Reference", "参考文献", FANG, small, 20 * scale, "left")
    yield Look("NoteLine", "笔记栏", FANG, size, 28, "left", edge="bottom between")
    yield Look("Code", "代码", SONG, smaller, 0, "left")
    yield Look("Index", "index 1", SONG, smaller, 15 * scale, "left", tab=True)
    yield Look("IndexBelow", "index 2", SONG, smaller, 15 * scale, "left", left=1, tab=True)
    yield Look("IndexHead", "index heading", HEI, smaller, 15 * scale, "left", keep=True, before=6)
    yield Look("ContentsHead", "TOC Heading", SONG, 22 * scale, 34 * scale, "center", bold=True, after=12)
    yield Look("Contents1", "toc 1", HEI, small, 21 * scale, "left", tab=True)
    yield Look("Contents2", "toc 2", FANG, small, 21 * scale, "left", left=2, tab=True)
    yield Look("Header", "header", SONG, smaller, 0, "left", edge="bottom", tab=True)
    yield Look("Footer", "footer", SONG, 12, 0, "left")
    yield Look("FootnoteText", "footnote text", FANG, smaller, 15 * scale, "left")


# fmt: on


def fill_styles(root: _Element, area: TypeArea) -> None:
    """Put these styles in the place of what a new document brings along."""
    for child in list(root):
        root.remove(child)
    root.append(
        make(
            "docDefaults",
            make(
                "rPrDefault", make("rPr", _faces(FANG), *_size(area.size), make("lang", val="en-US", eastAsia="zh-CN"))
            ),
            make("pPrDefault", make("pPr", make("spacing", before=0, after=0))),
        )
    )
    for look in looks(area):
        root.append(_paragraph_style(look, area))
    for identifier, name, properties in (
        ("Strong", "Strong", [_faces(HEI)]),
        ("Emphasis", "Emphasis", [_faces(HEI)]),
        ("CodeWords", "代码字", [make("rFonts", ascii="Courier New", hAnsi="Courier New", eastAsia=SONG)]),
        ("Hyperlink", "Hyperlink", []),
        ("Corrected", "已改字", [make("em", val="dot")]),
        ("FootnoteReference", "footnote reference", [make("vertAlign", val="superscript")]),
        ("Superscript", "上标", [make("vertAlign", val="superscript")]),
        ("Subscript", "下标", [make("vertAlign", val="subscript")]),
        ("Tick", "方框", [_faces(SONG), *_size(14)]),
    ):
        root.append(_style("character", identifier, name, make("rPr", *properties)))
    root.append(_style("table", "BookTable", "手册表格", _grid("insideH", "insideV", "top", "left", "bottom", "right")))
    root.append(_style("table", "Box", "提示框格", _grid("top", "bottom")))
    root.append(_style("table", "Plain", "分栏格", _grid()))


def _style(kind: str, identifier: str, name: str, *parts: _Element) -> _Element:
    style = make("style", make("name", val=name), type=kind, styleId=identifier)
    style.extend([make("qFormat"), *parts] if kind == "paragraph" else parts)
    return style


def _paragraph_style(look: Look, area: TypeArea) -> _Element:
    inner: list[_Element] = []
    if look.keep:
        inner.append(make("keepNext"))
    if look.edge:
        inner.append(make("pBdr", *[_border(edge) for edge in ("top", "left", "bottom", "right", "between") if edge in look.edge.split()]))  # fmt: skip
    if look.tab:
        inner.append(
            make("tabs", make("tab", val="right", leader="none" if look.edge else "dot", pos=_twips(_tab(look, area))))
        )
    inner.append(_spacing(look))
    inner.append(_indents(look))
    inner.append(make("jc", val=look.align))
    if look.level:
        inner.append(make("outlineLvl", val=look.level - 1))
    letters = [_faces(look.face), *([make("b")] if look.bold else []), *_size(look.size)]
    style = _style("paragraph", look.id, look.name)
    if look.id == "Normal":
        style.set(style.keys()[0].rpartition("}")[0] + "}default", "1")
    else:
        style.insert(1, make("basedOn", val="Normal"))
        style.insert(2, make("next", val="BodyText" if look.level else look.id))
    style.extend([make("pPr", *inner), make("rPr", *letters)])
    return style


def _tab(look: Look, area: TypeArea) -> float:
    """Where the page number of a line ends: at the edge of the text, or of a column of the index."""
    return (area.width - 2 * INDEX_GAP) / 3 if look.id.startswith("Index") else area.width


INDEX_GAP = 14.0
"""Points between the columns of the index."""


def _spacing(look: Look) -> _Element:
    line: dict[str, str | int] = {"line": _twips(look.lead), "lineRule": "exact"} if look.lead else {}
    if look.level == 1 or look.id in ("Title", "TableText", "TableHead", "TableBrief"):
        line["lineRule"] = "atLeast"
    return make("spacing", before=_twips(look.before), after=_twips(look.after), **line)


def _indents(look: Look) -> _Element:
    return make(
        "ind",
        left=_twips(look.left * look.size), right=_twips(look.right * look.size),
        firstLine=_twips(look.first * look.size),
    )  # fmt: skip


def _border(edge: str) -> _Element:
    return make(
        "left" if edge == "left" else edge,
        val="single",
        sz=8 if edge == "left" else 4,
        space=6 if edge == "left" else 1,
        color="404040",
    )


def _grid(*edges: str) -> _Element:
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [make(edge, val="single", sz=4, space=0, color="000000") for edge in order if edge in edges]
    margins = make("tblCellMar", make("left", w=80, type="dxa"), make("right", w=80, type="dxa"))
    return make("tblPr", *([make("tblBorders", *borders)] if borders else []), margins)


def _faces(face: str) -> _Element:
    return make("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=face, cs=LATIN)


def _size(points: float) -> list[_Element]:
    half = round(points * 2)
    return [make("sz", val=half), make("szCs", val=half)]


def _twips(points: float) -> int:
    return round(points * 20)
