"""Where else a text stands: word for word in another speech, or nearly so in any. Only to tell, never to pass.

A ratio is never a pass: 我们能搞“一刀切” scores 0.94 against 我们不能搞“一刀切”. It only chooses what to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..source.archive import Archive
from ..source.selector import locator_of
from ..source.speech import Span, Speech
from .verdict import Passage

SHORTEST_RUN = 4
ALIKE = 80.0
"""Likeness from which words count as a speech's that were changed: chosen on the book's own prose, where none is as near."""
_LEAST_COVER = 0.6
_LEAST_RATIO = 62.0
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Near:
    """The part of a speech most like a text, as a span of its folded text. ``likeness`` 0 to 100."""

    speech: Speech
    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Changed:
    """Finds words of a speech that were changed a little. Made once for many texts, most of them like nothing.

    ``pairs``: speech id → every two neighbouring characters of its folded text; none where the archive has an index.
    """

    archive: Archive
    pairs: Mapping[str, frozenset[str]] = field(repr=False)

    @classmethod
    def build(cls, archive: Archive) -> Changed:
        """Look through an archive once."""
        once: dict[str, str] = {}
        speeches = archive if archive.index is None else ()
        return cls(archive, {s.id: frozenset(once.setdefault(p, p) for p in _pairs(s.folded.text)) for s in speeches})

    def nearest(self, folded: str) -> Near | None:
        """The part of the archive most like ``folded``, where it is at least ``ALIKE``.

        Nothing of that likeness is left out early but by an index. A deletion takes two pairs of a text and an insertion one: a passage
        of likeness 80 leaves a third of them. It is at most half as long again as the text, so that half of it lies
        in a window of the text's own length, the only kind that rapidfuzz looks at first.
        """
        pairs, least = _pairs(folded), len(folded) / 3 - 1
        found = (
            _nearest_in(folded, speech, start, end, least=ALIKE - 30)
            for speech, start, end in self.archive.likely(folded)
            if not self.pairs or sum(map(self.pairs[speech.id].__contains__, pairs)) >= least
        )
        best = max((near for near in found if near), key=lambda near: near.likeness, default=None)
        return best if best is not None and best.likeness >= ALIKE else None


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def passage(speech: Speech, span: Span) -> Passage:
    """The passage that a span of the received text is."""
    locator = locator_of(span.start, span.end, speech.outline)
    return Passage(speech.id, str(locator or ""), span.start, span.end, speech.text[span.start : span.end])


def nearest(folded: str, archive: Archive, preferred: Speech | None) -> Near | None:
    """The part of the archive most like ``folded``; the preferred speech wins unless another is clearly better."""
    best = _nearest_in(folded, preferred, 0, len(preferred.folded.text)) if preferred else None
    if best is not None and best.likeness >= 90:
        return best
    for speech, start, end in archive.likely(folded):
        if preferred is None or speech.id != preferred.id:
            near = _nearest_in(folded, speech, start, end)
            if near and (best is None or near.likeness > best.likeness + 10):
                best = near
    return best


def resembles(folded: str, near: Near | None) -> bool:
    """Whether ``folded`` was made from the speech of ``near``: most of it in long runs, or all of it nearly alike."""
    if near is None or not folded:
        return False
    if near.likeness >= _LEAST_RATIO:
        return True
    runs = longest_runs(folded, near.speech.folded.text)
    return sum(end - start for start, end, _ in runs) >= _LEAST_COVER * len(folded)


def longest_runs(folded: str, source: str) -> list[tuple[int, int, int]]:
    """``folded`` cut, from the left, into the longest runs of at least four characters that ``source`` holds.

    Each is start and end in ``folded`` and the first position in ``source``.
    """
    runs = []
    position = 0
    while position + SHORTEST_RUN <= len(folded):
        if folded[position : position + SHORTEST_RUN] not in source:
            position += 1
            continue
        low, high = SHORTEST_RUN, len(folded) - position
        while low < high:
            middle = (low + high + 1) // 2
            if folded[position : position + middle] in source:
                low = middle
            else:
                high = middle - 1
        runs.append((position, position + low, source.find(folded[position : position + low])))
        position += low
    return runs


def _nearest_in(folded: str, speech: Speech, low: int, high: int, least: float = 0) -> Near | None:
    """The part of the folded text from ``low`` to ``high`` most like ``folded``."""
    from rapidfuzz import fuzz  # a compiled import: only a failing quotation pays for it

    source = speech.folded.text[low:high]
    if not folded or not source:
        return None
    if len(folded) >= len(source):
        return Near(speech, low, low + len(source), fuzz.ratio(folded, source))
    alignment = fuzz.partial_ratio_alignment(folded, source, score_cutoff=least)
    if alignment is None:
        return None
    # The alignment's window is as long as the quotation; the passage it was made from may be longer or shorter.
    start, end = alignment.dest_start, alignment.dest_end
    for _ in range(2):
        starts = range(max(0, start - _MARGIN), min(start + _MARGIN, end - 1) + 1)
        start = max(starts, key=lambda at: (fuzz.ratio(folded, source[at:end]), at))
        ends = range(max(start + 1, end - _MARGIN), min(len(source), end + _MARGIN) + 1)
        end = max(ends, key=lambda at: (fuzz.ratio(folded, source[start:at]), -at))
    return Near(speech, low + start, low + end, fuzz.ratio(folded, source[start:end]))
