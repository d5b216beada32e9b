"""Where a quotation that the book no longer has still stands in its chapter, and what keeps it from being recognised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

_FENCE = re.compile(r"\s*[:：]{2,}\s*[{｛]?\s*(\w+)")
_CLOSE = re.compile(r"[:：]{2,}\Z")
_OPEN = re.compile(r"(:{3,}|`{3,})\s*\{")
_WIDE = str.maketrans(
    {"：": ":", "｛": "{", "｝": "}", "＜": "<", "＞": ">", "｀": "`", "\u3000": " ", "〈": "<", "〉": ">"}
)
_QUOTE = re.compile(r"(?:[{｛]\s*)?q\w{3,5}\s*(?:[}｝]\s*)?[`‘'“｀]([^`’'”｀]+)")
_ENOUGH = 6
"""Characters that tell a quotation from others in its chapter."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Lines first to last of the chapter, counted from 1, and what is wrong with the first ("" when that is not known)."""

    first: int
    last: int
    message: str = ""


def find_lost(source: str, words: str, name: str) -> Lost | None:
    """The place of a quotation by its first words, or by its permanent name; None when it was taken out.

    ``words`` may be cut off at the end; ``name`` is what stands after ``:name:``, "" for none.
    """
    lines = source.split("\n")
    wanted = _plain(words)[:24]
    at = next(
        (n for n, line in enumerate(lines) if name and re.search(rf"name\s*[:：]\s*{re.escape(name)}\s*$", line)), -1
    )
    if at < 0 and len(wanted) >= min(_ENOUGH, len(_plain(words))) > 1:
        at = next((n for n, line in enumerate(lines) if wanted in _plain(line)), -1)
    if at < 0:
        return None
    fence = _fence_of(lines, at)
    if fence < 0:
        return _lost_quote(lines, at)
    last = next((n for n in range(at, len(lines)) if _CLOSE.match(lines[n].strip())), len(lines) - 1)
    if (opened := _unclosed(lines, fence)) >= 0:
        message = (
            f"这里的 {lines[opened].strip()} 没有用 ::: 收尾，后面第{fence + 1}行的摘录被当成了它的正文。\n"
            "  怎么办：请在这一条的正文之后另起一行，写上 :::。"
        )
        return Lost(opened + 1, last + 1, message)
    right = as_it_should_be(lines[fence])
    if right == lines[fence].rstrip():
        return Lost(fence + 1, last + 1)
    why = "前面有空格，会印成代码" if right == lines[fence].strip() else "写法不对，没有认成摘录"
    message = (
        f"这一行{why}。\n  现在是：{lines[fence].rstrip()}\n  怎么办：请写成 {right}，这条摘录的各行都从行首写起。"
    )
    return Lost(fence + 1, last + 1, message)


def _fence_of(lines: list[str], at: int) -> int:
    """The first line of the excerpt that a line belongs to; -1 when it belongs to none."""
    for number in range(at, -1, -1):
        if _FENCE.match(lines[number]) and _names_excerpt(lines[number]):
            return number
        if number < at and _CLOSE.match(lines[number].strip()):
            return -1
    return -1


def as_it_should_be(line: str) -> str:
    """The first line of an excerpt with half-width marks, three colons, braces, and the directive's name spelled right."""
    plain = line.strip("\ufeff \t\u3000").translate(_WIDE)
    match = re.match(r":*\s*(?:\{\s*)?(\w+)\s*(?:\}\s*)?(.*)", plain)
    return f":::{{excerpt}} {match[2]}".rstrip() if match else plain


def _names_excerpt(line: str) -> bool:
    match = _FENCE.match(line)
    return match is not None and bool(get_close_matches(match[1].lower(), ["excerpt"], 1, 0.7))


def _unclosed(lines: list[str], fence: int) -> int:
    """The line of a directive before ``fence`` that is still open there; -1 for none."""
    opened = -1
    for number in range(fence):
        line = lines[number].lstrip()
        if opened >= 0 and re.fullmatch(r":{3,}\s*", line):
            opened = -1
        elif opened < 0 and line.startswith(":::") and _OPEN.match(line) and _names_excerpt(line):
            opened = number
    return opened


def _lost_quote(lines: list[str], at: int) -> Lost | None:
    match = _QUOTE.search(lines[at])
    if match is None or (re.search(r"\{quote\}`[^`]*<[^`]*>`", lines[at]) and match[0].startswith("{quote}`")):
        return None
    inside = match[1].translate(_WIDE)
    message = (
        f"这一行有一处引语的写法不对，没有认成引语。\n  现在是：{match[0]}…\n"
        f"  怎么办：请写成 {{quote}}`{inside}`，花括号、反引号、尖括号都用半角。"
    )
    return Lost(at + 1, at + 1, message)


def _plain(text: str) -> str:
    """Without marks and white space, so that a mark mistyped does not hide the words."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")
