"""Quotation marks are a closed world: every pair holds a verified quotation, a saying, a listed term or a title, or is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..matching.relocate import nearest, passage, resembles
from ..matching.verdict import Passage
from ..review.advice import flat, place
from ..review.review import Finding, Subtype
from ..source.archive import Archive
from ..source.folding import BARRIER, fold
from ..source.speech import Span
from .notice import Notice
from .reading import OWN_WORDS, Block, ReadingText, own_words
from .wording import WordingIndex

LEAST_QUOTED = 8
"""Characters in quotation marks from which on a source is needed; 2 to 7 are a notice (VERIFICATION, "Rules with teeth")."""
_LEAST_NOTICE = 2
_OPENS = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞〟", "„": "“”‟", "‚": "‘’", "«": "»", "‹": "›", "‟": "”", "‛": "’",
          "﹁": "﹂", "﹃": "﹄", "｢": "｣", "❝": "❞", "❛": "❜",
          "❮": "❯", "⟪": "⟫", "｟": "｠"}  # fmt: skip
_STRAIGHT = {mark: mark for mark in "\"'＂＇″ʺˮ〃´"}
_CLOSES = frozenset("".join(_OPENS.values()))
_MARK = re.compile(f"[{''.join(map(re.escape, {*_OPENS, *_STRAIGHT, *_CLOSES}))}]")
_DOUBLED = re.compile(r"(''|\"\"|``)(?=[^\s'\"`])([^'\"`]+)(?<!\s)(?:\1|'')|<<(?=\S)([^<>]+)(?<!\s)>>")
"""Marks that somebody typed twice: between the two of them stands nothing."""
_NOTHING = "\u2060"
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])['’＇](?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Pair:
    """``start`` to ``end`` lie between the marks. ``mark`` is the first one; a mark that is never closed ends its block.

    ``turned``: a mark that closes nothing and one that is never closed, a pair typed the wrong way round.
    """

    start: int
    end: int
    mark: str
    closed: bool = True
    turned: bool = False


def pairs(text: str) -> Iterator[Pair]:
    """Pairs by their opening marks, outer ones first; what is opened or closed alone makes a pair that is not closed."""
    text = _DOUBLED.sub(_once, text)
    found: list[Pair] = []
    opened: list[tuple[int, str]] = []
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(text)}
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        level = next((n for n in range(len(opened) - 1, -1, -1) if mark in _closing(opened[n][1])), None)
        if at in apostrophes and (level is None or mark in _STRAIGHT):
            continue
        if level is not None:
            # Marks that were opened inside and not closed there are alone.
            found += [Pair(start, at, alone, closed=False) for start, alone in opened[level + 1 :]]
            found.append(Pair(opened[level][0], at, opened[level][1]))
            del opened[level:]
        elif mark in _OPENS or mark in _STRAIGHT:
            opened.append((at + 1, mark))
        else:
            found.append(Pair(0, at, mark, closed=False))
    found += [Pair(start, len(text), mark, closed=False) for start, mark in opened]
    yield from sorted(found, key=lambda pair: (pair.start, -pair.end))


def _with_turned(text: str) -> list[Pair]:
    left, found = list(pairs(text)), []
    while left:
        pair = left.pop(0)
        if not pair.closed and not pair.start:  # a closing mark alone reaches back to the beginning
            other = next(
                (o for o in left if not o.closed and o.start > pair.end and pair.mark in _closing(o.mark)), None
            )
            if other is not None:
                left.remove(other)
                pair = Pair(pair.end + 1, other.start - 1, pair.mark, closed=False, turned=True)
        found.append(pair)
    return sorted(found, key=lambda pair: (pair.start, -pair.end))


def _once(match: re.Match[str]) -> str:
    """As long as it was, so that places stay true."""
    opening, closing = ("«", "»") if match[3] else ("“", "”")
    return f"{opening}{_NOTHING}{match[2] or match[3]}{closing}{_NOTHING}"


def _closing(mark: str) -> str:
    return _OPENS.get(mark) or _STRAIGHT.get(mark, "")


def unsourced(reading: ReadingText, index: WordingIndex) -> Iterator[Finding | Notice]:
    """Every pair of marks that an editor wrote, at every depth; inside one that was told nothing more is told."""
    for block in reading:
        if block.kind in OWN_WORDS:
            for _, told in _marked(block, own_words(block), index):
                yield told


def outside_marks(block: Block, index: WordingIndex) -> str:
    """The editor's own words as they are long, a barrier for each that stands in marks and is told for that."""
    text = own_words(block)
    for pair, told in _marked(block, text, index):
        if (pair.closed or pair.turned) and isinstance(told, Finding):
            text = text[: pair.start] + BARRIER * (pair.end - pair.start) + text[pair.end :]
    return text


def _marked(block: Block, text: str, index: WordingIndex) -> Iterator[tuple[Pair, Finding | Notice]]:
    reached = -1
    for pair in _with_turned(text):
        if pair.start >= reached and (told := _told(block, text, pair, index)) is not None:
            yield pair, told
            reached = pair.end


def _told(block: Block, text: str, pair: Pair, index: WordingIndex) -> Finding | Notice | None:
    inside = text[pair.start : pair.end]
    folded = fold(inside.replace(BARRIER, "")).text
    line = block.line_at(text, pair.start)
    shown = flat(inside.replace(BARRIER, "□"), 60)
    if pair.turned:
        return Finding(
            Subtype.UNSOURCED,
            _turned(pair, text, shown, _find(folded, index.archive) if folded else None),
            block.path,
            line,
        )
    if not pair.closed:
        if len(folded) < _LEAST_NOTICE:
            return None
        return Finding(Subtype.UNSOURCED, _alone(pair, text), block.path, line)
    if len(folded) < _LEAST_NOTICE or (BARRIER not in inside and folded in index.free):
        return None
    if len(folded) < LEAST_QUOTED:
        return Notice(f"“{shown}”加了引号而没有出处，也不在 terms.txt 里。", block.path, line)
    return Finding(Subtype.UNSOURCED, _message(shown, folded, index.archive), block.path, line)


def _alone(pair: Pair, text: str) -> str:
    opening = pair.mark in _OPENS or pair.mark in _STRAIGHT
    around = text[pair.start : pair.start + 30] if opening else text[max(0, pair.end - 30) : pair.end]
    shown = flat(around.replace(BARRIER, "□"), 40)
    what = "只有前一半，没有后一半" if opening else "只有后一半，没有前一半"
    printed = f"{pair.mark}{shown}…" if opening else f"…{shown}{pair.mark}"
    return (
        f"引号不成对：“{pair.mark}”{what}，里面的话无从核对。\n  书上印的：{printed}\n"
        "  怎么办：请补上另一半；引用讲话的，写成 {quote}`引文 <讲话编号>`，引号由程序来加。"
    )


def _turned(pair: Pair, text: str, shown: str, found: Passage | None) -> str:
    first, last = text[pair.start - 1], text[pair.end]
    where = f" {found.speech} {found.locator}" if found else " 讲话编号"
    return (
        f"引号前后颠倒，里面的话没有核对。\n  书上印的：{first}{shown}{last}\n"
        f"  怎么办：引用讲话的，写成 {{quote}}`{shown} <{where.strip()}>`，引号由程序来加；不是引用的，改成 {last}…{first}。"
    )


def _message(shown: str, folded: str, archive: Archive) -> str:
    found = _find(folded, archive)
    if found:
        return (
            f"“{shown}”加了引号，却没有作为引语核对。\n"
            f"  存档文本：{found.speech} {found.locator}（{place(found, archive)}）\n"
            f"  怎么办：请写成 {{quote}}`{shown} <{found.speech} {found.locator}>`。"
        )
    near = nearest(folded, archive, None)
    like = ""
    if near is not None and resembles(folded, near):
        passed = passage(near.speech, Span(*near.speech.folded.span_of(near.start, near.end)))
        like = f"  最接近的原文：{flat(passed.text)}（{passed.speech} {passed.locator}，{place(passed, archive)}）\n"
    return (
        f"查无出处：“{shown}”加了引号，但讲话库里没有这句话。\n{like}"
        f"  怎么办：请核对；引自讲话的照原文写成 {{quote}}`原文 <讲话编号>`，是俗语、成语的写成 {{saying}}`{shown}`，"
        "是自己的话就去掉引号。"
    )


def _find(folded: str, archive: Archive) -> Passage | None:
    for speech in archive.holding(folded):
        at = speech.folded.text.find(folded)
        if at >= 0:
            return passage(speech, Span(*speech.folded.span_of(at, at + len(folded))))
    return None
