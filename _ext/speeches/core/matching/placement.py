"""Where the fragments of one reading stand in one speech, and which of the places a selector chooses."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..source.folding import Folded, fold
from ..source.selector import Selector
from ..source.speech import Speech
from .quotation import Reading

_MOST_PLACEMENTS = 1000


@dataclass(frozen=True, slots=True)
class Placement:
    """Folded spans of the fragments, in order and apart from each other."""

    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Choice:
    """``chosen`` out of ``all``; ``as_cited`` when the selector fits it. None chosen: the selector does not decide."""

    chosen: Placement | None
    as_cited: bool
    all: tuple[Placement, ...]


def occurrences(needle: str, haystack: str, start: int = 0) -> list[int]:
    """Every position of ``needle``, overlapping ones too, without word boundaries; at most a thousand."""
    found: list[int] = []
    at = _find(needle, haystack, start)
    while at >= 0 and len(found) < _MOST_PLACEMENTS:
        found.append(at)
        at = _find(needle, haystack, at + 1)
    return found


def _find(needle: str, haystack: str, start: int) -> int:
    """As ``str.find``, where no letter is parted from its combining mark: A̸ is one letter to a reader (UAX 29)."""
    at = haystack.find(needle, start)
    while at >= 0 and (_is_mark(haystack[at : at + 1]) or _is_mark(haystack[at + len(needle) : at + len(needle) + 1])):
        at = haystack.find(needle, at + 1)
    return at


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character).startswith("M")


def placements(needles: Sequence[str], haystack: str) -> list[Placement]:
    """Every way to lay ``needles`` into ``haystack`` in order and apart: for each place of the first, the nearest others."""
    chains: list[Placement] = []
    for first in occurrences(needles[0], haystack):
        spans = [(first, first + len(needles[0]))]
        for needle in needles[1:]:
            at = _find(needle, haystack, spans[-1][1])
            if at < 0:
                break
            spans.append((at, at + len(needle)))
        else:
            chains.append(Placement(tuple(spans)))
    return chains


def tightest(found: Sequence[Placement]) -> list[Placement]:
    """Placements that contain no other: with A once and B twice after it, A……B means the nearer B."""
    later: list[Placement | None] = [*found[1:], None][: len(found)]
    return [one for one, after in zip(found, later, strict=True) if after is None or after.end > one.end]


def source_of(speech: Speech, nested: bool) -> str:
    """The folded text to search in."""
    return speech.folded.nested if nested else speech.folded.text


def folded_text(text: str, nested: bool) -> str:
    """A quotation's text folded the same way."""
    folded = fold(text)
    return folded.nested if nested else folded.text


def place_reading(reading: Reading, speech: Speech, nested: bool) -> list[Placement]:
    """All placements of a reading; none when a fragment is empty."""
    needles = [folded_text(fragment.source_text, nested) for fragment in reading.fragments]
    if not needles or not all(needles):
        return []
    return placements(needles, source_of(speech, nested))


def choose(
    found: Sequence[Placement],
    reading: Reading,
    speech: Speech,
    selector: Selector,
    within: tuple[int, int] | None,
    nested: bool,
) -> Choice:
    """Let context and locator choose. ``within``: the resolved locator, code points of the received text.

    A context that fits one of several places chooses it; one that fits nowhere chooses nothing.
    """
    pool = tightest(found)
    everything = tuple(pool)
    context_fits = True
    if selector.prefix or selector.suffix:
        fitting = [placement for placement in found if _fits_context(placement, reading, speech, selector, nested)]
        context_fits = bool(fitting)
        pool = tightest(fitting) or pool
    if within is not None:
        inside = [placement for placement in pool if _is_within(placement, speech.folded, within)]
        if len(inside) == 1:
            return Choice(inside[0], context_fits, everything)
        if not inside and len(pool) == 1:
            return Choice(pool[0], False, everything)
        return Choice(None, False, everything)
    if len(pool) == 1:
        return Choice(pool[0], context_fits, everything)
    if selector.anywhere and pool:
        return Choice(pool[0], True, everything)
    return Choice(None, False, everything)


def _fits_context(placement: Placement, reading: Reading, speech: Speech, selector: Selector, nested: bool) -> bool:
    """Context and text are folded joined, not apart: what a space means depends on the characters on both its sides."""
    source = source_of(speech, nested)
    opening = folded_text(selector.prefix + reading.fragments[0].source_text, nested)
    closing = folded_text(reading.fragments[-1].source_text + selector.suffix, nested)
    return source.endswith(opening, 0, placement.spans[0][1]) and source.startswith(closing, placement.spans[-1][0])


def _is_within(placement: Placement, folded: Folded, within: tuple[int, int]) -> bool:
    return within[0] <= folded.start_of(placement.start) and folded.end_of(placement.end) <= within[1]
