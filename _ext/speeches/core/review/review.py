"""Verdict × lock → what the handbook makes of a quotation: passed, or the findings that say why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from zh.typed import typed

from ..matching.placement import folded_text
from ..matching.verdict import Flag, PlaceStatus, ReviewStatus, SourceStatus, TextStatus, Verdict
from ..matching.verify import Request, verify
from ..source.archive import Archive
from ..source.speech import RestrictionKind
from .advice import advise
from .claim import Claim
from .lockfile import LockEntry

ACCEPTABLE_FLAGS = (Flag.CLIPPED,)
"""Flags that fail until a person accepts them with a reason."""


class Subtype(StrEnum):
    """The closed list of warnings (type ``speech``). ``suppress_warnings = ["speech.moved"]`` silences one."""

    ARCHIVE = "archive"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DUPLICATE = "duplicate"
    REFERENCE = "reference"
    UNCHECKED = "unchecked"
    ALTERED = "altered"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"
    ELSEWHERE = "elsewhere"
    MOVED = "moved"
    SOURCE = "source"
    CLIPPED = "clipped"
    RESTRICTED = "restricted"
    SECONDHAND = "secondhand"
    NEW = "new"
    CHANGED = "changed"
    PULLED = "pulled"
    STALE = "stale"
    GONE = "gone"
    LOCK = "lock"
    EMPTY = "empty"
    UNATTRIBUTED = "unattributed"
    UNSOURCED = "unsourced"
    MARKUP = "markup"
    ATTRIBUTION = "attribution"
    WITHHELD = "withheld"


_SETTLED_BY_ACCEPTING = frozenset({Subtype.NEW, Subtype.CHANGED, Subtype.PULLED, Subtype.STALE, Subtype.CLIPPED})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that keeps a quotation or a page from passing, for an editor: what, and what to do."""

    subtype: Subtype
    message: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A claim, its verdict, its lock line, and what follows. ``passed`` is the strict rule."""

    claim: Claim
    verdict: Verdict
    review: ReviewStatus
    entry: LockEntry | None
    findings: tuple[Finding, ...]

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


def review_all(claims: Iterable[Claim], archive: Archive, lock: Mapping[str, LockEntry]) -> tuple[Reviewed, ...]:
    """Verify and review every claim, in the order given."""
    cache: dict[Request, Verdict] = {}
    return tuple(review(claim, archive, lock.get(claim.id), cache) for claim in claims)


def review(
    claim: Claim, archive: Archive, entry: LockEntry | None, cache: dict[Request, Verdict] | None = None
) -> Reviewed:
    """Verify one claim and hold it against its lock line."""
    verdict = _verdict(claim, archive, {} if cache is None else cache)
    speech = archive.speeches.get(claim.speech)
    digest = speech.digest if speech else ""
    if entry is not None and speech is not None and entry.digest != digest:
        verdict = replace(verdict, source=SourceStatus.CHANGED)
    state = ReviewStatus.NONE
    if entry is not None:
        stale = (
            not _same_text(claim, entry)
            or entry.digest != digest
            or entry.speech != claim.speech
            or _is_displaced(claim, verdict, entry)
            or _unaccepted(verdict, entry)
        )
        state = ReviewStatus.STALE if stale else ReviewStatus.APPROVED
    findings = tuple(
        Finding(subtype, message, claim.path, claim.line)
        for subtype, message in _findings(claim, verdict, entry, digest, archive)
    )
    displaced = entry is not None and verdict.place is PlaceStatus.AS_CITED and _is_displaced(claim, verdict, entry)
    if displaced:
        verdict = replace(verdict, place=PlaceStatus.MOVED)
    return Reviewed(claim=claim, verdict=verdict, review=state, entry=entry, findings=findings, displaced=displaced)


def gone(claims: Iterable[Claim], lock: Mapping[str, LockEntry]) -> tuple[Finding, ...]:
    """Lock lines whose quotation is no longer in the handbook."""
    present = {claim.id for claim in claims}
    return tuple(
        Finding(
            Subtype.GONE,
            f"核对记录里的 {entry.id} 在书中已经没有了（原在 {entry.docname}：“{_short(entry.text)}”）。\n"
            f"  怎么办：若是有意删去，请运行 {typed(f'handbook accept {entry.id}')}；若是误删，请恢复原文。",
            "excerpts.lock",
        )
        for key, entry in sorted(lock.items())
        if key not in present
    )


def _verdict(claim: Claim, archive: Archive, cache: dict[Request, Verdict]) -> Verdict:
    request = Request(
        text=claim.text,
        speech=claim.speech,
        selector=claim.selector,
        nested=claim.kind == "quote",
        in_handbook=True,
    )
    if request not in cache:
        cache[request] = verify(request, archive)
    return cache[request]


_TEXT_SUBTYPES = {
    TextStatus.UNCHECKED: Subtype.UNCHECKED,
    TextStatus.ALTERED: Subtype.ALTERED,
    TextStatus.ABSENT: Subtype.ABSENT,
    TextStatus.AMBIGUOUS: Subtype.AMBIGUOUS,
}


def _findings(
    claim: Claim, verdict: Verdict, entry: LockEntry | None, digest: str, archive: Archive
) -> Iterable[tuple[Subtype, str]]:
    if claim.error:
        yield Subtype.UNCHECKED, claim.error
        return
    if verdict.source in (SourceStatus.MISSING, SourceStatus.UNREADABLE, SourceStatus.UNPINNED) or (
        verdict.source is SourceStatus.CHANGED and claim.speech in archive.faults
    ):
        yield Subtype.SOURCE, advise(claim.text, verdict, archive)
        return
    if verdict.place is PlaceStatus.ELSEWHERE:
        yield Subtype.ELSEWHERE, advise(claim.text, verdict, archive)
        return
    if verdict.text in _TEXT_SUBTYPES:
        yield _TEXT_SUBTYPES[verdict.text], advise(claim.text, verdict, archive)
        return
    if verdict.place is PlaceStatus.MOVED:
        yield Subtype.MOVED, advise(claim.text, verdict, archive)
    yield from _restricted(claim, verdict)
    yield from _against_lock(claim, verdict, entry, digest)


def _restricted(claim: Claim, verdict: Verdict) -> Iterable[tuple[Subtype, str]]:
    for restriction in verdict.restrictions:
        reason = f"：{restriction.reason}" if restriction.reason else ""
        where = f"{claim.speech} 第{restriction.first_line}行"
        if restriction.kind is RestrictionKind.SECONDHAND:
            if not claim.secondhand:
                yield (
                    Subtype.SECONDHAND,
                    (
                        f"“{_short(claim.text)}”是讲话人转述的话（{where}{reason}）。\n"
                        "  怎么办：请改引讲话人自己的话；确需转引的，在摘录里加 :secondhand:，"
                        "书上会注明“转引，未核对原文”。"
                    ),
                )
        else:
            kind = "不得引用，也不得刊出" if restriction.kind is RestrictionKind.WITHHOLD else "不得引用"
            yield (
                Subtype.RESTRICTED,
                (
                    f"“{_short(claim.text)}”涉及登记中{kind}的文字（{where}{reason}）。\n"
                    "  怎么办：请改引别处，或把这一部分略去（用……，且不可改变原意）。"
                ),
            )


def _against_lock(
    claim: Claim, verdict: Verdict, entry: LockEntry | None, digest: str
) -> Iterable[tuple[Subtype, str]]:
    accept = typed(f"handbook accept {claim.id}")
    text_changed = entry is not None and not _same_text(claim, entry)
    clipped = _unaccepted(verdict, entry) or (Flag.CLIPPED in verdict.flags and text_changed)
    if clipped:
        yield Subtype.CLIPPED, _clipped_message(claim, verdict)
    if entry is None:
        yield (
            Subtype.NEW,
            (
                f"“{_short(claim.text)}”还没有人认可（{claim.id}）。\n  怎么办：请看一遍，无误后运行 {accept}"
                + (' --reason "为什么这样截取不改变原意"。' if clipped else "。")
            ),
        )
        return
    if not _same_text(claim, entry):
        subtype = Subtype.PULLED if claim.pulled else Subtype.CHANGED
        what = "从讲话中提取的文字与上次认可时不同" if claim.pulled else "引文在认可之后改动过"
        yield (
            subtype,
            (
                f"{what}（{claim.id}，{entry.by} {entry.on} 认可）。\n"
                f"  当时：{_short(entry.text, 120)}\n  现在：{_short(claim.text, 120)}\n"
                f"  怎么办：请看改动是否有意；无误后运行 {accept}，否则恢复原样。"
            ),
        )
    elif entry.digest == digest and _is_displaced(claim, verdict, entry):
        now = verdict.found.locator if verdict.found else ""
        message = (
            f"引文的位置与认可时不同（{claim.id}，{entry.by} {entry.on} 认可）：当时是 {entry.locator}，现在是 {now}。\n"
            f"  引文：{_short(claim.text, 120)}\n"
            f"  怎么办：请看前后文是否仍合原意；无误后运行 {accept}，否则恢复原样。"
        )
        yield Subtype.MOVED, message
    if entry.digest != digest or entry.speech != claim.speech:
        yield (
            Subtype.STALE,
            (
                f"{claim.speech} 的存档文本在认可之后换过（{claim.id}，{entry.by} {entry.on} 认可）。\n"
                f"  引文：{_short(claim.text, 120)}\n  怎么办：请对照新的存档文本重看这一条；无误后运行 {accept}。"
            ),
        )


def _same_text(claim: Claim, entry: LockEntry) -> bool:
    """Whether the text is the accepted one. Inline quotations of one document that fold alike share one lock line."""
    if claim.kind == "quote":
        return folded_text(claim.text, True) == folded_text(entry.text, True)
    return claim.text == entry.text


def _unaccepted(verdict: Verdict, entry: LockEntry | None) -> bool:
    """Whether a flag fails: nobody accepted it, or nobody said why."""
    failing = [flag for flag in verdict.flags if flag in ACCEPTABLE_FLAGS]
    return bool(failing) and (
        entry is None or not entry.reason.strip() or any(flag not in entry.flags for flag in failing)
    )


def _is_displaced(claim: Claim, verdict: Verdict, entry: LockEntry) -> bool:
    """Whether the words now stand for another place of the speech than the one that was accepted."""
    return bool(verdict.found and entry.locator != verdict.found.locator and not claim.selector.anywhere)


def _clipped_message(claim: Claim, verdict: Verdict) -> str:
    lines = [f"“{_short(claim.text)}”的截取可能改变原意（{claim.id}）。"]
    for clipping in verdict.clippings:
        words = "、".join(f"“{word}”" for word in clipping.words)
        lines.append(f"  {clipping.where}有 {words}：{_short(clipping.context, 100)}")
    accept = typed(f'handbook accept {claim.id} --reason "理由"')
    lines.append(f"  怎么办：请把前后文一并引全；确信没有改变原意的，运行 {accept}。")
    return "\n".join(lines)


def _short(text: str, limit: int = 40) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
