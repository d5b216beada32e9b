"""Quotation × archive → Verdict. The rules are VERIFICATION's; every branch that cannot be sure does not pass."""

from __future__ import annotations

import re
from itertools import islice

from ..errors import LocatorError
from ..source.archive import Archive, FaultKind
from ..source.folding import fold, forbidden_characters, name_of, unpaired_quotation_marks
from ..source.selector import resolve_locator
from .diagnosis import diagnose
from .judging import match
from .verdict import PlaceStatus, Reason, Request, SourceStatus, TextStatus, Verdict

__all__ = ["Request", "verify"]

SHORTEST = 2
"""Characters. A shorter quotation cannot be checked."""

_WORD = re.compile(r"[^\W_]")
_NOTES = re.compile(r"（原文如此）|（原文至此中断，编者注）")


def verify(request: Request, archive: Archive) -> Verdict:
    """Verify one quotation. Never raises for what the quotation or the archive says."""
    speech = archive.speeches.get(request.speech)
    if speech is None:
        return _unchecked(request, archive, Reason.NO_SOURCE)
    if unusable := _unusable(request):
        return _unchecked(request, archive, *unusable)
    within = None
    if request.selector.locator is not None:
        try:
            within = resolve_locator(request.selector.locator, speech.outline)
        except LocatorError as error:
            return _unchecked(request, archive, Reason.LOCATOR, str(error))
    return match(request, speech, within) or diagnose(request, speech, archive, _unchecked(request, archive))


def _unchecked(request: Request, archive: Archive, reason: Reason | None = None, detail: str = "") -> Verdict:
    return Verdict(
        speech=request.speech,
        text=TextStatus.UNCHECKED,
        place=PlaceStatus.UNKNOWN,
        source=_source_status(request.speech, archive),
        features=(TextStatus.UNCHECKED,),
        reason=reason,
        detail=detail,
    )


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
    if len(list(islice(_WORD.finditer(fold(_NOTES.sub("", text)).text), SHORTEST))) < SHORTEST:
        return Reason.EMPTY, ""
    if request.in_handbook and (unpaired := unpaired_quotation_marks(text)):
        return Reason.UNPAIRED, "".join(mark for _, mark in unpaired)
    return None
