"""Pages: paper, margins, running heads and folios. A part of the book is a section, so that each has its own head."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart
from lxml.etree import _Element

from zhprint.paper import MM, TypeArea

from .elements import field, make, run
from .package import add_part
from .styles import INDEX_GAP

_KINDS = {
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


@dataclass(frozen=True, slots=True)
class Section:
    """``start``: nextPage, oddPage or continuous. ``folio``: decimal, lowerRoman, or "" for no number and no head.

    ``first``: number of its first page, 0 to go on. ``opens``: its first page has no head. ``columns``: of its text.

    Of a section that begins on an odd page LibreOffice makes two page styles, each with a first page, so that there the
    second page has no head either; in Word the first alone.
    """

    start: str
    folio: str = ""
    first: int = 0
    title: str = ""
    opens: bool = False
    columns: int = 1


class Pages:
    """Makes the properties of sections, and the heads and feet that they name."""

    def __init__(self, part: DocumentPart, area: TypeArea, book: str) -> None:
        self._part, self._area, self._book = part, area, book
        self._shared: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def properties(self, section: Section) -> _Element:
        """``w:sectPr`` of a section."""
        area, paper = self._area, self._area.paper
        parts = [*self._heads(section), make("type", val=section.start)]
        parts.append(make("pgSz", w=_mm(paper.width), h=_mm(paper.height)))
        bottom = paper.height * MM - paper.text_top - area.height - 1
        parts.append(make(
            "pgMar", top=_mm(paper.top), bottom=round(bottom * 20), left=round(area.inside * 20), right=_mm(paper.outside),
            header=_mm(paper.top * 0.55), footer=_mm(paper.foot * 0.6), gutter=0,
        ))  # fmt: skip
        if section.folio:
            start = {"start": section.first} if section.first else {}
            parts.append(make("pgNumType", fmt=section.folio, **start))
        parts.append(make("cols", num=section.columns, space=round(INDEX_GAP * 20)))
        if section.opens or not section.folio:
            parts.append(make("titlePg"))
        return make("sectPr", *parts)

    def _heads(self, section: Section) -> list[_Element]:
        if not section.folio:
            empty = self._foot("none", "")
            return [_reference("footer", kind, empty) for kind in ("default", "even", "first")]
        odd = self._head(self._book, section.title)
        even = self._head(section.title, self._book)
        heads = [_reference("header", "default", odd), _reference("header", "even", even)]
        if section.opens:
            heads.append(_reference("header", "first", self._blank_head()))
        right, left = self._foot("right", "right"), self._foot("left", "left")
        return [*heads, _reference("footer", "default", right), _reference("footer", "even", left), _reference("footer", "first", right)]  # fmt: skip

    def _head(self, left: str, right: str) -> str:
        words = [run(left), make("r", make("tab")), run(right)] if left or right else []
        return self._add("header", make("p", make("pPr", make("pStyle", val="Header" if words else "Footer")), *words))

    def _foot(self, kind: str, align: str) -> str:
        """One for each edge, for all sections."""
        if kind not in self._shared:
            number = field("PAGE", "1") if align else []
            properties = [make("pStyle", val="Footer"), *([make("jc", val=align)] if align else [])]
            self._shared[kind] = self._add("footer", make("p", make("pPr", *properties), *number))
        return self._shared[kind]

    def _blank_head(self) -> str:
        if "head" not in self._shared:
            self._shared["head"] = self._head("", "")
        return self._shared["head"]

    def _add(self, kind: str, paragraph: _Element) -> str:
        """A part of its own for a head or a foot; the name by which sections refer to it."""
        self._count[kind] += 1
        content, relation = _KINDS[kind]
        root = make("hdr" if kind == "header" else "ftr", paragraph)
        return add_part(self._part, f"/word/{kind}{self._count[kind]}.xml", content, relation, root)


def _reference(kind: str, which: str, name: str) -> _Element:
    reference = make(f"{kind}Reference", type=which)
    reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", name)
    return reference


def _mm(millimetres: float) -> int:
    return round(millimetres * MM * 20)
