"""Verdict × lock → what the handbook makes of a quotation: passed, or the findings that say why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..matching.verdict import PlaceStatus, Request, ReviewStatus, SourceStatus, Verdict
from ..matching.verify import verify
from ..source.archive import Archive
from .claim import Claim, QuotationKind
from .differences import Difference, differences
from .finding import Finding, Subtype
from .lockfile import Lock, LockEntry, SpeechEntry
from .telling import UNREADABLE, against_lock, against_source
from .upgrade import upgrade

__all__ = ["Finding", "Reviewed", "Subtype", "review", "review_all"]

_SETTLED_BY_ACCEPTING = frozenset({Subtype.NEW, Subtype.CHANGED, Subtype.PULLED, Subtype.STALE, Subtype.CLIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A claim, its verdict, its lock line, and what follows. ``passed`` is the strict rule."""

    claim: Claim
    verdict: Verdict
    review: ReviewStatus
    entry: LockEntry | None
    findings: tuple[Finding, ...]
    differences: frozenset[Difference] = frozenset()
    count: int = 1
    """How often an inline quotation stands in its document at its place."""

    displaced: bool = False
    """Whether the lock, and not the chapter, is what the place does not fit."""

    @property
    def passed(self) -> bool:
        return not self.findings

    def is_settled_by_accepting(self, finding: Finding) -> bool:
        """Whether `handbook accept` settles a finding; everything else must be mended first."""
        return finding.subtype in _SETTLED_BY_ACCEPTING or (self.displaced and finding.subtype is Subtype.MOVED)

    @property
    def pending(self) -> bool:
        """Whether nothing is wrong but that nobody has accepted it as it is now."""
        return all(self.is_settled_by_accepting(finding) for finding in self.findings)


def review_all(claims: Iterable[Claim], archive: Archive, lock: Lock | None) -> tuple[Reviewed, ...]:
    """Verify and review every claim, in the order given. Without a lock (None: it cannot be read) nothing is approved."""
    every = list(claims)
    cache: dict[Request, Verdict] = {}
    verified = [(claim, _verdict(claim, archive, cache)) for claim in every]
    counts = Counter(claim.id for claim in every)
    if lock is None:
        return tuple(_unreviewed(claim, verdict, archive) for claim, verdict in verified)
    now = upgrade(lock, verified, archive)
    return tuple(
        _reviewed(
            claim, verdict, archive, now.quotations.get(claim.id), now.speeches.get(claim.speech), counts[claim.id]
        )
        for claim, verdict in verified
    )


def review(
    claim: Claim, archive: Archive, entry: LockEntry | None, pinned: SpeechEntry | None = None, count: int = 1
) -> Reviewed:
    """Verify one claim and hold it against its lock line and that of its speech."""
    return _reviewed(claim, _verdict(claim, archive, {}), archive, entry, pinned, count)


def _reviewed(
    claim: Claim, verdict: Verdict, archive: Archive, entry: LockEntry | None, pinned: SpeechEntry | None, count: int
) -> Reviewed:
    speech = archive.speeches.get(claim.speech)
    changed: frozenset[Difference] = frozenset()
    state = ReviewStatus.NONE
    if entry is not None:
        changed = differences(claim, verdict, entry, speech, pinned, count)
        state = ReviewStatus.STALE if changed else ReviewStatus.APPROVED
    displaced = Difference.PLACE in changed and verdict.place is PlaceStatus.AS_CITED
    if Difference.DIGEST in changed and speech is not None:
        verdict = replace(verdict, source=SourceStatus.CHANGED)
    findings = list(against_source(claim, verdict, archive))
    if not findings:  # what accepting cannot settle is mended first
        findings += against_lock(claim, verdict, entry, changed, speech, pinned, count)
    if displaced:
        verdict = replace(verdict, place=PlaceStatus.MOVED)
    return Reviewed(
        claim=claim,
        verdict=verdict,
        review=state,
        entry=entry,
        findings=tuple(findings),
        differences=changed,
        count=count,
        displaced=displaced,
    )


def _unreviewed(claim: Claim, verdict: Verdict, archive: Archive) -> Reviewed:
    findings = (*against_source(claim, verdict, archive), replace(UNREADABLE, path=claim.path, line=claim.line))
    return Reviewed(claim=claim, verdict=verdict, review=ReviewStatus.NONE, entry=None, findings=findings)


def _verdict(claim: Claim, archive: Archive, cache: dict[Request, Verdict]) -> Verdict:
    request = Request(
        text=claim.text,
        speech=claim.speech,
        selector=claim.selector,
        nested=claim.kind is QuotationKind.QUOTE,
        in_handbook=True,
    )
    verdict = cache.get(request)
    if verdict is None:
        cache[request] = verdict = verify(request, archive)
    return verdict
