"""What a text seems to be: title, occasion, date, lines that are not the speech, broken lines, wrong characters.

Proposals only: a person looks at the record. What keeps words from being quoted (``skip``) is written as in force; what
changes how the text reads (``join``, emendations) is written as a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TITLE = re.compile(r"(?:讲话|发言|报告|致辞|致词|讲稿|意见|提纲)\s*(?:（[^（）]*）|\([^()]*\))?\s*$")
_OCCASION = re.compile(r"在(?P<where>.{1,80}?)(?:开幕式|闭幕式)?上的(?:重要)?(?:讲话|发言|报告|致辞|致词)")
_YEAR = r"((?:19|20)\d{2}|[二一〇零○九八七六五四三]{4})年"
_DAY = r"[\d一二三四五六七八九十]{1,3}"
_DATE = re.compile(rf"{_YEAR}(?:({_DAY})月(?:({_DAY})日)?)?")
_ONLY_DATE = re.compile(rf"\s*+(?:[（(]\s*+)?{_DATE.pattern}\s*+(?:[）)]\s*+)?$")
_PAGE = re.compile(
    r"\s*+[-—–－·]*+\s*+(?:第\s*+)?\d{1,4}\s*+(?:页\s*+)?(?:[/／]\s*+(?:共\s*+)?\d++\s*+(?:页\s*+)?)?[-—–－·]*+\s*+$"
)
_PHOTO = re.compile(
    r"[（(].{0,20}(?:摄影|摄|供图|图片来源|本报记者|通讯员).{0,20}[）)]\s*$|^\s*(?:图为|上图|下图|左图|右图)"
)
_SITE = re.compile(
    r"^\s*(?:来源|责任编辑|编辑|作者|发布时间|发布日期|点击|浏览次数|字号|打印|上一篇|下一篇|相关链接|分享到|关键词|摘要|内容提要)[：:]"
    r"|https?://|www\.|公众号|微信号|关注我们|版权所有|禁止外传|仅供学习|订阅|会员|下载原文|文档库|素材网|范文"
)
_SIGNED = re.compile(r"^\s{2,}[\u4e00-\u9fff]{2,12}(?:办公室|委员会|政府|党委|局)?\s*$")
_CUT_SUMMARY = re.compile(r"(?:\.{3}|…{1,2})\s*$")
_ENDS = re.compile(r"[。！？!?：:；;……”」』）)》]\s*$")
_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是要]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]|\d{1,2}[.．、])"
)
_HEAD = 6
_TAIL = 4
_LONGEST_TITLE = 45
_LEAST_BROKEN = 12

# Left by programs that turn old documents into text: each of these pairs was seen in archived speeches or is the other
# form of one character in the GB 13000 sources. A word list is no place for guesses.
CONVERSIONS = {"臵": "置", "囯": "国", "収": "收", "徳": "德", "髙": "高", "産": "产", "説": "说"}


@dataclass(frozen=True, slots=True)
class Suspect:
    """``original`` in ``line`` (from 1) looks like a conversion of ``reading``."""

    line: int
    original: str
    reading: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines count from 1 in the text as stored, first and last included. ``why``: line → why it is skipped."""

    title: str
    occasion: str
    date: str
    skip: tuple[tuple[int, int], ...]
    why: dict[int, str]
    joins: tuple[tuple[int, int], ...]
    suspects: tuple[Suspect, ...]


def propose(text: str) -> Proposal:
    """Look at a text. A part that is not stated stays empty."""
    lines = text.split("\n")
    title_line = _title_line(lines)
    title = lines[title_line - 1].strip().lstrip("\ufeff") if title_line else ""
    occasion = _OCCASION.search(title)
    why = dict(_not_the_speech(lines, title_line))
    return Proposal(
        title,
        occasion.group("where") if occasion else "",
        _date(lines),
        tuple(_ranges(sorted(why))),
        why,
        tuple(_broken(lines, set(why) | {title_line})),
        tuple(_suspects(lines)),
    )


def _title_line(lines: Sequence[str]) -> int:
    """The line of the title, from 1; 0 where none of the first lines looks like one."""
    full = [number for number, line in enumerate(lines, 1) if line.strip("\ufeff \t\r　")][:_HEAD]
    for number in full:
        line = lines[number - 1].strip("\ufeff \t\r　")
        if len(line) <= _LONGEST_TITLE and _TITLE.search(line) and not _SITE.search(line):
            return number
    for number in full[:2]:
        line = lines[number - 1].strip("\ufeff \t\r　")
        if len(line) <= _LONGEST_TITLE and not _ENDS.search(line) and not _SITE.search(line) and len(line) >= 4:
            return number
    return 0


def _date(lines: Sequence[str]) -> str:
    """The date as the record has it, only where a line of the head or the tail is nothing but a date."""
    full = [line for line in lines if line.strip("\ufeff \t\r　")]
    for line in [*full[:_HEAD], *full[-_TAIL:]]:
        if _ONLY_DATE.match(line) and (match := _DATE.search(line)):
            parts = [_number(match[1], 4), _number(match[2], 2), _number(match[3], 2)]
            return "-".join(part for part in parts if part)
    return ""


_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def _number(text: str | None, width: int) -> str:
    if not text:
        return ""
    if not text.isdigit():
        if "十" in text:
            tens, _, ones = text.partition("十")
            text = str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))
        else:
            text = "".join(_DIGITS[c] for c in text)
    return text.zfill(width)


def _not_the_speech(lines: Sequence[str], title_line: int) -> Iterator[tuple[int, str]]:
    full = [number for number, line in enumerate(lines, 1) if line.strip("\ufeff \t\r　")]
    head, tail = set(full[:_HEAD]), set(full[-_TAIL:])
    for number in full:
        line = lines[number - 1].strip("\ufeff\r")
        if number == title_line:
            continue
        if number in head | tail and _ONLY_DATE.match(line):
            yield number, "日期"
        elif _PAGE.match(line):
            yield number, "页码"
        elif _PHOTO.search(line):
            yield number, "照片说明"
        elif _SITE.search(line) and len(line) <= 120:
            yield number, "网站或转发者加的话"
        elif number == full[0] and title_line > number and _CUT_SUMMARY.search(line):
            yield number, "网站摘要"
        elif number in tail and _SIGNED.match(line):
            yield number, "署名"


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = last = 0
    for number in numbers:
        if number == last + 1 and start:
            last = number
            continue
        if start:
            yield start, last
        start = last = number
    if start:
        yield start, last


def _broken(lines: Sequence[str], without: set[int]) -> Iterator[tuple[int, int]]:
    """A long line that ends in mid-sentence, and the next, which begins no heading."""
    for number in range(1, len(lines)):
        line, following = lines[number - 1].rstrip("\r"), lines[number]
        if number in without or number + 1 in without or not following.strip():
            continue
        if (
            len(line) >= _LEAST_BROKEN
            and not _ENDS.search(line)
            and not _MARKER.match(following)
            and not _MARKER.match(line)
        ):
            yield number, number + 1


def _suspects(lines: Sequence[str]) -> Iterator[Suspect]:
    for number, line in enumerate(lines, 1):
        for original, reading in CONVERSIONS.items():
            for occurrence in range(1, line.count(original) + 1):
                yield Suspect(number, original, reading, occurrence)
