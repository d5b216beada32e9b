"""Text → Typst. Everything that Typst would read as markup is escaped; line ends between Chinese characters vanish."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*|[ \t]*\n[ \t]*(?=[{_WIDE}])")
_LINE_ENDS = re.compile(r"\s*\n\s*")


def markup(text: str) -> str:
    """Text as Typst markup that prints exactly this text."""
    return _PUNCTUATION.sub(r"\\\g<0>", unwrap(text))


def unwrap(text: str) -> str:
    """The text on one line: a line end beside a Chinese character is nothing, elsewhere a space."""
    return _LINE_ENDS.sub(" ", _BETWEEN_WIDE.sub("", text)) if "\n" in text else text


def string(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def array(items: list[str]) -> str:
    """A Typst array of code; one item needs its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
