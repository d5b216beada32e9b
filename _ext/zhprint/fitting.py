"""Page make-up: from how full the pages of one setting are, what to let out or part in the next one.

A typographer has few freedoms on a grid of lines, and so has this: a table that would leave half a page white may be
parted by rows; a page that is some lines short gets them as white where white belongs, over headings first, then under
excerpts and tables. Lines that are given to a page were empty on it: no page break moves. Pure: the same pages, the same
answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from .positions import Layout, Sheet
from .typography import ends_by_will, lines_short

Places = Mapping[str, list[object]]
"""Label → printed number, page, height on the page in points."""

_HALF_EMPTY = 5
"""Lines from which a page is worth parting a table for."""
_MOST = 4
"""Lines that a page is let out by: with more it would look thin."""
_LED_IN = 4
"""Lines of heading and lead that may stand with a table at the head of a page."""


def parted(layout: Layout, places: Places, before: list[str]) -> list[str]:
    """Names of tables to be parted, with those that were."""
    area = layout.area
    found = list(before)
    for name, (_, page, height) in places.items():
        if not name.startswith("whole:") or not isinstance(page, int) or not isinstance(height, float) or page < 2:
            continue
        above = (height - area.paper.text_top) / area.leading
        sheet = layout.sheets[page - 2]
        if above <= _LED_IN and not ends_by_will(sheet, layout) and lines_short(sheet, layout) >= _HALF_EMPTY + above:
            found.append(name.removeprefix("whole:"))
    return found


def springs(layout: Layout, places: Places) -> dict[str, int]:
    """Places that get a line, so that pages end on their last line."""
    heads = {at for at, _ in layout.titles}
    by_page: dict[int, list[tuple[float, str]]] = {}
    for name, (_, page, height) in places.items():
        if name.startswith("gap:") and isinstance(page, int) and isinstance(height, (int, float)):
            by_page.setdefault(page, []).append((height, name))
    out: dict[str, int] = {}
    for sheet in layout.sheets:
        if sheet.number in by_page and not ends_by_will(sheet, layout):
            out |= dict.fromkeys(_chosen(sheet, layout, by_page[sheet.number], sheet.number in heads), 1)
    return out


def _chosen(sheet: Sheet, layout: Layout, gaps: list[tuple[float, str]], headed: bool) -> list[str]:
    """Of the places inside a page, as many as it is short by: those over headings, then the others from the foot up."""
    area = layout.area
    short = min(lines_short(sheet, layout), _MOST)
    top, low = area.paper.text_top + area.leading, sheet.low - area.leading
    inside = [(height, name) for height, name in sorted(gaps, reverse=True) if top < height < low]
    titles = {title for at, title in layout.titles if at == sheet.number} if headed else set()
    lines = [line.y for line in sheet.lines if line.text in {"".join(title.split()) for title in titles}]

    def over_heading(height: float) -> bool:
        return any(0 < y - height < 4 * area.leading for y in lines)

    ordered = sorted(inside, key=lambda gap: (not over_heading(gap[0]), -gap[0]))
    return [name for _, name in ordered[:short]]
