"""Where lines stand on the pages of a PDF, as pdftotext reports it: what a typographer looks for, found by machine."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
TOP, FOOT = 104.0, 744.5
"""版心 in points from the top edge; a footnote's or a hung line's descent included."""
MEASURE = 448.0
"""Width of 版心: 32 characters of 14 pt, 28 of 16 pt."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands at one height."""

    x0: float
    x1: float
    y0: float
    y1: float
    text: str

    @property
    def size(self) -> float:
        """Points."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its words in 版心, and its left edge."""

    number: int
    left: float
    words: tuple[Line, ...]

    @property
    def right(self) -> float:
        """Right edge of 版心."""
        return self.left + MEASURE

    def lines(self) -> list[Line]:
        """Words of one height together, from the top."""
        out: list[list[Line]] = []
        for word in sorted(self.words, key=lambda word: (word.y1, word.x0)):
            if out and abs(word.y1 - out[-1][-1].y1) < 3:
                out[-1].append(word)
            else:
                out.append([word])
        return [_joined(sorted(words, key=lambda word: word.x0)) for words in out]


def _joined(words: list[Line]) -> Line:
    # Latin letters and digits have higher boxes than their size.
    first = max(words, key=lambda word: len(_WIDE.findall(word.text)))
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Line(x0, x1, first.y0, first.y1, " ".join(word.text for word in words))


def sheets(pdf: Path) -> list[Sheet]:
    """Every page of a PDF."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    pages = done.stdout.decode("utf-8").split("<page ")[1:]
    return [_sheet(number, page) for number, page in enumerate(pages, 1)]


def _sheet(number: int, page: str) -> Sheet:
    words = [
        Line(float(x0), float(x1), float(y0), float(y1), unescape(text).strip("\u2060"))
        for x0, y0, x1, y1, text in _WORD.findall(page)
    ]
    inside = tuple(word for word in words if word.text and word.y1 > TOP - 6 and word.y0 < FOOT - 4)
    return Sheet(number, 79.5 if number % 2 else 67.7, inside)


def runs_on(upper: Line, lower: Line, sheet: Sheet) -> bool:
    """Whether two lines are of one body paragraph: the second begins at the left edge, the first there or indented."""
    body = abs(upper.size - lower.size) < 0.6 and lower.size > 13
    return body and abs(lower.x0 - sheet.left) < 8 and upper.x0 - sheet.left < 2.2 * lower.size


def neighbours(sheet: Sheet) -> list[tuple[Line, Line]]:
    """Each line with the one below it."""
    return list(pairwise(sheet.lines()))
