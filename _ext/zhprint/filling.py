"""How far the pages of a draft are filled: what the make-up is chosen by.

Read by PDFium from the objects of a page, a tenth of its characters, so that a draft costs a third of a whole reading.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .book import TURNED
from .paper import TypeArea

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pypdfium2 import PdfDocument, PdfPage

DESCENT = 0.12
"""Em that a line of the template reaches under its baseline."""
_TEXT = 1
"""What PDFium calls an object that is text."""
_AT_THE_HEAD = 4
"""Lines from the head of a page on which the title stands that it opens with."""


@dataclass(frozen=True, slots=True)
class Filled:
    """``lows``: where the lowest ink of each page ends, in points. ``running``: numbers of the pages that text goes on from."""

    area: TypeArea
    lows: tuple[float, ...]
    running: frozenset[int]

    def empty(self, page: int) -> int:
        """Lines of the grid that stay empty at the foot of a page."""
        return empty_lines(self.lows[page - 1], self.area)

    def short(self, page: int) -> int:
        """The same of a page that text goes on from; of others none, who may end where they will."""
        return self.empty(page) if page in self.running else 0


def empty_lines(low: float, area: TypeArea) -> int:
    """Lines of the grid under the lowest ink of a page."""
    return max(0, int((area.paper.text_top + area.height - low + 1) / area.leading))


def read_filled(path: Path, area: TypeArea, places: Mapping[str, list[Any]]) -> Filled:
    """How far the pages of a PDF that zhprint made are filled."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        pages = [_low(page, area) for page in document]
        opening = openers(document, area)
    finally:
        document.close()
    turned = {int(place[1]) - 1 for name, place in places.items() if name.endswith(TURNED)}
    with_folio = {number for number, (_, folio) in enumerate(pages, 1) if folio}
    running = {at for at in with_folio if at + 1 in with_folio - opening and at not in turned}
    return Filled(area, tuple(low for low, _ in pages), frozenset(running))


def openers(document: PdfDocument, area: TypeArea) -> frozenset[int]:
    """Numbers of the pages that a part of the book opens: its title stands at their head."""
    out = set()
    for mark in document.get_toc():
        target = mark.get_dest()
        if mark.level or target is None:
            continue
        number, (_, view) = target.get_index(), target.get_view()
        height = document[number].get_trimbox()[3] - view[1]
        if height < area.paper.text_top + _AT_THE_HEAD * area.leading:
            out.add(number + 1)
    return frozenset(out)


def _low(page: PdfPage, area: TypeArea) -> tuple[float, bool]:
    """Where the lowest ink of the type area ends, and whether there is something under it: a folio."""
    import pypdfium2.raw as pdfium

    height, top, foot = page.get_trimbox()[3], area.paper.text_top, area.paper.text_top + area.height
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    low, folio = top, False
    for thing in page.get_objects(max_depth=3):
        if thing.type == _TEXT:
            pdfium.FPDFPageObj_GetMatrix(thing.raw, matrix)
            pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
            y = height - matrix.f
            folio = folio or y > foot + area.leading / 2
            end = y + DESCENT * size.value * abs(matrix.d)
        else:
            y = end = height - thing.get_bounds()[1]
        if top <= y <= foot + area.leading / 2:
            low = max(low, end)
    return low, folio
