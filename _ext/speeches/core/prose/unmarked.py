"""A speech's words without quotation marks, or nearly its words: in a block quotation, after 指出：, as a saying, anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..matching.relocate import ALIKE, Near, passage
from ..review.advice import flat, place
from ..review.finding import Finding, Subtype
from ..source.archive import Archive
from ..source.folding import BARRIER, fold, has_combining
from ..source.speech import Span
from .quotemarks import LEAST_QUOTED, outside_marks
from .reading import OWN_WORDS, Block, BlockKind, ReadingText, RunKind, own_words
from .wording import WordingIndex, letters_of

_LEAST_REPORTED = 10
"""Letters after 指出： from which on they may be a speech's."""
_REPORT = re.compile(
    "(?=(?:(?:指出|强调|要求|提出|讲到|说到|提到|认为|写道)([：:，,]?)|[说讲]([：:，,]))([^。！？!?；;：:\x00]{10,120}))"
)
_LEAST_NEAR = 12
"""Letters of a clause from which on it may be a speech's with something changed."""
_NEARLY = 85.0
"""Likeness from which such a clause is told, wherever it stands. Of the book's own 1,100 clauses the nearest has 80."""
_CLAUSE = re.compile("[^。！？!?；;：:\x00]+")
_COMMA = re.compile(r"[，,（()）《》〈〉【】〔〕\[\]{}<>/|^—\n]+")
"""Where words may be set off from those around them. A line ends where the editor's window did."""
_MOST_PARTS = 6
"""Parts of a clause that are put together again."""
_DASHES = ("——", "--", "—")
"""Before the source line of a block quotation."""


def unmarked(reading: ReadingText, index: WordingIndex) -> Iterator[Finding]:
    """Every block quotation of the editor's own, and words that are nearly but not quite a speech's."""
    for block in reading:
        quotation = list(_block_quotation(block)) if block.kind is BlockKind.BLOCK_QUOTE else []
        yield from quotation
        if block.kind in OWN_WORDS and not quotation:
            if _may_hold_near(own_words(block), index):  # there is nothing in most
                text = outside_marks(block, index)
                reported = list(_reported(block, text, index))
                yield from reported or _nearly(block, text, index)
            yield from _sayings(block, index)


def _may_hold_near(text: str, index: WordingIndex) -> bool:
    """Whether any part of a text may be nearly a speech's. A letter and its mark are one only where no cut parts them:
    then each part is asked for itself."""
    return has_combining(text) or index.may_be_near(letters_of(fold(text).text))


def _block_quotation(block: Block) -> Iterator[Finding]:
    words = own_words(block, sayings=False).replace(BARRIER, "")
    if len(fold(words).text) < LEAST_QUOTED or words.lstrip().startswith(_DASHES):
        return
    message = (
        "查无出处：这一段用引文的样式排了出来，却不是摘录，里面的话没有核对。\n"
        f"  书上印的：{flat(words)}\n"
        "  怎么办：引自讲话的，写成 :::{excerpt} 讲话编号 段句号；是自己的话，去掉行首的 > 或引文块。"
    )
    yield Finding(Subtype.UNSOURCED, message, block.path, block.line)


def _reported(block: Block, text: str, index: WordingIndex) -> Iterator[Finding]:
    for match in _REPORT.finditer(text):
        least, alike = (_LEAST_REPORTED, ALIKE) if match[1] or match[2] else (_LEAST_NEAR, _NEARLY)
        if near := _changed(match[3], least, alike, index):
            yield _finding(_REPORTED, match[3], near, index.archive, block, block.line_at(text, match.start(3)))
            return


def _nearly(block: Block, text: str, index: WordingIndex) -> Iterator[Finding]:
    """Clauses, wherever they stand, with the words around them or without: the first, as the others are seen with it."""
    for match in _CLAUSE.finditer(text):
        if not _may_hold_near(match[0], index):
            continue  # then no part of it may
        for words in _parts(match[0]) if index.archive.index is None else (match[0],):
            if near := _changed(words, _LEAST_NEAR, _NEARLY, index):
                yield _finding(_NEAR_WORDS, words, near, index.archive, block, block.line_at(text, match.start()))
                return


def _parts(clause: str) -> Iterator[str]:
    """What stands between any two commas of a clause, the longest first."""
    cuts = [0, *(match.end() for match in _COMMA.finditer(clause)), len(clause)]
    for length in range(min(len(cuts) - 1, _MOST_PARTS), 0, -1):
        for first in range(len(cuts) - length):
            yield clause[cuts[first] : cuts[first + length]]


def _sayings(block: Block, index: WordingIndex) -> Iterator[Finding]:
    """A common saying is nobody's words: what is nearly a speech's is its words, changed."""
    for run in block.runs:
        if run.kind is RunKind.SAYING and (near := _changed(run.text, LEAST_QUOTED, _NEARLY, index)):
            yield _finding("这一处写成了俗语，说的几乎是讲话的原话", run.text, near, index.archive, block, block.line)


def _changed(words: str, least: int, alike: float, index: WordingIndex) -> Near | None:
    """What of a speech some words are nearly; None where they are its very words, or a term or a title."""
    folded = fold(words).text
    letters = letters_of(folded)
    if len(letters) < least or not index.may_be_near(letters):
        return None
    if index.letters.is_free(letters) or any(
        letters in index.letters.text_of(speech.id) for speech in index.archive.holding(folded)
    ):
        return None
    near = index.changed.nearest(folded)
    return near if near is not None and near.likeness >= alike else None


_REPORTED = "这里转述讲话，用的几乎是原话，又不全是，读者会当作原话"
_NEAR_WORDS = "这一句与讲话的原文几乎相同，又不全是，读者会当作原话"


def _finding(what: str, words: str, near: Near, archive: Archive, block: Block, line: int) -> Finding:
    found = passage(near.speech, Span(*near.speech.folded.span_of(near.start, near.end)))
    message = (
        f"未注明出处：{what}。\n  书上印的：{flat(words)}\n"
        f"  存档文本：{flat(found.text)}（{found.speech} {found.locator}，{place(found, archive)}）\n"
        f"  怎么办：照原文写成 {{quote}}`原文 <{found.speech} {found.locator}>`，或者改成离原话远一些的自己的话。"
    )
    return Finding(Subtype.UNATTRIBUTED, message, block.path, line)
