"""Line ends of a source file, which Chinese readers must not see as spaces."""

from __future__ import annotations

import re

_WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f"
_BETWEEN = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_BESIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*|(?<![ \t])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")


def tidy(text: str) -> str:
    """White space as on a page: a line end between two wide characters is nothing, any other run is one space."""
    return _SPACES.sub(" ", _BETWEEN.sub("", text)).strip()


def for_setting(text: str) -> str:
    """Line ends as a typesetter wants them that spaces Chinese and Latin itself: none beside a wide character."""
    return _LINE_ENDS.sub(" ", _BESIDE.sub("", text)) if "\n" in text else text
