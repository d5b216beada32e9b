"""Fonts made from nothing, and how the program looks into one."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from zhprint.coverage import characters
from zhprint.faces import Font, find_fonts, marks_sit

_TEXT = "中，、。：；？！”’》〉）“‘《〈（\U00020000"


def made(*, outlines: str) -> bytes:
    """A sound font with a box for each of the marks that the program looks at."""
    names = [".notdef", *(f"g{ord(c):x}" for c in _TEXT)]
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{ord(c):x}" for c in _TEXT})
    shapes = {}
    for name in names:
        pen = TTGlyphPen(None) if outlines == "glyf" else T2CharStringPen(1000, None)
        pen.moveTo((100, 0))
        pen.lineTo((100, 300))
        pen.lineTo((400, 300))
        pen.closePath()
        shapes[name] = pen.glyph() if isinstance(pen, TTGlyphPen) else pen.getCharString()
    if outlines == "glyf":
        builder.setupGlyf(shapes)
    else:
        builder.setupCFF("Made", {"FullName": "Made"}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def read(path: Path) -> object:
    """Which characters it has, whether its marks sit right. PrintError is all that the second may raise."""
    sits = marks_sit(Font("Made", 400, path, 0))
    return sits, characters(path, 0)  # never before the other: it is asked of sound fonts alone


def found(path: Path) -> object:
    """As an office's folder with this one font."""
    return find_fonts(path.parent, path.parent / "nothing", use_system=False)
