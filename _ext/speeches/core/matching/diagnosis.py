"""A quotation that does not stand in its speech: in another, nearly, or nowhere, and what was changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

from ..source.archive import Archive
from ..source.folding import fold
from ..source.selector import Selector
from ..source.speech import Span, Speech
from .edits import Change, changes, worst_edit
from .judging import SHORTEST_FRAGMENT, match
from .placement import folded_text, source_of
from .quotation import editorial_reading, plain_piece, stray_brackets
from .relocate import SHORTEST_RUN, Near, longest_runs, nearest, passage, resembles
from .verdict import EditKind, Passage, PlaceStatus, Reason, Request, TextEdit, TextStatus, Verdict

_FINAL_MARK = re.compile(r"[。！？；，、：,;:!?]\Z")


def diagnose(request: Request, speech: Speech, archive: Archive, blank: Verdict) -> Verdict:
    """The text does not stand in the claimed speech: in another, nearly, or nowhere."""
    short = _short_fragment(request.text)
    if short:
        return replace(blank, reason=Reason.SHORT_FRAGMENT)
    for other in archive.holding(plain_piece(request.text)):
        if other.id != speech.id:
            elsewhere = match(replace(request, selector=Selector(anywhere=True)), other, None)
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
    near = _with_what_was_replaced(near, wrong)
    received = Span(*near.speech.folded.span_of(near.start, near.end))
    there = near.speech.folded.text[near.start : near.end]
    found = worst_edit(there, wrong)
    edit = _as_written(*found, near, printed) if found else TextEdit(EditKind.WORDING, "", wrong)
    verdict = replace(altered, reason=Reason.CHANGED_WORDS, edit=edit, nearest=passage(near.speech, received))
    if edit.kind is not EditKind.NEGATION and (first := _first_of_joined(wrong, there, source)):
        return replace(verdict, reason=Reason.STITCHED, detail=first)
    return verdict


def _with_what_was_replaced(near: Near, wrong: str) -> Near:
    """First or last words that were replaced stand against those of the source, not against nothing.

    The nearest passage ends where the two texts part: what is most alike is shortest.
    """
    source = near.speech.folded.text
    found = changes(source[near.start : near.end], wrong)
    start, end = near.start, near.end
    for change in found:
        added = change.printed_end - change.printed_start if change.source_start == change.source_end else 0
        if added and change.printed_start == 0:
            start -= _letters(reversed(source[max(0, start - added) : start]))
        elif added and change.printed_end == len(wrong):
            end += _letters(source[end : end + added])
    return replace(near, start=start, end=end)


def _letters(characters: Iterable[str]) -> int:
    """How many there are before the first mark or the end of the speech."""
    return sum(1 for _ in itertools.takewhile(str.isalnum, characters))


def _first_of_joined(wrong: str, there: str, source: str) -> str:
    """Where ``wrong`` is a few runs of ``source`` put together, the first of them; else empty.

    A character or two that the nearest passage has not are a slip of the pen, though their neighbours may stand elsewhere.
    """
    runs = longest_runs(wrong, source)
    if not 1 < len(runs) <= 4 or sum(end - start for start, end, _ in runs) != len(wrong):
        return ""
    strange = sum(change.printed_end - change.printed_start for change in changes(there, wrong))
    return "" if 0 < strange < SHORTEST_RUN else wrong[: runs[0][1]]


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
