"""A claim against its line of the lock: which of the things that were accepted are no longer so."""

from __future__ import annotations

import re
from enum import StrEnum

from ..matching.placement import folded_text
from ..matching.verdict import Flag, Verdict
from ..source.speech import Speech
from .claim import Claim, QuotationKind
from .facts import changed_facts, corrections_of, dated_of, restrictions_of
from .lockfile import LockEntry, SpeechEntry

ACCEPTABLE_FLAGS = (Flag.CLIPPED,)
"""Flags that fail until a person accepts them with a reason."""
_WORDS = re.compile(r"[^\W\d_]")


class Difference(StrEnum):
    """What of an accepted quotation changed. ``facts``: what is printed of its speech, or a correction or restriction
    that touches it; ``flags``: something to look at that nobody accepted with a reason."""

    TEXT = "text"
    PLACE = "place"
    SPEECH = "speech"
    DIGEST = "digest"
    FACTS = "facts"
    NOTE = "note"
    KIND = "kind"
    COUNT = "count"
    FLAGS = "flags"


def differences(
    claim: Claim, verdict: Verdict, entry: LockEntry, speech: Speech | None, pinned: SpeechEntry | None, count: int = 1
) -> frozenset[Difference]:
    """``speech``: the claimed one, None where it cannot be used; ``pinned``: its line of the lock; ``count``: how often
    the quotation stands in its document."""
    found = verdict.found
    differs = {
        Difference.TEXT: not _same_text(claim, entry),
        Difference.PLACE: found is not None and entry.locator != found.locator and not claim.selector.anywhere,
        Difference.SPEECH: entry.speech != claim.speech,
        Difference.DIGEST: entry.digest != (speech.digest if speech else ""),
        Difference.FACTS: speech is not None and bool(facts_changed(verdict, entry, speech, pinned)),
        Difference.NOTE: entry.note != claim.note,
        Difference.KIND: entry.kind != claim.kind,
        Difference.COUNT: entry.count != count,
        Difference.FLAGS: unaccepted(verdict, entry),
    }
    return frozenset(difference for difference, holds in differs.items() if holds)


def facts_changed(verdict: Verdict, entry: LockEntry, speech: Speech, pinned: SpeechEntry | None) -> list[str]:
    """What the record says otherwise than when the quotation was accepted, in words; of a text that is the accepted one."""
    changed = changed_facts(pinned, speech) if pinned else []
    if entry.digest != speech.digest or not verdict.agrees:
        return changed
    for name, before, after in (
        ("校订", entry.corrections, corrections_of(speech, verdict.fragments)),
        ("限制", entry.restrictions, restrictions_of(speech, verdict.fragments)),
        ("时效提示", entry.dated, dated_of(speech, verdict.fragments)),
    ):
        if before != after:
            changed.append(f"{name}“{'；'.join(before) or '（无）'}”→“{'；'.join(after) or '（无）'}”")
    return changed


def is_reason(text: str) -> bool:
    """Whether somebody said something: at least two letters or characters."""
    return len(_WORDS.findall(text)) >= 2


def unaccepted(verdict: Verdict, entry: LockEntry | None) -> bool:
    """Whether a flag fails: nobody accepted it, or nobody said why."""
    failing = [flag for flag in verdict.flags if flag in ACCEPTABLE_FLAGS]
    return bool(failing) and (
        entry is None or not is_reason(entry.reason) or any(flag not in entry.flags for flag in failing)
    )


def _same_text(claim: Claim, entry: LockEntry) -> bool:
    """Whether the text is the accepted one. Inline quotations of one document that fold alike share one lock line."""
    if claim.kind is QuotationKind.QUOTE:
        return folded_text(claim.text, True) == folded_text(entry.text, True)
    return claim.text == entry.text
