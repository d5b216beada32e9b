"""How a character is compared. ``static/zhsearch/fold.js`` has the same rule in JavaScript; a test holds them equal."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def fold_character(character: str) -> str:
    """NFKC and lower case; only letters and digits are left."""
    plain = unicodedata.normalize("NFKC", character).lower()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def fold(text: str) -> str:
    """A text without what searching does not see. Traditional characters are left to ``variants``."""
    return "".join(map(fold_character, text))
