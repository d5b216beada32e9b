"""Text for a terminal: what comes from a file must not move the cursor, change the title or turn the line round."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """``text`` with every control and bidi character but line feed and tab shown as its code (``\\x1b``, ``\\u202e``)."""
    return _CONTROLS.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)
