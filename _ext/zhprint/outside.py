"""Text that stands off the type area of a made PDF: found by the printer itself, and told with the document it is from.

Runs of text are looked at as they were drawn, not character by character: a book of two thousand pages takes seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .paper import MM, TypeArea

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_FOLIO = re.compile(r"[0-9]+|[ivxlc]+")
_HANG = 0.6
"""Em of the text's size that a mark set close may hang over an edge."""
_TEXT = 1
"""What PDFium calls an object that is text."""

Box = tuple[float, float, float, float]
"""Left, upper, right, lower edge, in points from the upper left corner of the trimmed page."""


def off_the_area(pdf: Path, area: TypeArea) -> Iterator[tuple[int, float, str]]:
    """Page, height on it and words of each run that stands off the type area of a page with a number."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            for box in _strays(number, page, area):
                yield number, box[1], _words(page, box)
            page.close()
    finally:
        document.close()


def _strays(number: int, page: PdfPage, area: TypeArea) -> Iterator[Box]:
    boxes = list(_boxes(page))
    foot = area.paper.text_top + area.height + area.leading / 2
    low = [box for box in boxes if box[3] > foot and box[1] > foot - area.leading]
    numbered = [box for box in low if _FOLIO.fullmatch(_words(page, box))]
    if not numbered:
        return
    left = area.inside if number % 2 else area.paper.outside * MM
    hang = _HANG * area.size
    for box in boxes:
        beside = box[0] < left - hang or box[2] > left + area.width + hang
        if beside or (box in low and box not in numbered):
            yield box


def _boxes(page: PdfPage) -> Iterator[Box]:
    left, _, _, top = page.get_trimbox()
    for drawn in page.get_objects(max_depth=1):
        if drawn.type == _TEXT:
            x0, y0, x1, y1 = drawn.get_bounds()
            if x1 > x0:
                yield x0 - left, top - y1, x1 - left, top - y0


def _words(page: PdfPage, box: Box) -> str:
    left, _, _, top = page.get_trimbox()
    reader = page.get_textpage()
    words = reader.get_text_bounded(box[0] + left, top - box[3], box[2] + left, top - box[1])
    reader.close()
    return "".join(words.split())


def document_at(places: Mapping[str, list[Any]], docnames: Set[str], page: int, height: float) -> str:
    """The document whose label stands last before a place; "zh" in what the printer makes itself, as the index; or ""."""
    before = [(at, y, name) for name, (_, at, y) in places.items() if (at, y) <= (page, height + 1)]
    parts = [(at, y, name) for at, y, name in before if name.startswith("zh:") or name.rpartition(":")[0] in docnames]
    return max(parts)[2].rpartition(":")[0] if parts else ""
