"""Where every character of a printed PDF stands, gathered into lines: what a typographer looks at, as numbers.

Read by PDFium, which gives for each character its origin, its advance and its size. Measures are points, from the left and
the upper edge of the trimmed page. Lines come in the order in which they are read.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .book import TURNED
from .covering import covers
from .filling import DESCENT, openers
from .paper import MM, SIZES, TypeArea, paper_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_UNSEEN = re.compile("[\\s\u200b\u2060\ufeff\ufffe]")
_SAME_LINE, _OFF, _APART, _SET_OFF = 0.9, 1.2, 0.6, 2.6
"""Points between baselines; em by which a character may lie back over the one before, stand off from it on one line, and
stand off on one line as the next column does."""
_WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uff00-\uff60]")
_TEXT = 1
"""What PDFium calls an object that is text."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its origin on the line, the end of its advance, its baseline, its size."""

    text: str
    x: float
    end: float
    y: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Line:
    """Characters beside each other. ``opens``: nothing of the same text stands left of it on its line."""

    glyphs: tuple[Glyph, ...]
    opens: bool

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def x(self) -> float:
        return self.glyphs[0].x

    @property
    def end(self) -> float:
        return self.glyphs[-1].end

    @property
    def y(self) -> float:
        """The baseline of its largest character; a number raised beside it is not on it."""
        return max(self.glyphs, key=lambda glyph: glyph.size).y

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. ``lines`` are those of the type area; ``low`` is where its lowest ink ends; ``number`` counts from 1;
    ``covered``: words that something was drawn over."""

    number: int
    folio: str
    left: float
    lines: tuple[Line, ...]
    low: float
    covered: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A printed book. ``openers``: numbers of pages that a part begins on; ``turned``: of those before a page that was begun by will."""

    area: TypeArea
    sheets: tuple[Sheet, ...]
    openers: frozenset[int]
    turned: frozenset[int]
    titles: frozenset[tuple[int, str]]


def read_layout(path: Path) -> Layout:
    """Every line of a PDF that zhprint made. OSError when the file cannot be read as one."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise OSError(f"{path.name}：{error}") from None
    try:
        pages = [_glyphs(page) for page in document]
        _, bottom, _, top = document[0].get_trimbox()
        area = _area(top - bottom, [glyph for glyphs in pages for glyph in glyphs])
        sheets = tuple(_sheet(number, document[number - 1], glyphs, area) for number, glyphs in enumerate(pages, 1))
        marks = [(mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
        titles = frozenset((at, title) for title, at in marks)
        return Layout(area, sheets, openers(document, area), _turned(document), titles)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without what has no ink."""
    return _UNSEEN.sub("", text)


def _area(height: float, glyphs: list[Glyph]) -> TypeArea:
    """The type area of a page so high with the size of type that most of it is in."""
    counted: dict[float, int] = {}
    for glyph in glyphs:
        counted[glyph.size] = counted.get(glyph.size, 0) + 1
    usual = {size: counted.get(size, 0) for size, _ in SIZES.values()}
    size = max(usual, key=lambda size: usual[size])
    return TypeArea(paper_of(height), *next(pair for pair in SIZES.values() if pair[0] == size))


def _glyphs(page: PdfPage) -> list[Glyph]:
    import pypdfium2.raw as pdfium

    reader = page.get_textpage()
    text = reader.raw
    left, _, _, height = page.get_trimbox()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    out = []
    for at in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if pdfium.FPDFText_IsGenerated(text, at) or not squeezed(character):
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
        size = round(pdfium.FPDFText_GetFontSize(text, at), 2)
        font = name.value.decode("utf-8", "replace")
        # PDFium's boxes of wide characters are too narrow here and there; they are squares.
        end = x.value + size if _WIDE.match(character) else box.right
        out.append(Glyph(character, x.value - left, end - left, height - y.value, size, font))
    reader.close()
    return out


def _sheet(number: int, page: PdfPage, glyphs: list[Glyph], area: TypeArea) -> Sheet:
    top, foot = area.paper.text_top, area.paper.text_top + area.height
    inside = [glyph for glyph in glyphs if top <= glyph.y <= foot + area.leading / 2]
    under = "".join(glyph.text for glyph in glyphs if glyph.y > foot + area.leading / 2)
    height = page.get_trimbox()[3]
    drawn = [height - thing.get_bounds()[1] for thing in page.get_objects(max_depth=3) if thing.type != _TEXT]
    ends = [glyph.y + DESCENT * glyph.size for glyph in inside]
    low = max((y for y in (*drawn, *ends) if top < y < foot + area.leading / 2), default=top)
    left = area.inside if number % 2 else area.paper.outside * MM
    offset = page.get_trimbox()[0]
    hidden = "".join(
        glyph.text
        for x0, y0, x1, y1 in covers(page)
        for glyph in glyphs
        if x0 <= (glyph.x + glyph.end) / 2 + offset <= x1 and y0 <= height - glyph.y <= y1
    )
    return Sheet(number, under, left, tuple(_lines(inside)), low, hidden)


def _lines(glyphs: list[Glyph]) -> Iterator[Line]:
    """Characters that follow each other on a baseline; what is set off from the one before begins a line of its own."""
    current: list[Glyph] = []
    opens = True
    for glyph in glyphs:
        if current:
            last = current[-1]
            size = max(last.size, glyph.size)
            beside = abs(glyph.y - last.y) < (_SAME_LINE if glyph.size == last.size else 0.5 * size)
            gap = (glyph.x - last.end) / size
            if not (beside and -_OFF < gap < _APART):
                yield Line(tuple(current), opens)
                opens = not (beside and 0 <= gap < _SET_OFF)
                current = []
        current.append(glyph)
    if current:
        yield Line(tuple(current), opens)


def _turned(document: PdfDocument) -> frozenset[int]:
    import pypdfium2.raw as pdfium

    out = set()
    size = ctypes.c_long()
    for at in range(pdfium.FPDF_CountNamedDests(document.raw)):
        pdfium.FPDF_GetNamedDest(document.raw, at, None, size)
        buffer = ctypes.create_string_buffer(size.value)
        found = pdfium.FPDF_GetNamedDest(document.raw, at, buffer, size)
        if found and buffer.raw.decode("utf-16-le").rstrip("\0").endswith(TURNED):
            out.add(pdfium.FPDFDest_GetDestPageIndex(document.raw, found))
    return frozenset(out)
