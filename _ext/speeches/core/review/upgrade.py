"""An older format of the lock → format 3: every acceptance is kept, and what that did not know of it is taken as it is printed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..matching.verdict import Verdict
from ..source.archive import Archive
from .claim import Claim, former_quote_id
from .facts import corrections_of, dated_of, restrictions_of, speech_entry
from .lockfile import VERSION, Lock, LockEntry, SpeechEntry


def upgrade(lock: Lock, verified: Iterable[tuple[Claim, Verdict]], archive: Archive) -> Lock:
    """The same lock in format 3, for the quotations of the handbook as it stands; a lock of format 3 as it is.

    Who accepted, when and why stays with each quotation and each speech.
    """
    if lock.version == VERSION:
        return lock
    every = list(verified)
    quotations = dict(lock.quotations) if lock.version > 1 else _from_1(lock, every, archive)
    for claim, verdict in every:
        speech, entry = archive.speeches.get(claim.speech), quotations.get(claim.id)
        if entry is not None and speech is not None:
            quotations[claim.id] = replace(entry, dated=dated_of(speech, verdict.fragments))
    return Lock(quotations, {key: _with_names(entry, archive) for key, entry in lock.speeches.items()})


def _with_names(entry: SpeechEntry, archive: Archive) -> SpeechEntry:
    if (speech := archive.speeches.get(entry.speech)) is None:
        return entry
    now = speech_entry(speech)
    return replace(entry, called=now.called, dated=now.dated)


def _from_1(lock: Lock, every: list[tuple[Claim, Verdict]], archive: Archive) -> dict[str, LockEntry]:
    """Format 1 knew one line for all equal inline quotations of a document: it goes to those at the place that was
    accepted; one that stands elsewhere was never looked at."""
    counts = Counter(claim.id for claim, _ in every)
    quotations: dict[str, LockEntry] = {}
    taken: set[str] = set()
    for claim, verdict in every:
        entry = _entry_of(lock, claim, verdict)
        speech = archive.speeches.get(claim.speech)
        if entry is None:
            continue
        taken.add(entry.id)
        quotations[claim.id] = replace(
            entry,
            id=claim.id,
            note=claim.note,
            corrections=corrections_of(speech, verdict.fragments) if speech else (),
            restrictions=restrictions_of(speech, verdict.fragments) if speech else (),
            count=entry.count if entry.id == claim.id else counts[claim.id],
        )
    return {key: entry for key, entry in lock.quotations.items() if key not in taken} | quotations


def _entry_of(lock: Lock, claim: Claim, verdict: Verdict) -> LockEntry | None:
    entry = lock.quotations.get(claim.id)
    if entry is not None or claim.kind != "quote":
        return entry
    entry = lock.quotations.get(former_quote_id(claim))
    here = verdict.found.locator if verdict.found else str(claim.selector.locator)
    return entry if entry is not None and entry.locator == here else None
