"""Where a font puts its punctuation: 。，beside the character before, “《 beside the one after, in a square of their own.

Lines are justified by taking the empty half of a mark away. In a font that centres its marks, or has “ ” of Latin width,
that leaves holes or touching strokes; its marks are then taken from another font.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

CLOSING, OPENING = "，、。：；？！”’》〉）", "“‘《〈（"
MARKS = CLOSING + OPENING + "…"
"""What a face borrows together: marks of one design stand beside each other."""

_SQUARE, _HALF, _BESIDE = 0.95, 0.53, 0.18
"""In em: least width, how far a closing mark may reach, how far from the character before a comma may begin."""


def sit_right(path: Path, index: int = 0) -> bool:
    """Whether every mark of a font has the width and the place that Chinese typesetting of the mainland expects."""
    with path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=index) as file:
        names, glyphs, em = file.getBestCmap() or {}, file.getGlyphSet(), file["head"].unitsPerEm
        for mark in CLOSING + OPENING:
            name = names.get(ord(mark))
            if name is None:
                return False
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            if pen.bounds is None or glyphs[name].width < _SQUARE * em:
                return False
            left, _, right, _ = (edge / em for edge in pen.bounds)
            if (right > _HALF) if mark in CLOSING else (left < 1 - _HALF):
                return False
            if mark == "，" and left > _BESIDE:
                return False
    return True
