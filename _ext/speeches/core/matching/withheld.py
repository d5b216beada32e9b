"""Whether a text gives away what a record withholds."""

from __future__ import annotations

from ..source.archive import Archive
from ..source.speech import Span

_TELLING = 6
"""Characters in a row of a withheld span that give it away; a shorter span, whole.

Fewer than ``prose.withheld.TELLING``, on purpose: here a false alarm hides a box's text, there it stops the book."""


def tells_withheld(text: str, archive: Archive) -> bool:
    """Whether a text shows withheld words of any speech that no speech says openly."""
    for speech in archive:
        for span in speech.withheld:
            secret = speech.text[span.start : span.end]
            last = max(1, len(secret) - _TELLING + 1)
            runs = (secret[at : at + _TELLING] for at in range(last))
            if any(run in text and not (len(run) == _TELLING and _said_openly(run, archive)) for run in runs):
                return True
    return False


def _said_openly(words: str, archive: Archive) -> bool:
    for speech in archive:
        at = speech.text.find(words)
        while at >= 0:
            if not speech.withholds(Span(at, at + len(words))):
                return True
            at = speech.text.find(words, at + 1)
    return False
