"""What is told of one quotation: what the source says against it, and what the lock does not know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zh.typed import typed

from ..matching.verdict import Flag, PlaceStatus, SourceStatus, TextStatus, Verdict
from ..source.archive import Archive
from ..source.speech import RestrictionKind, Speech
from .advice import advise, flat, flat_pair
from .claim import Claim
from .differences import Difference, facts_changed, is_reason
from .facts import changed_facts, dropped
from .finding import Finding, Subtype
from .lockfile import LockEntry, SpeechEntry

LOCK = "lock"
"""The cause of what follows from a lock that cannot be read."""
UNREADABLE = Finding(Subtype.LOCK, "核对记录读不懂，这一条是否有人认可过无从知道。", cause=LOCK)

_TEXT_SUBTYPES = {
    TextStatus.UNCHECKED: Subtype.UNCHECKED,
    TextStatus.ALTERED: Subtype.ALTERED,
    TextStatus.ABSENT: Subtype.ABSENT,
    TextStatus.AMBIGUOUS: Subtype.AMBIGUOUS,
}


def text_cause(speech_id: str) -> str:
    """The cause of what follows from a changed or unusable text of a speech."""
    return f"text:{speech_id}"


def record_cause(speech_id: str) -> str:
    """The cause of what follows from a changed record of a speech."""
    return f"record:{speech_id}"


def claim_cause(claim_id: str) -> str:
    """The cause of what follows from one quotation that stands where it must not."""
    return f"quotation:{claim_id}"


def against_source(claim: Claim, verdict: Verdict, archive: Archive) -> Iterator[Finding]:
    """What the archive says against a quotation; the worst alone, where nothing else can be said before it is mended."""
    cause = text_cause(claim.speech) if claim.speech in archive.faults else ""
    for subtype, message in _against_source(claim, verdict, archive):
        yield Finding(subtype, message, claim.path, claim.line, cause if subtype is Subtype.SOURCE else "")


def _against_source(claim: Claim, verdict: Verdict, archive: Archive) -> Iterable[tuple[Subtype, str]]:
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


def _restricted(claim: Claim, verdict: Verdict) -> Iterable[tuple[Subtype, str]]:
    for restriction in verdict.restrictions:
        reason = f"：{restriction.reason}" if restriction.reason else ""
        where = f"{claim.speech} 第{restriction.first_line}行"
        if restriction.kind is RestrictionKind.SECONDHAND:
            if not claim.secondhand:
                yield (
                    Subtype.SECONDHAND,
                    (
                        f"“{flat(claim.text, 40)}”是讲话人转述的话（{where}{reason}）。\n"
                        "  怎么办：请改引讲话人自己的话；确需转引的，在摘录里加 :secondhand:，"
                        "书上会注明“转引，未核对原文”。"
                    ),
                )
        else:
            kind = "不得引用，也不得刊出" if restriction.kind is RestrictionKind.WITHHOLD else "不得引用"
            yield (
                Subtype.RESTRICTED,
                (
                    f"“{flat(claim.text, 40)}”涉及登记中{kind}的文字（{where}{reason}）。\n"
                    "  怎么办：请改引别处，或把这一部分略去（用……，且不可改变原意）。"
                ),
            )


def against_lock(
    claim: Claim,
    verdict: Verdict,
    entry: LockEntry | None,
    changed: frozenset[Difference],
    speech: Speech | None,
    pinned: SpeechEntry | None,
    count: int,
) -> Iterator[Finding]:
    """What nobody has accepted, or accepted otherwise."""

    def finding(subtype: Subtype, message: str, cause: str = "") -> Finding:
        return Finding(subtype, message, claim.path, claim.line, cause)

    if entry is not None and not changed:
        return
    accept = typed(f"handbook accept {claim.id}")
    clipped = Flag.CLIPPED in verdict.flags and (
        entry is None or Difference.FLAGS in changed or Difference.TEXT in changed
    )
    if clipped:
        yield finding(Subtype.CLIPPED, _clipped_message(claim, verdict, entry))
    if entry is None:
        reason = ' --reason "为什么这样截取不改变原意"' if clipped else ""
        yield finding(
            Subtype.NEW,
            f"“{flat(claim.text, 40)}”还没有人认可（{claim.id}）。\n  怎么办：请看一遍，无误后运行 {accept}{reason}。",
            claim_cause(claim.id),
        )
        return
    who = f"{claim.id}，{entry.by} {entry.on} 认可"
    settle = f"无误后运行 {accept}，否则恢复原样。"
    if Difference.TEXT in changed:
        before, after = flat_pair(entry.text, claim.text)
        what = "从讲话中提取的文字与上次认可时不同" if claim.pulled else "引文在认可之后改动过"
        yield finding(
            Subtype.PULLED if claim.pulled else Subtype.CHANGED,
            f"{what}（{who}）。\n  当时：{before}\n  现在：{after}\n  怎么办：请看改动是否有意；{settle}",
        )
    elif Difference.PLACE in changed and Difference.DIGEST not in changed:
        now = verdict.found.locator if verdict.found else ""
        yield finding(
            Subtype.MOVED,
            f"引文的位置与认可时不同（{who}）：当时是 {entry.locator}，现在是 {now}。\n"
            f"  引文：{flat(claim.text, 120)}\n  怎么办：请看前后文是否仍合原意；{settle}",
        )
    if Difference.NOTE in changed:
        before, after = flat_pair(entry.note, claim.note)
        yield finding(
            Subtype.CHANGED,
            f"编者注在认可之后改动过（{who}）。\n  当时：{before or '（没有）'}\n"
            f"  现在：{after or '（没有）'}\n  怎么办：请看改动是否有意；{settle}",
        )
    if Difference.KIND in changed:
        yield finding(
            Subtype.CHANGED,
            f"核对记录里这一条的种类是“{entry.kind}”，书中是“{claim.kind}”（{who}）。\n  怎么办：请看一遍；{settle}",
        )
    if Difference.COUNT in changed:
        yield finding(
            Subtype.CHANGED,
            f"“{flat(claim.text, 40)}”在 {claim.path} 里认可时有{entry.count}处，现在有{count}处（{who}）。\n"
            f"  怎么办：请把每一处连同前后文看一遍；{settle}",
            f"count:{claim.id}",
        )
    if Difference.SPEECH in changed:
        yield finding(
            Subtype.STALE,
            f"引文改注了另一篇讲话（{who}）：当时是 {entry.speech}，现在是 {claim.speech}。\n"
            f"  引文：{flat(claim.text, 120)}\n  怎么办：请看出处是否正确；{settle}",
        )
    elif Difference.DIGEST in changed:
        yield finding(
            Subtype.STALE,
            f"{claim.speech} 的存档文本在认可之后换过（{who}）。\n"
            f"  引文：{flat(claim.text, 120)}\n  怎么办：请对照新的存档文本重看这一条；无误后运行 {accept}。",
            text_cause(claim.speech),
        )
    if Difference.FACTS in changed and speech is not None:
        yield _facts_finding(claim, verdict, entry, speech, pinned)


def _facts_finding(
    claim: Claim, verdict: Verdict, entry: LockEntry, speech: Speech, pinned: SpeechEntry | None
) -> Finding:
    shared = bool(pinned and (changed_facts(pinned, speech) or dropped(pinned, speech)))
    what = "；".join(facts_changed(verdict, entry, speech, pinned))
    accept = typed(f"handbook accept {claim.speech if shared else claim.id}")
    return Finding(
        Subtype.STALE,
        f"{claim.speech} 的登记在认可之后改过（{claim.id}，{entry.by} {entry.on} 认可）：{what}。\n"
        f"  引文：{flat(claim.text, 120)}\n  怎么办：请对照原件看登记是否正确；无误后运行 {accept}，否则恢复登记。",
        claim.path,
        claim.line,
        record_cause(claim.speech) if shared else "",
    )


def _clipped_message(claim: Claim, verdict: Verdict, entry: LockEntry | None) -> str:
    lines = [f"“{flat(claim.text, 40)}”的截取可能改变原意（{claim.id}）。"]
    if entry is not None and entry.reason and not is_reason(entry.reason):
        lines.append(f"  核对记录里的理由“{flat(entry.reason, 20)}”什么也没有说明。")
    for clipping in verdict.clippings:
        words = "、".join(f"“{word}”" for word in clipping.words)
        lines.append(f"  {clipping.where}有 {words}：{flat(clipping.context, 100)}")
    accept = typed(f'handbook accept {claim.id} --reason "理由"')
    lines.append(f"  怎么办：请把前后文一并引全；确信没有改变原意的，运行 {accept}。")
    return "\n".join(lines)
