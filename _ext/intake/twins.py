"""Whether a text is in the archive already, whole or nearly."""

from __future__ import annotations

from dataclasses import dataclass

from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold

ALIKE = 0.6
"""Share of the shorter text's 7-grams that the other has too. Two speeches of one series share about a tenth."""
_GRAM = 7
_MOST = 5
"""Speeches that are compared whole, of those that an index proposes."""


@dataclass(frozen=True, slots=True)
class Twin:
    """``share`` from 0 to 1; 1: the same text but for folding."""

    speech: str
    share: float


def twin_of(text: str, archive: Archive) -> Twin | None:
    """The archived speech that says most of the same; None where none says ``ALIKE`` of it."""
    folded = fold(text).text
    mine = _grams(folded)
    best: Twin | None = None
    alike = archive.index.alike(folded, _MOST) if archive.index else range(len(archive.in_order))
    for speech in (archive.in_order[number] for number in alike):
        theirs = _grams(speech.folded.text)
        least = min(len(mine), len(theirs))
        share = len(mine & theirs) / least if least else 0.0
        if share >= ALIKE and (best is None or share > best.share):
            best = Twin(speech.id, share)
    return best


def _grams(folded: str) -> set[str]:
    return {folded[at : at + _GRAM] for at in range(len(folded) - _GRAM + 1)}
