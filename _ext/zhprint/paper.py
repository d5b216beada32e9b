"""Paper, size of type, and the type area that follows: a whole number of characters by a whole number of lines.

Least margins are those of GB/T 9704-2012 for A4; what is left over when characters and lines are whole goes to the
inner and the lower edge. All measures in points unless they say mm.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4

SIZES = {"小四": (12.0, 21.0), "四号": (14.0, 25.0), "小三": (15.0, 27.0), "三号": (16.0, 28.95)}
"""Body size → points and leading. 三号 on 28.95 pt is GB/T 9704's own 22 lines of 28 characters."""

_ROUNDING = 0.6
FEWEST = 22
"""Characters of a line that is still read with ease; a paper and a size that give fewer are refused."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A trimmed page and its least margins, in mm. ``size``: what its text is set in when nothing else is asked."""

    width: float
    height: float
    top: float
    foot: float
    inside: float
    outside: float
    size: str

    @property
    def text_top(self) -> float:
        """Points from the upper edge to the first line."""
        return self.top * MM


PAPERS = {
    "a4": Paper(210, 297, 37, 35, 28, 23.9, "四号"),
    "a5": Paper(148, 210, 24, 22, 19, 16, "小四"),
    "16k": Paper(184, 260, 29, 27, 24, 20, "小四"),
}


@dataclass(frozen=True, slots=True)
class TypeArea:
    """版心: ``characters`` of ``size`` by ``lines`` of ``leading``."""

    paper: Paper
    size: float
    leading: float

    @property
    def characters(self) -> int:
        room = (self.paper.width - self.paper.inside - self.paper.outside) * MM
        return int(room / self.size)

    @property
    def lines(self) -> int:
        room = (self.paper.height - self.paper.top - self.paper.foot) * MM
        return int((room - self.size) / self.leading) + 1

    @property
    def width(self) -> float:
        return self.characters * self.size

    @property
    def height(self) -> float:
        return (self.lines - 1) * self.leading + self.size

    @property
    def inside(self) -> float:
        """The inner margin, which takes what whole characters leave over."""
        return (self.paper.width - self.paper.outside) * MM - self.width

    @property
    def bottom(self) -> float:
        """From the last line to the lower edge, less what adding up lines may lose in rounding."""
        return self.paper.height * MM - self.paper.text_top - self.height - _ROUNDING


def type_area(paper: str, size: str) -> TypeArea:
    """The type area of a paper of ``PAPERS`` with a size of ``SIZES``; ``size`` "" is the paper's own."""
    sheet = PAPERS[paper]
    return TypeArea(sheet, *SIZES[size or sheet.size])


def paper_of(height: float) -> Paper:
    """The paper of a page so many points high; A4 when it is none of these."""
    fits = [paper for paper in PAPERS.values() if abs(paper.height * MM - height) < 2]
    return fits[0] if fits else PAPERS["a4"]
