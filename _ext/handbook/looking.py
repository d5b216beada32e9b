"""What a person sees before he accepts: what is printed, the source beside it with its lead-in, and what changed."""

from __future__ import annotations

from collections.abc import Iterator

import click

from speeches.core.citation import place_title
from speeches.core.review.advice import flat
from speeches.core.review.review import Reviewed
from speeches.core.source.archive import Archive
from zh.terminal import answer

_AROUND = 40
"""Characters of the speech that are shown before and after a quotation."""
YES, NO, STOP = "是", "否", "停"
_ANSWERS = {"y": YES, "yes": YES, "是": YES, "n": NO, "no": NO, "否": NO, "q": STOP, "quit": STOP, "停": STOP}


def lines_of(item: Reviewed, archive: Archive) -> Iterator[str]:
    """One quotation beside its source; fragments with what was left out between them stand in 【】."""
    claim, verdict = item.claim, item.verdict
    yield f"{claim.id}（{claim.path}:{claim.line}）"
    yield f"  书上印的：{' '.join(claim.text.split())}"
    if claim.note:
        yield f"  编者注：{claim.note}"
    speech, spans = archive.speeches.get(claim.speech), verdict.fragments
    if speech is not None and spans:
        start, end = spans[0].start, spans[-1].end
        before, after = speech.text[max(0, start - _AROUND) : start], speech.text[end : end + _AROUND]
        body = "".join(
            f"【{speech.text[span.start : span.end]}】{speech.text[span.end : following.start]}"
            for span, following in zip(spans, [*spans[1:], spans[-1].__class__(end, end)], strict=True)
        )
        yield f"  存档文本：…{flat(before + ' '.join(body.split()) + after, 2000)}…"
        yield f"  出处：{place_title(speech, start)}（{claim.speech} {verdict.found.locator if verdict.found else ''}）"
    for clipping in verdict.clippings:
        yield f"  注意：{clipping.where}有“{'、'.join(clipping.words)}”：{flat(clipping.context, 100)}"


def ask(question: str) -> str:
    """``YES``, ``NO`` or ``STOP``; asked again until it is one of them. The end of the input is ``STOP``."""
    while True:
        try:
            given = answer(f"{question}（是 y／否 n／停 q）")
        except click.Abort:
            return STOP
        if found := _ANSWERS.get(given.lower()):
            return found


def ask_reason() -> str:
    """Why a clipping does not change the meaning; "" for none."""
    try:
        return answer("  为什么这样截取不改变原意")
    except click.Abort:
        return ""
