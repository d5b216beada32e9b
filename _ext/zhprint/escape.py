"""Text → Typst. Everything that Typst would read as markup is escaped; line ends between Chinese characters vanish."""

from __future__ import annotations

import re

from zh.lines import for_setting

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ELLIPSIS = re.compile("(?<=[，。；！？、])(?=……)")
"""Where a line may begin with ……, which nothing forbids: kept from it, a line is spread thin."""


def markup(text: str) -> str:
    """Text as Typst markup that prints exactly this text."""
    return _PUNCTUATION.sub(r"\\\g<0>", _ELLIPSIS.sub("\u200b", for_setting(text)))


def string(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def array(items: list[str]) -> str:
    """A Typst array of code; one item needs its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
