"""Page make-up: from how full the pages of one setting are, what to let out, part or draw in for the next one.

A typographer has few freedoms on a grid of lines, and so has this. A table that would leave half a page white may be parted
by rows; a long paragraph that leads in what follows may stand on the facing page before it; a part that would carry a line
or two to a page of their own takes fewer lines for its title. A page that is some lines short gets them as white where
white belongs, over headings first, then under excerpts and tables; what that cannot fill, the page before sends on. Pure:
the same pages, the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .positions import Layout, Sheet
from .typography import SHORTEST, ends_by_will, lines_short

Places = Mapping[str, list[Any]]
"""Label → printed number, page, height on the page in points."""
Choices = dict[str, Any]

NOTHING: Choices = {"springs": {}, "parted": [], "loosened": [], "lean": []}
"""Of the first setting: places that get lines; tables, paragraphs and parts by their names."""

_HALF_EMPTY = 4
"""Lines from which a page is worth parting a table for."""
_MOST = 4
"""Lines that a page is let out by: with more it would look thin."""
_LED_IN = 4
"""Lines of heading and lead that may stand with a table at the head of a page."""
_LONG = 3
"""Lines of a lead that may stand at a page's foot without what it leads in."""
_FEW = 2
"""Lines that are no page: a title gives them back."""


def chosen(table: Mapping[str, Any]) -> Choices:
    """The choices that a setting was made with."""
    return {name: table[name] for name in NOTHING}


def white(layout: Layout) -> int:
    """Lines that pages are short beyond what they may."""
    return sum(max(0, lines_short(sheet, layout) - SHORTEST) for sheet in layout.sheets if _runs_on(sheet, layout))


def breaks(layout: Layout, places: Places, before: Choices) -> Choices:
    """What may stand otherwise, with what already did."""
    return before | {
        "parted": [*before["parted"], *_parted(layout, places)],
        "loosened": [*before["loosened"], *_loosened(layout, places, before["loosened"])],
        "lean": [*before["lean"], *_lean(layout, places, before["lean"])],
    }


def _parted(layout: Layout, places: Places) -> Iterator[str]:
    """Tables that a page before them has room for in part."""
    for name, page, height in _named(places, "whole:"):
        above = (height - layout.area.paper.text_top) / layout.area.leading
        sheet = layout.sheets[page - 2]
        if above <= _LED_IN and _runs_on(sheet, layout) and lines_short(sheet, layout) >= _HALF_EMPTY + above:
            yield name.removeprefix("whole:")


def _loosened(layout: Layout, places: Places, before: list[str]) -> Iterator[str]:
    """Long leads at the head of a right page, when the left one is short."""
    for name, page, height in _named(places, "lead:"):
        sheet = layout.sheets[page - 1]
        lines = [line.text for line in sheet.lines if line.y > height]
        long = next((at for at, text in enumerate(lines, 1) if text.endswith("：")), 0)
        first = height < layout.area.paper.text_top + layout.area.leading
        short = _short(layout.sheets[page - 2], layout)
        if name not in before and first and page % 2 and long >= _LONG and short > SHORTEST:
            yield name


def _lean(layout: Layout, places: Places, before: list[str]) -> Iterator[str]:
    """Parts whose last page holds next to nothing."""
    starts = sorted(page for _, page, _ in _named(places, "part:"))
    for name, page, _ in _named(places, "part:"):
        following = next((at for at in starts if at > page), len(layout.sheets) + 1)
        pages = [sheet for sheet in layout.sheets[page - 1 : following - 1] if sheet.lines]
        if name not in before and len(pages) > 1 and lines_short(pages[-1], layout) >= layout.area.lines - _FEW:
            yield name


def springs(layout: Layout, places: Places) -> dict[str, int]:
    """Places that get a line, so that pages end on their last line."""
    out: dict[str, int] = {}
    for page, gaps in _gaps(places).items():
        sheet = layout.sheets[page - 1]
        if _runs_on(sheet, layout):
            out |= dict.fromkeys(_chosen(sheet, layout, gaps)[: min(lines_short(sheet, layout), _MOST)], 1)
    return out


def pushed(layout: Layout, places: Places, before: dict[str, int]) -> dict[str, int]:
    """With more places on the pages before those that are still short."""
    out, gaps = dict(before), _gaps(places)
    for sheet in layout.sheets:
        if (short := _short(sheet, layout)) > SHORTEST and sheet.number not in layout.openers:
            earlier = layout.sheets[sheet.number - 2]
            free = [name for name in _chosen(earlier, layout, gaps.get(earlier.number, [])) if name not in before]
            out |= dict.fromkeys(free[: short - 1], 1)
    return out


def _runs_on(sheet: Sheet, layout: Layout) -> bool:
    return bool(sheet.folio) and not ends_by_will(sheet, layout)


def _short(sheet: Sheet, layout: Layout) -> int:
    return lines_short(sheet, layout) if _runs_on(sheet, layout) else 0


def _named(places: Places, kind: str) -> Iterator[tuple[str, int, float]]:
    """Places of a kind, by name, page and height; those before which there is no page are left out."""
    for name, (_, page, height) in places.items():
        if name.startswith(kind) and page > 1:
            yield name, page, height


def _gaps(places: Places) -> dict[int, list[tuple[float, str]]]:
    out: dict[int, list[tuple[float, str]]] = {}
    for name, (_, page, height) in places.items():
        if name.startswith("gap:"):
            out.setdefault(page, []).append((height, name))
    return out


def _chosen(sheet: Sheet, layout: Layout, gaps: list[tuple[float, str]]) -> list[str]:
    """The places inside a page: those over headings, then the others from the foot up."""
    area = layout.area
    top, low = area.paper.text_top + area.leading, sheet.low - area.leading
    inside = [(height, name) for height, name in sorted(gaps, reverse=True) if top < height < low]
    titles = {"".join(title.split()) for at, title in layout.titles if at == sheet.number}
    lines = [line.y for line in sheet.lines if line.text in titles]

    def over_heading(height: float) -> bool:
        return any(0 < y - height < 4 * area.leading for y in lines)

    return [name for _, name in sorted(inside, key=lambda gap: (not over_heading(gap[0]), -gap[0]))]
