"""Page make-up: from how full the pages of one setting are, what to let out, part or draw in for the next one.

A typographer has few freedoms on a grid of lines, and so has this. A table that would leave half a page white may be parted
by rows; a long paragraph that leads in what follows may stand on the facing page before it; a part that would carry a line
or two to a page of their own takes fewer lines for its title. A page that is some lines short gets them as white where
white belongs, over headings first, then under excerpts and tables; what that cannot fill, the page before sends on. Pure:
the same pages, the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Any

from .filling import Filled

Places = Mapping[str, list[Any]]
"""Label → printed number, page, height on the page in points."""
Choices = dict[str, Any]

NOTHING: Choices = {"springs": {}, "parted": [], "loosened": [], "lean": [], "tall": {}}
"""Of the first setting: places that get lines; tables, paragraphs and parts by their names; lines that checklists get."""

SHORTEST = 2
"""Lines that a page may be short."""

_HALF_EMPTY = 4
"""Lines from which a page is worth parting a table for."""
_MOST = 4
"""Lines that a page is let out by: with more it would look thin."""
_MOST_IN_ROWS = 9
"""Lines that the rows of a checklist take up without looking empty."""
_LED_IN = 4
"""Lines of heading and lead that may stand with a table at the head of a page."""
_LONG = 3
"""Lines of a lead that may stand at a page's foot without what it leads in."""
_FEW = 2
"""Lines that are no page: a title gives them back."""


def chosen(table: Mapping[str, Any]) -> Choices:
    """The choices that a setting was made with."""
    return {name: table[name] for name in NOTHING}


def white(filled: Filled, pages: Container[int]) -> int:
    """Lines that some pages are short beyond what they may."""
    return sum(max(0, filled.short(page) - SHORTEST) for page in filled.running if page in pages)


def breaks(filled: Filled, places: Places, before: Choices) -> Choices:
    """What may stand otherwise, with what already did."""
    return before | {
        "parted": [*before["parted"], *_parted(filled, places)],
        "loosened": [*before["loosened"], *_loosened(filled, places, before["loosened"])],
        "lean": [*before["lean"], *_lean(filled, places, before["lean"])],
        "tall": before["tall"] | _tall(filled, places, before["tall"]),
    }


def let_out(filled: Filled, places: Places, before: Choices) -> Choices:
    """White where white belongs on the pages that are short; on those that still are, and on the pages before them."""
    given = before["springs"]
    more = springs(filled, places, given)
    if given:
        more |= pushed(filled, places, given, more)
    return before | {"springs": given | more}


def _parted(filled: Filled, places: Places) -> Iterator[str]:
    """Tables that a page before them has room for in part."""
    for name, page, height in _named(places, "whole:"):
        above = int(_lines_down(height, filled))
        if above <= _LED_IN and filled.short(page - 1) >= _HALF_EMPTY + above:
            yield name.removeprefix("whole:")


def _loosened(filled: Filled, places: Places, before: list[str]) -> Iterator[str]:
    """Long leads at the head of a right page, when the left one is short."""
    for name, page, height in _named(places, "lead:"):
        _, last, low = places.get(f"{name}:end", ("", 0, 0))
        long = 1 + round((low - height) / filled.area.leading) if last == page else 0
        first = _lines_down(height, filled) < 1
        if name not in before and first and page % 2 and long >= _LONG and filled.short(page - 1) > SHORTEST:
            yield name


def _lean(filled: Filled, places: Places, before: list[str]) -> Iterator[str]:
    """Parts whose last page holds next to nothing."""
    starts = sorted(page for _, page, _ in _named(places, "part:"))
    for name, page, _ in _named(places, "part:"):
        following = next((at for at in starts if at > page), len(filled.lows) + 1)
        pages = [at for at in range(page, following) if filled.empty(at) < filled.area.lines]
        if name not in before and len(pages) > 1 and filled.empty(pages[-1]) >= filled.area.lines - _FEW:
            yield name


def _tall(filled: Filled, places: Places, before: Mapping[str, int]) -> dict[str, int]:
    """Checklists that end on a page which is short though it has hardly another place for white: their rows get it."""
    out, gaps = {}, _gaps(places)
    for sign, page, _ in _named(places, "sign:"):
        name, short = sign.removeprefix("sign:"), filled.short(page)
        given = before.get(name, 0)
        places_for_white = _chosen(page, filled, gaps.get(page, []))
        if short > SHORTEST and len(places_for_white) < short and given + short <= _MOST_IN_ROWS:
            out[name] = given + short - 1
    return out


def springs(filled: Filled, places: Places, before: Mapping[str, int]) -> dict[str, int]:
    """More places that get a line, so that pages end on their last line; once some have, only those of short pages."""
    out: dict[str, int] = {}
    for page, gaps in _gaps(places).items():
        short = filled.short(page)
        if before and short < SHORTEST:
            continue
        names = _chosen(page, filled, gaps)
        # Lines to write on are no white: a page may have twice as many more as it has questions.
        answers = [name for name in names if name.startswith("answer:")]
        lines = [name for more in (0, 1) for name in answers if before.get(name, 0) <= more]
        most = max(0, _MOST - sum(name in before for _, name in gaps))
        white = [name for name in names if name not in answers and name not in before][:most]
        out |= {name: before.get(name, 0) + more for name, more in Counter([*lines, *white][:short]).items()}
    return out


def pushed(filled: Filled, places: Places, before: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """More places on the pages before those that stay short with what is given them now."""
    out: dict[str, int] = {}
    gaps = _gaps(places)
    for page in sorted(filled.running):
        given = sum(more[name] - before.get(name, 0) for _, name in gaps.get(page, []) if name in more)
        if (short := filled.short(page) - given) > SHORTEST and page - 1 in filled.running:
            names = _chosen(page - 1, filled, gaps.get(page - 1, []))
            free = [name for name in names if name not in before and name not in more]
            out |= dict.fromkeys(free[: short - 1], 1)
    return out


def _lines_down(height: float, filled: Filled) -> float:
    """Lines of the grid over a height of a page."""
    return (height - filled.area.paper.text_top) / filled.area.leading


def _named(places: Places, kind: str) -> Iterator[tuple[str, int, float]]:
    """Places of a kind, by name, page and height; those before which there is no page are left out."""
    for name, (_, page, height) in places.items():
        if name.startswith(kind) and page > 1 and not name.endswith(":end"):
            yield name, page, height


def _gaps(places: Places) -> dict[int, list[tuple[float, str]]]:
    out: dict[int, list[tuple[float, str]]] = {}
    for name, (_, page, height) in places.items():
        if name.startswith(("gap:", "over:", "answer:")):
            out.setdefault(page, []).append((height, name))
    return out


def _chosen(page: int, filled: Filled, gaps: list[tuple[float, str]]) -> list[str]:
    """The places inside a page: those over headings, then the others from the foot up."""
    area = filled.area
    top, low = area.paper.text_top + area.leading, filled.lows[page - 1] - area.leading
    inside = [(height, name) for height, name in sorted(gaps, reverse=True) if top < height < low]
    return [name for _, name in sorted(inside, key=lambda gap: (not gap[1].startswith("over:"), -gap[0]))]
