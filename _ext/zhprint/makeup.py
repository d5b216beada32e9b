"""Which draft of each stretch of the book is kept, and what is tried next.

A stretch begins where a part opens a page: what is chosen in it moves nothing in another but numbers. Each keeps the choices
of its draft with the fewest pages, and among those with the least white, whatever became of the others in that draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .filling import Filled
from .fitting import NOTHING, Choices, Places, breaks, chosen, let_out, white

Table = dict[str, Any]
Draft = Callable[[Table], tuple[Table, Filled]]

_DRAFTS = 7


def made_up(draft: Draft, table: Table) -> Table:
    """Where everything stands in the last draft, with the choices of the best draft of each stretch, or of the best of all."""
    table, filled = draft(table)
    stretches = [_Stretch() for _ in _pages(table["places"], filled)]
    whole = [(_score(filled), chosen(table))]
    for _ in range(_DRAFTS):
        wanted, more = _wanted(stretches, table, filled)
        if not more:
            break
        table, filled = draft(table | wanted)
        whole.append((_score(filled), chosen(table)))
    _wanted(stretches, table, filled)
    best = _joined([stretch.best for stretch in stretches])
    if best != chosen(table):
        # What is joined from several drafts is set once as it is: it may be no better than one of them.
        table, filled = draft(table | best)
        whole.append((_score(filled), best))
    # Of equals the last, whose numbers are the truest.
    return table | min(reversed(whole), key=lambda drafted: drafted[0])[1]


def _score(filled: Filled) -> tuple[int, int]:
    """Pages and white: the less the better."""
    pages = range(len(filled.lows) + 1)
    return len(filled.lows), white(filled, pages)


@dataclass(slots=True)
class _Stretch:
    """``best``: the choices of its draft with the ``least`` pages and white. ``drafts``: those since it was first not parted."""

    best: Choices = field(default_factory=dict)
    least: tuple[int, int] = (0, 0)
    seen: int = 0
    drafts: int = 0
    tried: list[Choices] = field(default_factory=list)

    def wanted(self, before: Choices, score: tuple[int, int], parted: Choices, full: Choices) -> Choices:
        """What to set it by next, when it was set by ``before``, and could be ``parted`` or let out until it is ``full``."""
        # The first is set by guessed numbers, and nothing is put back on the grid in it: it counts until there is another.
        self.seen += 1
        if self.seen <= 2 or score <= self.least:
            self.best, self.least = before, score
        if before not in self.tried:
            self.tried.append(before)
        # What was parted or put together moves what follows it off the grid: lines are counted a draft later.
        if parted == before or self.drafts:
            self.drafts += 1
        if parted != before or self.drafts == 1:
            return parted
        # What was let out too far begins anew, with what was parted meanwhile.
        wanted = before | {"springs": {}, "tall": {}} if score[0] > self.least[0] else full
        return self.best if wanted in self.tried else wanted


def _wanted(stretches: list[_Stretch], table: Table, filled: Filled) -> tuple[Choices, bool]:
    """The choices for the next draft, and whether it can be any better."""
    places, before = table["places"], chosen(table)
    parted, full = breaks(filled, places, before), let_out(filled, places, before)
    out = []
    for stretch, pages in zip(stretches, _pages(places, filled), strict=True):
        score = (len(pages), white(filled, pages))
        now, then, later = (_within(choices, places, pages) for choices in (before, parted, full))
        out.append(stretch.wanted(now, score, then, later))
    wanted = _joined(out)
    return wanted, wanted != before or any(stretch.drafts == 1 and stretch.least[1] for stretch in stretches)


def _pages(places: Places, filled: Filled) -> list[range]:
    """The pages of each stretch."""
    starts = sorted(
        place[1] for name, place in places.items() if name.startswith("part:") and f"run:{name}" not in places
    )
    return [range(*both) for both in pairwise([0, *starts, len(filled.lows) + 1])]


def _within(choices: Choices, places: Places, pages: range) -> Choices:
    """Of some choices those for what stands on some pages."""

    def here(name: str) -> bool:
        place = places.get(name) or places.get(f"high:{name}")
        return (place[1] if place else 0) in pages

    return {
        kind: {name: lines for name, lines in names.items() if here(name)}
        if isinstance(names, dict)
        else [name for name in names if here(name)]
        for kind, names in choices.items()
    }


def _joined(stretches: list[Choices]) -> Choices:
    return {
        kind: {name: lines for choices in stretches for name, lines in choices[kind].items()}
        if isinstance(none, dict)
        else [name for choices in stretches for name in choices[kind]]
        for kind, none in NOTHING.items()
    }
