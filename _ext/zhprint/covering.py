"""Words that a reader of the file finds and a reader of the paper does not: something was drawn over them.

A page is drawn in the order of its objects, so that what comes later lies above (PDF 32000-1, 8.1).
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top; points, from the lower left corner of the page."""
_THIN = 3.0
"""Points: a rule is no thicker."""


def covers(page: PdfPage) -> list[Bounds]:
    """Of what was drawn over the middle of words that were set before it."""
    import pypdfium2.raw as pdfium

    words: list[tuple[float, float]] = []
    found = []
    for thing in page.get_objects(max_depth=8):
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = thing.get_bounds()
            words.append(((left + right) / 2, (bottom + top) / 2))
        elif _hides(thing):
            left, bottom, right, top = thing.get_bounds()
            if min(right - left, top - bottom) > _THIN and any(
                left <= x <= right and bottom <= y <= top for x, y in words
            ):
                found.append((left, bottom, right, top))
    return found


def _hides(thing: PdfObject) -> bool:
    import pypdfium2.raw as pdfium

    if thing.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        return True
    if thing.type != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    filled, stroked, alpha = ctypes.c_int(), ctypes.c_int(), ctypes.c_uint()
    pdfium.FPDFPath_GetDrawMode(thing, filled, stroked)
    pdfium.FPDFPageObj_GetFillColor(thing, ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), alpha)
    return bool(filled.value) and alpha.value > 0
