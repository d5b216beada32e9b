"""A quotation that stands in its speech: everything that can still be wrong with it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ..source.folding import curly, fold, quotation_marks_disagree, unpaired_quotation_marks
from ..source.lexicon import DEICTIC
from ..source.speech import RestrictionKind, Span, Speech
from .clipping import before, clippings, joined, swallowed_negator
from .marks import MarkCheck, check_mark, printed_with_mark
from .placement import Choice, Placement, choose, folded_text, place_reading, source_of
from .quotation import Fragment, Reading, readings
from .relocate import passage
from .verdict import EditKind, Flag, PlaceStatus, Reason, Request, SourceStatus, TextEdit, TextStatus, Verdict

SHORTEST_FRAGMENT = 4
"""Characters of each fragment beside an omission."""
FAR = 200
"""Characters. A longer omission is flagged."""

_BREAKS = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*")


def match(request: Request, speech: Speech, within: tuple[int, int] | None) -> Verdict | None:
    """The verdict of the first reading that stands in the claimed speech; None when none does."""
    source = source_of(speech, request.nested)
    worst: Verdict | None = None
    for reading in readings(request.text, lambda piece: folded_text(piece, request.nested) in source):
        found = place_reading(reading, speech, request.nested)
        if not found:
            continue
        choice = choose(found, reading, speech, request.selector, within, request.nested)
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
                edit = TextEdit(check.kind, "", mark.content)
                return _failed(base, TextStatus.ALTERED, Reason.MARK, edit, check.error)
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
    if not (flags or clipped or touched or unmarked):
        return base
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
    return _breaks(fragment.source_text.strip())


def _source_breaks(speech: Speech, span: Span) -> list[int]:
    return _breaks(joined(speech, span.start, span.end))


def _breaks(text: str) -> list[int]:
    if "\n" not in text:
        return []
    return [len(fold(text[: match.start()]).text) for match in _BREAKS.finditer(text)]
