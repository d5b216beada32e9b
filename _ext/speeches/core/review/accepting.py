"""What `handbook accept` writes of a quotation and of a speech. Pure: nothing is asked, nothing is read or written."""

from __future__ import annotations

from dataclasses import replace

from ..matching.verdict import Verdict
from ..source.archive import Archive
from ..source.speech import Speech
from .differences import ACCEPTABLE_FLAGS
from .facts import NAMES, corrections_of, dated_of, restrictions_of, speech_entry
from .lockfile import LockEntry, SpeechEntry
from .review import Reviewed

SHOWN = {
    "text": "引文",
    "note": "编者注",
    "locator": "位置",
    "speech": "讲话",
    "digest": "存档文本摘要",
    "corrections": "校订",
    "restrictions": "限制",
    "dated": "时效提示",
    "called": "行文中的称呼",
    "kind": "种类",
    "docname": "所在章",
    "count": "次数",
    "flags": "提示",
    "reason": "理由",
} | NAMES
"""Fields of both kinds of lines, as a person is shown them."""


def accepted(item: Reviewed, archive: Archive, *, by: str, on: str, reason: str) -> LockEntry | None:
    """The new line of a quotation; None when the old one still holds.

    Another document alone, as after a chapter was renamed, is nothing to look at: the acceptance stays whose it was.
    """
    claim, verdict, old = item.claim, item.verdict, item.entry
    speech = archive.speeches[claim.speech]
    new = LockEntry(
        id=claim.id,
        kind=str(claim.kind),
        docname=claim.docname,
        speech=claim.speech,
        locator=verdict.found.locator if verdict.found else "",
        text=claim.text,
        digest=speech.digest,
        note=claim.note,
        corrections=corrections_of(speech, verdict.fragments),
        restrictions=restrictions_of(speech, verdict.fragments),
        dated=dated_of(speech, verdict.fragments),
        flags=_flags(verdict),
        count=item.count,
        by=by,
        on=on,
        reason=reason.strip() if _flags(verdict) else "",
    )
    if old is None:
        return new
    same = replace(new, by=old.by, on=old.on, reason=old.reason)
    if same == old:
        return None
    if replace(same, docname=old.docname) == old:
        return same
    return new if reason.strip() or not new.flags else replace(new, reason=old.reason)


def accepted_speech(speech: Speech, old: SpeechEntry | None, *, by: str, on: str) -> SpeechEntry | None:
    """The new line of a speech; None when the old one still holds. What only grew is written, not signed:
    restrictions, names beside the printed one, dated wording that no accepted quotation prints (it is stale itself)."""
    new = speech_entry(speech, by=by, on=on)
    if old is None:
        return new
    same = replace(new, by=old.by, on=old.on)
    if same == old:
        return None
    kept = {key: getattr(old, key) for key in ("restrictions", "called", "dated")}
    grown = replace(same, **kept) == old and all(set(was) <= set(getattr(new, key)) for key, was in kept.items())
    return same if grown and old.called[:1] == new.called[:1] else new


def _flags(verdict: Verdict) -> tuple[str, ...]:
    return tuple(str(flag) for flag in verdict.flags if flag in ACCEPTABLE_FLAGS)
