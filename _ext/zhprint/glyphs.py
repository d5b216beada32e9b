"""Which characters a font has: of a file by its tables, of a font inside the compiler by asking the compiler."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import unpack_from

import typst
from fontTools.ttLib import TTFont

EMBEDDED = ("New Computer Modern", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern Math")
"""Families inside the compiler (OFL, GUST, Bitstream Vera): they have no file that could be read."""


@cache
def embedded_has(family: str, character: str) -> bool:
    """Whether a font inside the compiler has a character: set alone in it, under a standard that allows no empty box."""
    source = f'#set document(title: "?")\n#set text(font: "{family}", fallback: false)\n\\u{{{ord(character):x}}}'
    try:
        typst.compile(source.encode(), format="pdf", pdf_standards=["a-2u"], ignore_system_fonts=True)
    except typst.TypstError:
        return False
    return True


def characters(path: Path, index: int = 0) -> frozenset[int]:
    """Every code point that a file's font has. Glyph names, which take seconds to make up, are not asked for."""
    with path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=index) as file:
        table = file.reader["cmap"]
    out: set[int] = set()
    (count,) = unpack_from(">H", table, 2)
    for at in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHL", table, at)
        if (platform, encoding) in ((3, 1), (3, 10)) or platform == 0:
            (kind,) = unpack_from(">H", table, offset)
            if kind == 12:
                out.update(_format_12(table, offset))
            elif kind == 4:
                out.update(_format_4(table, offset))
    return frozenset(out)


def _format_12(table: bytes, offset: int) -> Iterator[int]:
    (groups,) = unpack_from(">L", table, offset + 12)
    before = -1
    for group in range(groups):
        start, end, glyph = unpack_from(">LLL", table, offset + 16 + 12 * group)
        before = _rising(before, start, end)
        yield from range(start + (glyph == 0), end + 1)


def _rising(before: int, start: int, end: int) -> int:
    """``end``, where a range stands after the one before it, as the format wants. ValueError: else a small file has no end."""
    if not before < start <= end + 1 <= sys.maxunicode + 1:
        raise ValueError("the ranges of its characters overlap")
    return end


def _format_4(table: bytes, offset: int) -> Iterator[int]:
    (doubled,) = unpack_from(">H", table, offset + 6)
    count = doubled // 2
    ends = unpack_from(f">{count}H", table, offset + 14)
    starts = unpack_from(f">{count}H", table, offset + 16 + doubled)
    deltas = unpack_from(f">{count}H", table, offset + 16 + 2 * doubled)
    at = offset + 16 + 3 * doubled
    ranges = unpack_from(f">{count}H", table, at)
    before = -1
    for segment, (start, end, delta, distance) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        before = _rising(before, start, end)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if distance:
                (glyph,) = unpack_from(">H", table, at + 2 * segment + distance + 2 * (code - start))
            if glyph and (glyph + delta) & 0xFFFF:
                yield code
