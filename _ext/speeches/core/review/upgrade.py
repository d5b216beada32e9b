"""Lock format 1 → 2: every acceptance is kept, and what format 1 did not know of it is taken as it is printed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..matching.verdict import Verdict
from ..source.archive import Archive
from .claim import Claim, former_quote_id
from .facts import corrections_of, restrictions_of
from .lockfile import VERSION, Lock, LockEntry


def upgrade(lock: Lock, verified: Iterable[tuple[Claim, Verdict]], archive: Archive) -> Lock:
    """The same lock in format 2, for the quotations of the handbook as it stands; a lock of format 2 as it is.

    Who accepted, when and why stays with each quotation. Format 1 knew one line for all equal inline quotations of a
    document: it goes to those at the place that was accepted; one that stands elsewhere was never looked at.
    """
    if lock.version == VERSION:
        return lock
    every = list(verified)
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
    gone = {key: entry for key, entry in lock.quotations.items() if key not in taken}
    return Lock(gone | quotations)


def _entry_of(lock: Lock, claim: Claim, verdict: Verdict) -> LockEntry | None:
    entry = lock.quotations.get(claim.id)
    if entry is not None or claim.kind != "quote":
        return entry
    entry = lock.quotations.get(former_quote_id(claim))
    here = verdict.found.locator if verdict.found else str(claim.selector.locator)
    return entry if entry is not None and entry.locator == here else None
