"""Text → Typst. Everything that Typst would read as markup is escaped; line ends between Chinese characters vanish."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from zh.lines import for_setting

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ELLIPSIS = re.compile("(?<=[，。；！？、])(?=……)")
"""Where a line may begin with ……, which nothing forbids: kept from it, a line is spread thin."""


_WORD = re.compile("([!-~]{31,})")
"""A path, an address or a key: longer than half a line of A4, or than a column of a table."""
_PIECE = 12
"""Columns of it that are never without a place to break at, so that the words before it are not spread over a line."""
_JOINT = "#h(0.01pt);"
"""A line may end here. Nothing of it is in the text of the PDF: an address that is copied from there stays whole."""


def markup(text: str) -> str:
    """Text as Typst markup that prints exactly this text. A path or a key that is longer than a line goes on in the next."""
    pieces = _WORD.split(_ELLIPSIS.sub("\u200b", for_setting(text)))
    pieces[1::2] = [breakable(word, _PIECE) for word in pieces[1::2]]
    return "".join(
        _JOINT.join(_escaped(part) for part in piece.split("\u200b")) if at % 2 else _escaped(piece)
        for at, piece in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", text)


def string(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def array(items: list[str]) -> str:
    """A Typst array of code; one item needs its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def columns(text: str) -> int:
    """Columns of monospaced text: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


_LONG = 20
"""Columns of a word that may stand unbroken in a line of text."""


def breakable(text: str, room: float = 0.0) -> str:
    """A long name may be broken after its signs and where a capital follows; in a column narrower than it, anywhere."""
    if columns(text) <= (min(_LONG, room) if room else _LONG):
        return text
    out = text[:1]
    unbroken = 1
    for before, c in pairwise(text):
        latin = before.isascii() and c.isascii() and " " not in before + c
        joint = not before.isalnum() or (before.islower() and c.isupper())
        if latin and (joint or 0 < room <= unbroken):
            out += "\u200b"
            unbroken = 0
        unbroken = 0 if c == " " else unbroken + 1
        out += c
    return out
