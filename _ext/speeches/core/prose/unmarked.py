"""A speech's words without quotation marks: set as a block quotation that is no excerpt, or told after 指出：."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..matching.relocate import Changed, passage
from ..review.advice import flat, place
from ..review.finding import Finding, Subtype
from ..source.folding import BARRIER, fold
from ..source.speech import Span
from .quotemarks import LEAST_QUOTED
from .reading import OWN_WORDS, Block, BlockKind, ReadingText, own_words

_LEAST_REPORTED = 10
_REPORT = re.compile("(?:指出|强调|要求|提出|讲到|说到|提到|认为|说|讲)[：:，,]([^。！？!?；;：:\x00]{10,})")
_DASHES = ("——", "--", "—")
"""Before the source line of a block quotation."""


def unmarked(reading: ReadingText, changed: Changed) -> Iterator[Finding]:
    """Every block quotation of the editor's own, and words told as a speech's that are nearly but not quite its words."""
    for block in reading:
        if block.kind is BlockKind.BLOCK_QUOTE:
            yield from _block_quotation(block)
        elif block.kind in OWN_WORDS:
            yield from _reported(block, changed)


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


def _reported(block: Block, changed: Changed) -> Iterator[Finding]:
    text, archive = own_words(block), changed.archive
    for match in _REPORT.finditer(text):
        words = match[1]
        folded = fold(words).text
        if len(folded) < _LEAST_REPORTED or any(folded in s.folded.text for s in archive.holding(folded)):
            continue
        near = changed.nearest(folded)
        if near is None:
            continue
        found = passage(near.speech, Span(*near.speech.folded.span_of(near.start, near.end)))
        message = (
            "未注明出处：这里转述讲话，用的几乎是原话，又不全是，读者会当作原话。\n"
            f"  书上印的：{flat(words)}\n"
            f"  存档文本：{flat(found.text)}（{found.speech} {found.locator}，{place(found, archive)}）\n"
            f"  怎么办：照原文写成 {{quote}}`原文 <{found.speech} {found.locator}>`，或者改成离原话远一些的自己的话。"
        )
        yield Finding(Subtype.UNATTRIBUTED, message, block.path, block.line_at(text, match.start(1)))
