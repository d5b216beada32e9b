"""Quotation × archive → Verdict. The rules are VERIFICATION's; every branch that cannot be sure does not pass."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from .archive import Archive, FaultKind
from .clipping import before, clippings, joined, swallowed_negator
from .edits import Change, EditKind, TextEdit, worst_edit
from .errors import LocatorError
from .folding import curly, fold, forbidden_characters, name_of, quotation_marks_disagree, unpaired_quotation_marks
from .lexicon import DEICTIC
from .marks import MarkCheck, check_mark, printed_with_mark
from .placement import Choice, Placement, choose, folded_text, place_reading, source_of
from .quotation import Fragment, Reading, editorial_reading, readings, stray_brackets
from .relocate import Near, Passage, longest_runs, nearest, passage, resembles
from .selector import Selector, resolve_locator
from .speech import RestrictionKind, Span, Speech
from .verdict import Flag, PlaceStatus, Reason, SourceStatus, TextStatus, Verdict

SHORTEST = 2
"""Characters. A shorter quotation cannot be checked."""
SHORTEST_FRAGMENT = 4
"""Characters of each fragment beside an omission."""
FAR = 200
"""Characters. A longer omission is flagged."""

_WORD = re.compile(r"[^\W_]")
_NOTES = re.compile(r"（原文如此）|（原文至此中断，编者注）")
_FINAL_MARK = re.compile(r"[。！？；，、：,;:!?]\Z")
_BREAKS = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Request:
    """One quotation to verify. ``nested``: printed by the ``quote`` role, one level of quotation marks down.

    ``in_handbook``: quotation marks must come in pairs; a draft checked from outside may cut through them.
    """

    text: str
    speech: str
    selector: Selector = field(default_factory=Selector)
    nested: bool = False
    in_handbook: bool = False


def verify(request: Request, archive: Archive) -> Verdict:
    """Verify one quotation. Never raises for what the quotation or the archive says."""
    speech = archive.speeches.get(request.speech)
    blank = Verdict(
        speech=request.speech,
        text=TextStatus.UNCHECKED,
        place=PlaceStatus.UNKNOWN,
        source=_source_status(request.speech, archive),
        features=(TextStatus.UNCHECKED,),
    )
    if speech is None:
        return replace(blank, reason=Reason.NO_SOURCE)
    if unusable := _unusable(request):
        return replace(blank, reason=unusable[0], detail=unusable[1])
    within = None
    if request.selector.locator is not None:
        try:
            within = resolve_locator(request.selector.locator, speech.outline)
        except LocatorError as error:
            return replace(blank, reason=Reason.LOCATOR, detail=str(error))
    match = _match(request, speech, within)
    if match is not None:
        return match
    return _diagnose(request, speech, archive, blank)


def _source_status(speech_id: str, archive: Archive) -> SourceStatus:
    if speech_id in archive.speeches:
        return SourceStatus.PINNED if archive.speeches[speech_id].record else SourceStatus.UNPINNED
    fault = archive.faults.get(speech_id)
    if fault is None:
        return SourceStatus.MISSING
    return {
        FaultKind.MISSING: SourceStatus.MISSING,
        FaultKind.UNREADABLE: SourceStatus.UNREADABLE,
        FaultKind.CHANGED: SourceStatus.CHANGED,
    }[fault.kind]


def _unusable(request: Request) -> tuple[Reason, str] | None:
    """Why a text cannot be checked at all, with the detail to show."""
    text = request.text
    if forbidden := forbidden_characters(text):
        return Reason.FORBIDDEN, "、".join(dict.fromkeys(name_of(c) for _, c in forbidden))
    if len(_WORD.findall(fold(_NOTES.sub("", text)).text)) < SHORTEST:
        return Reason.EMPTY, ""
    if request.in_handbook and (unpaired := unpaired_quotation_marks(text)):
        return Reason.UNPAIRED, "".join(mark for _, mark in unpaired)
    return None


def _match(request: Request, speech: Speech, within: tuple[int, int] | None) -> Verdict | None:
    """The verdict of the first reading that stands in the claimed speech; None when none does."""
    source = source_of(speech, request.nested)
    worst: Verdict | None = None
    for reading in readings(request.text, lambda piece: folded_text(piece, request.nested) in source):
        found = place_reading(reading, speech, request.nested)
        if not found:
            continue
        choice = choose(found, speech, request.selector, within, request.nested)
        verdict = _judge(request, reading, choice, speech)
        if verdict.agrees:
            return verdict
        worst = worst or verdict
    return worst


def _judge(request: Request, reading: Reading, choice: Choice, speech: Speech) -> Verdict:
    """Everything that can still be wrong with a text that stands in its speech."""
    source = SourceStatus.PINNED if speech.record else SourceStatus.UNPINNED
    placement = choice.chosen or choice.all[0]
    spans = tuple(Span(*speech.folded.span_of(*span)) for span in placement.spans)
    features = _features(reading, spans, speech)
    base = Verdict(
        speech=speech.id,
        text=features[0],
        place=PlaceStatus.AS_CITED if choice.as_cited else PlaceStatus.MOVED,
        source=source,
        features=features,
        fragments=spans,
        found=passage(speech, Span(spans[0].start, spans[-1].end)),
        omitted=tuple(Span(a.end, b.start) for a, b in itertools.pairwise(spans)),
    )
    if len(reading.fragments) > 1 and any(
        len(folded_text(fragment.source_text, False)) < SHORTEST_FRAGMENT for fragment in reading.fragments
    ):
        return _failed(base, TextStatus.UNCHECKED, Reason.SHORT_FRAGMENT)
    if choice.chosen is None:
        places = tuple(passage(speech, Span(*_received(p, speech))) for p in choice.all)
        ambiguous = replace(base, text=TextStatus.AMBIGUOUS, place=PlaceStatus.UNKNOWN, candidates=places, fragments=())
        return replace(ambiguous, features=(TextStatus.AMBIGUOUS, *features), found=None, omitted=())
    return _judge_placed(request, reading, placement, base, speech)


def _judge_placed(request: Request, reading: Reading, placement: Placement, base: Verdict, speech: Speech) -> Verdict:
    for index, gap in enumerate(base.omitted):
        between = joined(speech, gap.start, gap.end)
        following = reading.fragments[index + 1].source_text.lstrip()
        if not fold(between).text:
            return _failed(base, TextStatus.ALTERED, Reason.NOTHING_OMITTED, TextEdit(EditKind.PUNCTUATION, "", "……"))
        if _is_open(reading.fragments[: index + 1]) and _crosses_quotation(speech, gap):
            return _failed(
                base, TextStatus.ALTERED, Reason.CROSSED, TextEdit(EditKind.PUNCTUATION, between[-20:], "……")
            )
        if negator := swallowed_negator(before(speech, gap.start), between, following):
            edit = TextEdit(EditKind.NEGATION, between[-20:], "……")
            return _failed(base, TextStatus.ALTERED, Reason.SWALLOWED, edit, negator)
    checks: list[MarkCheck] = []
    for fragment, span in zip(reading.fragments, placement.spans, strict=True):
        for mark in fragment.marks:
            check = check_mark(mark, fragment, *span, speech)
            if check.error:
                kind = EditKind.NEGATION if check.negates else EditKind.MARK
                return _failed(base, TextStatus.ALTERED, Reason.MARK, TextEdit(kind, "", mark.content), check.error)
            checks.append(check)
        received = speech.text[speech.folded.start_of(span[0]) : speech.folded.end_of(span[1])]
        if quotation_marks_disagree(fragment.source_text, received):
            edit = TextEdit(EditKind.PUNCTUATION, received, fragment.source_text)
            return _failed(base, TextStatus.ALTERED, Reason.REVERSED_MARKS, edit)
    clipped = clippings(speech, base.fragments)
    touched = tuple(r for r in speech.restrictions if any(r.span.overlaps(span) for span in base.fragments))
    flags = _flags(request, reading, base, speech)
    if clipped:
        flags.add(Flag.CLIPPED)
    if any(not check.recorded for check in checks):
        flags.add(Flag.UNRECORDED_MARK)
    if any(r.kind is RestrictionKind.SECONDHAND for r in touched):
        flags.add(Flag.SECONDHAND)
    marked = {check.emendation for check in checks}
    unmarked = tuple(
        printed_with_mark(speech, e)
        for e in speech.emendations
        if e not in marked and any(_covers(span, e.change) for span in base.fragments)
    )
    ordered = tuple(flag for flag in Flag if flag in flags)
    return replace(base, flags=ordered, clippings=clipped, restrictions=touched, unmarked=unmarked)


def _failed(base: Verdict, text: TextStatus, reason: Reason, edit: TextEdit | None = None, detail: str = "") -> Verdict:
    return replace(
        base,
        text=text,
        features=(text, *base.features),
        reason=reason,
        edit=edit,
        detail=detail,
        place=PlaceStatus.UNKNOWN,
        nearest=base.found,
        found=None,
        fragments=(),
        omitted=(),
    )


def _is_open(fragments: tuple[Fragment, ...]) -> bool:
    """Whether a quotation mark is printed open when the text before an omission ends."""
    return bool(unpaired_quotation_marks("".join(fragment.source_text for fragment in fragments)))


def _crosses_quotation(speech: Speech, gap: Span) -> bool:
    """Whether an omission begins in one quotation of the speech and ends in another, or outside."""
    paragraph = speech.outline.paragraph_at(gap.start)
    earlier = speech.text[paragraph.start : gap.start].count('"') if paragraph else 0
    return bool(unpaired_quotation_marks(curly(speech.text[gap.start : gap.end], earlier)))


def _covers(span: Span, change: Span) -> bool:
    """Whether a correction lies inside a fragment; one that only supplies must not stand at its edge."""
    if change.start == change.end:
        return span.start < change.start < span.end
    return span.start <= change.start and change.end <= span.end


def _received(placement: Placement, speech: Speech) -> tuple[int, int]:
    return speech.folded.start_of(placement.start), speech.folded.end_of(placement.end)


def _features(reading: Reading, spans: tuple[Span, ...], speech: Speech) -> tuple[TextStatus, ...]:
    """All that holds of a text that stands in its source, in order of precedence."""
    features = []
    if len(reading.fragments) > 1 or reading.leading_omission or reading.trailing_omission:
        features.append(TextStatus.ELIDED)
    if reading.marks:
        features.append(TextStatus.EMENDED)
    exact = all(
        fragment.source_text.strip(" \t\r\n\u3000")
        == speech.text[span.start : span.end]
        == joined(speech, span.start, span.end)
        for fragment, span in zip(reading.fragments, spans, strict=True)
    )
    features.append(TextStatus.EXACT if exact else TextStatus.TYPOGRAPHIC)
    return tuple(features)


def _flags(request: Request, reading: Reading, base: Verdict, speech: Speech) -> set[Flag]:
    flags = set()
    for gap in base.omitted:
        if gap.end - gap.start > FAR or speech.outline.crosses_heading(gap.start, gap.end):
            flags.add(Flag.FAR)
    if DEICTIC.search(request.text):
        flags.add(Flag.DEICTIC)
    for fragment, span in zip(reading.fragments, base.fragments, strict=True):
        if _printed_breaks(fragment) != _source_breaks(speech, span):
            flags.add(Flag.PARAGRAPH)
    return flags


def _printed_breaks(fragment: Fragment) -> list[int]:
    text = fragment.source_text.strip()
    return [len(fold(text[: match.start()]).text) for match in _BREAKS.finditer(text)]


def _source_breaks(speech: Speech, span: Span) -> list[int]:
    inside = joined(speech, span.start, span.end)
    return [len(fold(inside[: match.start()]).text) for match in _BREAKS.finditer(inside)]


def _diagnose(request: Request, speech: Speech, archive: Archive, blank: Verdict) -> Verdict:
    """The text does not stand in the claimed speech: in another, nearly, or nowhere."""
    short = _short_fragment(request.text)
    if short:
        return replace(blank, reason=Reason.SHORT_FRAGMENT)
    for other in archive:
        if other.id != speech.id:
            elsewhere = _match(replace(request, selector=Selector(anywhere=True)), other, None)
            if elsewhere is not None and elsewhere.agrees:
                return replace(
                    elsewhere,
                    speech=speech.id,
                    place=PlaceStatus.ELSEWHERE,
                    source=blank.source,
                    flags=(),
                    fragments=(),
                    clippings=(),
                    restrictions=(),
                    unmarked=(),
                    omitted=(),
                )
    altered = replace(blank, text=TextStatus.ALTERED, features=(TextStatus.ALTERED,))
    if stray := stray_brackets(request.text):
        return replace(
            altered, reason=Reason.MARK, detail=f"标记不成对：{stray}", edit=TextEdit(EditKind.MARK, "", stray)
        )
    whole = _diagnose_reading(request, speech, archive, altered)
    return whole or replace(blank, text=TextStatus.ABSENT, features=(TextStatus.ABSENT,), reason=Reason.NOT_FOUND)


def _short_fragment(text: str) -> bool:
    fragments = editorial_reading(text).fragments
    if len(fragments) == 1:
        return False
    return not fragments or any(len(fold(fragment.source_text).text) < SHORTEST_FRAGMENT for fragment in fragments)


def _diagnose_reading(request: Request, speech: Speech, archive: Archive, altered: Verdict) -> Verdict | None:
    source = source_of(speech, request.nested)
    fragments = editorial_reading(request.text).fragments
    folded = [folded_text(fragment.source_text, request.nested) for fragment in fragments]
    if len(fragments) > 1 and all(piece in source for piece in folded):
        reason, detail = _order_or_overlap(folded, source)
        spot = source.find(folded[0])
        at = passage(speech, Span(*speech.folded.span_of(spot, spot + len(folded[0]))))
        return replace(altered, reason=reason, detail=detail, edit=TextEdit(EditKind.WORDING, "", "……"), nearest=at)
    index = next((i for i, piece in enumerate(folded) if piece not in source), 0)
    wrong, printed = folded[index], fragments[index].source_text
    if final := _changed_final_mark(wrong, printed, speech, source):
        edit, at = final
        return replace(altered, reason=Reason.CHANGED_WORDS, edit=edit, nearest=at)
    near = nearest(wrong, archive, speech)
    if near is None or not resembles(wrong, near):
        if len(fragments) > 1 and any(piece in source for piece in folded):
            return replace(altered, reason=Reason.NOT_FOUND, detail=wrong, edit=TextEdit(EditKind.WORDING, "", wrong))
        return None
    received = Span(*near.speech.folded.span_of(near.start, near.end))
    found = worst_edit(near.speech.folded.text[near.start : near.end], wrong)
    edit = _as_written(*found, near, printed) if found else TextEdit(EditKind.WORDING, "", wrong)
    verdict = replace(altered, reason=Reason.CHANGED_WORDS, edit=edit, nearest=passage(near.speech, received))
    runs = longest_runs(wrong, source)
    covered = sum(end - start for start, end, _ in runs)
    if 1 < len(runs) <= 4 and covered == len(wrong) and edit.kind is not EditKind.NEGATION:
        return replace(verdict, reason=Reason.STITCHED, detail=wrong[: runs[0][1]])
    return verdict


def _as_written(edit: TextEdit, change: Change, near: Near, printed: str) -> TextEdit:
    """The edit in the characters of the speech and of the chapter, not in folded ones."""
    gone, come = "", ""
    if change.source_start < change.source_end:
        span = near.speech.folded.span_of(near.start + change.source_start, near.start + change.source_end)
        gone = near.speech.text[slice(*span)]
    if change.printed_start < change.printed_end:
        come = printed[slice(*fold(printed).span_of(change.printed_start, change.printed_end))]
    return TextEdit(edit.kind, gone, come)


def _changed_final_mark(wrong: str, printed: str, speech: Speech, source: str) -> tuple[TextEdit, Passage] | None:
    """The edit and the place when a text stands in the source but for its final mark."""
    if not _FINAL_MARK.search(wrong) or wrong[:-1] not in source:
        return None
    start = source.find(wrong[:-1])
    end = start + len(wrong) - 1
    mark = source[end : end + 1]
    spot = Span(*speech.folded.span_of(start, end + 1 if _FINAL_MARK.search(mark) else end))
    kept = speech.text[spot.end - 1] if _FINAL_MARK.search(mark) else ""
    return TextEdit(EditKind.PUNCTUATION, kept, printed.rstrip()[-1]), passage(speech, spot)


def _order_or_overlap(folded: list[str], source: str) -> tuple[Reason, str]:
    for first, second in itertools.pairwise(folded):
        a, b = source.find(first), source.find(second)
        if a < b < a + len(first) or b <= a < b + len(second):
            return Reason.OVERLAP, second
        if source.find(second, a + len(first)) < 0:
            return Reason.ORDER, second
    return Reason.ORDER, folded[-1]
