"""Whether a text gives away what a record withholds."""

from __future__ import annotations

from ..source.archive import Archive

_TELLING = 6
"""Characters in a row of a withheld span that give it away; a shorter span, whole."""


def tells_withheld(text: str, archive: Archive) -> bool:
    """Whether a text shows withheld words of any speech."""
    for speech in archive:
        for span in speech.withheld:
            secret = speech.text[span.start : span.end]
            last = max(1, len(secret) - _TELLING + 1)
            if any(secret[at : at + _TELLING] in text for at in range(last)):
                return True
    return False
