"""Quotation of a draft × archive → outcome: which speech says it, whether it agrees, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from speeches.core.matching.quotation import plain_piece
from speeches.core.matching.relocate import nearest, resembles
from speeches.core.matching.verdict import Flag, Passage, PlaceStatus, SourceStatus, TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold
from speeches.core.source.selector import Selector, parse_locator
from speeches.core.source.speech import RestrictionKind

from .draft import DRAWN
from .quoted import Kind, Quotation


class Outcome(StrEnum):
    """How a comment begins (DESIGN, "Contracts")."""

    AGREES = "一致"
    ALTERED = "与存档文本不符"
    ABSENT = "查无此文"
    MISATTRIBUTED = "张冠李戴"
    MOVED = "位置不对"
    CLIPPED = "截取可能改变原意"
    RESTRICTED = "涉及不得引用的文字"
    UNATTRIBUTED = "未注明出处"
    AMBIGUOUS = "分不清引的是哪一处"
    UNCHECKED = "无法核对"


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation and what was found. ``places``: everywhere in the archive that says the same, when it agrees."""

    quotation: Quotation
    outcome: Outcome
    verdict: Verdict
    places: tuple[Passage, ...] = ()

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.AGREES

    @property
    def secret(self) -> bool:
        """Whether what the source says must not be repeated even to explain."""
        return any(r.kind is RestrictionKind.WITHHOLD for r in self.verdict.restrictions)


def judge(quotation: Quotation, archive: Archive) -> Judged:
    """Verify one quotation of a draft. What cannot be looked at is 无法核对, never 查无此文."""
    named = quotation.attribution.speech
    if not quotation.closed or DRAWN in quotation.text:
        return Judged(quotation, Outcome.UNCHECKED, _blank(named))
    if named:
        verdicts = _verdicts(quotation.text, named, archive)
    else:
        verdicts = [
            v
            for speech in archive.holding(plain_piece(quotation.text))
            for v in _verdicts(quotation.text, speech.id, archive, only_agreeing=True)
        ]
        if not verdicts:
            if quotation.attribution.foreign:
                return Judged(quotation, Outcome.UNCHECKED, _blank(""))
            verdicts = [_nearest_verdict(quotation.text, archive)]
    outcomes = [_outcome(quotation, verdict) for verdict in verdicts]
    agreeing = [v for v, outcome in zip(verdicts, outcomes, strict=True) if outcome is Outcome.AGREES]
    if agreeing and len(agreeing) < len(verdicts):
        return Judged(quotation, Outcome.AMBIGUOUS, verdicts[0], _places(verdicts))
    return Judged(quotation, outcomes[0], verdicts[0], _places(agreeing))


def _verdicts(text: str, speech: str, archive: Archive, *, only_agreeing: bool = False) -> list[Verdict]:
    """One verdict for each place of a speech that says ``text``; else the one that says why not."""
    if only_agreeing and speech not in archive.speeches:
        return []
    verdict = verify(Request(text, speech), archive) if not only_agreeing else _quick(text, speech, archive)
    if verdict is None:
        return []
    if verdict.text is not TextStatus.AMBIGUOUS:
        return [verdict]
    each = [
        verify(Request(text, speech, Selector(parse_locator(found.locator))), archive)
        for found in verdict.candidates
        if found.locator
    ]
    sure = [v for v in each if v.agrees]
    return sure or [verify(Request(text, speech, Selector(anywhere=True)), archive)]


def _quick(text: str, speech: str, archive: Archive) -> Verdict | None:
    """The verdict where the speech says the text; None without the cost of a diagnosis where it does not."""
    from speeches.core.matching.judging import match

    verdict = match(Request(text, speech), archive.speeches[speech], None)
    return verdict if verdict and (verdict.agrees or verdict.text is TextStatus.AMBIGUOUS) else None


def _nearest_verdict(text: str, archive: Archive) -> Verdict:
    near = nearest(fold(text).text, archive, None)
    speech = near.speech.id if near and resembles(fold(text).text, near) else next(iter(archive.speeches), "")
    verdict = verify(Request(text, speech), archive)
    return verdict if verdict.text in (TextStatus.ALTERED, TextStatus.UNCHECKED) else replace(verdict, nearest=None)


def _outcome(quotation: Quotation, verdict: Verdict) -> Outcome:
    if verdict.text is TextStatus.UNCHECKED or verdict.source not in (SourceStatus.PINNED, SourceStatus.UNPINNED):
        return Outcome.UNCHECKED
    if verdict.place is PlaceStatus.ELSEWHERE:
        return Outcome.MISATTRIBUTED
    if not verdict.agrees:
        return {TextStatus.ABSENT: Outcome.ABSENT, TextStatus.AMBIGUOUS: Outcome.AMBIGUOUS}.get(
            verdict.text, Outcome.ALTERED
        )
    kinds = {r.kind for r in verdict.restrictions}
    if kinds - {RestrictionKind.SECONDHAND}:
        return Outcome.RESTRICTED
    if RestrictionKind.SECONDHAND in kinds and "转引" not in quotation.paragraph.text:
        return Outcome.RESTRICTED
    if quotation.kind is Kind.WORDING and not quotation.attribution.speech:
        return Outcome.UNATTRIBUTED
    if quotation.kind is Kind.WORDING and not quotation.attribution.reports:
        return Outcome.UNATTRIBUTED
    if Flag.CLIPPED in verdict.flags:
        return Outcome.CLIPPED
    if Flag.UNRECORDED_MARK in verdict.flags:
        return Outcome.ALTERED
    return Outcome.AGREES


def _places(verdicts: list[Verdict]) -> tuple[Passage, ...]:
    return tuple(_each(verdicts))


def _each(verdicts: list[Verdict]) -> Iterator[Passage]:
    seen = set()
    for verdict in verdicts:
        if verdict.found and (verdict.found.speech, verdict.found.start) not in seen:
            seen.add((verdict.found.speech, verdict.found.start))
            yield verdict.found


def _blank(speech: str) -> Verdict:
    return Verdict(
        speech=speech,
        text=TextStatus.UNCHECKED,
        place=PlaceStatus.UNKNOWN,
        source=SourceStatus.MISSING,
        features=(TextStatus.UNCHECKED,),
    )
