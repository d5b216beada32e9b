"""Where a quotation says it stands: locators (段句号) and text contexts, parsed, printed and resolved.

The model is the W3C Web Annotation one: a TextQuoteSelector (``exact``, ``prefix``, ``suffix``) refined by a
position. The position is a locator instead of an offset, because a person can read and check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import LocatorError
from .outline import Outline

_NUMBER = "([0-9]{1,6})"  # a speech of a million lines is none; and int() reads no number of any length
_LOCATOR = re.compile(rf"p{_NUMBER}(?:\.s{_NUMBER}(?:-{_NUMBER})?|-{_NUMBER})?\Z")
EXAMPLES = "p12（第12行那一段）、p12.s2（第2句）、p12.s2-4（第2至4句）、p12-14（第12至14行）"


@dataclass(frozen=True)
class Locator:
    """``p12``, ``p12-14``, ``p12.s2`` or ``p12.s2-4``: physical lines, or sentences of the paragraph on one."""

    line: int
    last_line: int
    first_sentence: int | None = None
    last_sentence: int | None = None

    def __str__(self) -> str:
        if self.first_sentence is not None:
            last = "" if self.last_sentence == self.first_sentence else f"-{self.last_sentence}"
            return f"p{self.line}.s{self.first_sentence}{last}"
        return f"p{self.line}" + (f"-{self.last_line}" if self.last_line != self.line else "")


@dataclass(frozen=True)
class Selector:
    """A place and a context, each optional. ``anywhere``: any occurrence will do (``<id *>``)."""

    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    anywhere: bool = False


def parse_locator(text: str) -> Locator:
    """Raises LocatorError with examples when ``text`` is no locator."""
    match = _LOCATOR.match(text)
    if not match:
        raise LocatorError(f"“{text}”不是段句号。请照这样写：{EXAMPLES}")
    line, first, last, last_line = (int(group) if group else None for group in match.groups())
    assert line is not None
    if first is not None:
        last = last or first
        if last < first or first < 1:
            raise LocatorError(f"“{text}”的句号前后颠倒或为零。请照这样写：{EXAMPLES}")
        return Locator(line, line, first, last)
    if last_line is not None and last_line < line:
        raise LocatorError(f"“{text}”的行号前后颠倒。请照这样写：{EXAMPLES}")
    return Locator(line, last_line or line)


def resolve_locator(locator: Locator, outline: Outline) -> tuple[int, int]:
    """Start and end (code points of the received text) of what the locator names; LocatorError when out of range."""
    paragraphs = outline.paragraphs
    if not paragraphs:
        raise LocatorError("这篇讲话没有正文，无法定位。")
    first = outline.paragraph_of_line(locator.line)
    last = outline.paragraph_of_line(locator.last_line)
    if first is None or last is None:
        wrong = locator.line if first is None else locator.last_line
        raise LocatorError(
            f"段句号 {locator} 所指的第{wrong}行不是正文。"
            f"正文在第{paragraphs[0].line}行至第{paragraphs[-1].last_line}行之间，"
            "空行和不属于讲话的行不能引用。"
        )
    if locator.first_sentence is None:
        return first.start, last.end
    assert locator.last_sentence is not None
    count = len(first.sentences)
    if locator.last_sentence > count:
        raise LocatorError(f"段句号 {locator} 超出范围：第{locator.line}行那一段共{count}句。")
    return first.sentences[locator.first_sentence - 1].start, first.sentences[locator.last_sentence - 1].end


def locator_of(start: int, end: int, outline: Outline) -> Locator | None:
    """The narrowest locator that covers a span of the received text; None where no paragraph holds its start."""
    first = outline.paragraph_at(start)
    last = outline.paragraph_at(max(start, end - 1))
    if first is None or last is None:
        return None
    if first.line != last.line:
        return Locator(first.line, last.line)
    covered = [s.number for s in first.sentences if s.start < max(end, start + 1) and start < s.end]
    if not covered or len(covered) == len(first.sentences):
        return Locator(first.line, first.line)
    return Locator(first.line, first.line, covered[0], covered[-1])
