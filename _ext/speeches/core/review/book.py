"""What is wrong between handbook and lock that belongs to no single quotation, and comes before those that it causes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from zh.typed import typed

from ..source.archive import Archive
from ..source.speech import Speech
from .advice import flat
from .claim import Claim
from .differences import ACCEPTABLE_FLAGS, Difference, is_reason
from .facts import changed_facts, changed_line, dropped, lifted_restrictions
from .finding import Finding, Subtype
from .lockfile import Lock, LockEntry, SpeechEntry
from .review import Reviewed
from .telling import record_cause, text_cause
from .upgrade import upgrade

_LOCK = "excerpts.lock"


def book_findings(reviewed: Sequence[Reviewed], archive: Archive, lock: Lock, *, today: dt.date) -> tuple[Finding, ...]:
    """Everything that the lock says of the handbook as a whole. ``today``: no acceptance is younger."""
    return (
        *_senseless(lock, today),
        *_changed_speeches(reviewed, archive, lock),
        *duplicates([item.claim for item in reviewed]),
        *gone(reviewed, lock),
    )


def gone(reviewed: Iterable[Reviewed], lock: Lock) -> tuple[Finding, ...]:
    """Lock lines whose quotation is no longer in the handbook."""
    lines = {item.entry.line for item in reviewed if item.entry}
    present = {item.claim.id for item in reviewed}
    return tuple(
        Finding(
            Subtype.GONE,
            f"核对记录里的 {entry.id} 在书中已经没有了（原在 {entry.docname}：“{flat(entry.text, 40)}”）。\n"
            f"  怎么办：若是有意删去，请运行 {typed(f'handbook accept {entry.id}')}；若是误删，请恢复原文。",
            _LOCK,
            entry.line,
        )
        for key, entry in sorted(lock.quotations.items())
        if key not in present and not (entry.line and entry.line in lines)
    )


def duplicates(claims: Iterable[Claim]) -> list[Finding]:
    """Two excerpts with one id: the second must be named, or named otherwise."""
    first: dict[str, Claim] = {}
    out = []
    for claim in claims:
        if claim.kind != "excerpt":
            continue
        other = first.setdefault(claim.id, claim)
        if other is not claim:
            out.append(Finding(Subtype.DUPLICATE, _duplicate(claim, other), claim.path, claim.line))
    return out


def _duplicate(claim: Claim, other: Claim) -> str:
    where = f"（{claim.id}，另一处在 {other.path}:{other.line}）"
    if claim.name and claim.name == other.name:
        return f"摘录名“{claim.name}”用了两次{where}。\n  怎么办：请给这一条换一个 :name:。"
    if claim.name or other.name:
        name = claim.name or other.name
        return f"摘录名“{name}”与一条没有起名的摘录的编号相同{where}。\n  怎么办：请换一个不像段句号的 :name:。"
    return f"两处摘录引的是同样的句子{where}。\n  怎么办：请用 :name: 给这一条起一个名字，或改为参见前一条。"


def _senseless(lock: Lock, today: dt.date) -> Iterable[Finding]:
    """Lines whose acceptance cannot have been: they are written by `handbook accept` and never by hand."""
    entries: list[LockEntry | SpeechEntry] = [*lock.speeches.values(), *lock.quotations.values()]
    for entry in entries:
        faults = [*_signature_faults(entry, today)]
        if isinstance(entry, LockEntry) and entry.reason and not is_reason(entry.reason):
            faults.append(f"理由是“{flat(entry.reason, 20)}”，什么也没有说明")
        if isinstance(entry, LockEntry) and (unknown := [flag for flag in entry.flags if flag not in ACCEPTABLE_FLAGS]):
            faults.append(f"没有“{'、'.join(unknown)}”这种可以认可的情况")
        if faults:
            key = entry.id if isinstance(entry, LockEntry) else entry.speech
            yield Finding(
                Subtype.LOCK,
                f"核对记录里 {key} 的认可不合情理：{'；'.join(faults)}。\n"
                f"  怎么办：这个文件不要手改；请用版本管理恢复这一行，或删去它、看过之后运行 {typed(f'handbook accept {key}')}。",
                _LOCK,
                entry.line,
            )


def _signature_faults(entry: LockEntry | SpeechEntry, today: dt.date) -> Iterable[str]:
    if not any(character.isalnum() for character in entry.by):
        yield "没有写明认可人"
    try:
        on = dt.date.fromisoformat(entry.on)
    except ValueError:
        yield f"日期“{flat(entry.on, 20)}”不是日期"
        return
    if on > today + dt.timedelta(days=1):  # a day's grace: clocks and time zones differ
        yield f"日期 {entry.on} 还没有到"


def _changed_speeches(reviewed: Sequence[Reviewed], archive: Archive, lock: Lock) -> Iterable[Finding]:
    cited: dict[str, list[Reviewed]] = {}
    for item in reviewed:
        if item.entry is not None:
            cited.setdefault(item.claim.speech, []).append(item)
    pinned_speeches = upgrade(lock, (), archive).speeches
    for speech_id in sorted(cited.keys() | pinned_speeches.keys()):
        speech, items = archive.speeches.get(speech_id), cited.get(speech_id, [])
        if speech is None:
            continue
        pinned = pinned_speeches.get(speech_id)
        if pinned.digest != speech.digest if pinned else any(Difference.DIGEST in item.differences for item in items):
            yield Finding(
                Subtype.STALE,
                f"讲话 {speech_id} 的存档文本在认可之后换过。\n"
                f"  怎么办：若是误改，请恢复原文件；若确已换成更好的文本，请逐条重看引文，再运行 {typed('handbook accept')}。",
                f"{archive.root.name}/{speech_id}.txt",
                cause=text_cause(speech_id),
            )
        yield from _changed_record(speech, archive, pinned, upgraded=lock.version == 1)


def _changed_record(
    speech: Speech, archive: Archive, pinned: SpeechEntry | None, *, upgraded: bool
) -> Iterable[Finding]:
    path, accept = f"{archive.root.name}/{speech.id}.toml", typed(f"handbook accept {speech.id}")
    if pinned is None:
        if not upgraded:
            yield Finding(
                Subtype.LOCK,
                f"核对记录里没有讲话 {speech.id} 的一行：登记的题名、讲话人等没有人认可。\n"
                f"  怎么办：请用版本管理恢复这一行，或对照登记看一遍，再运行 {accept}。",
                _LOCK,
            )
        return
    lost = dropped(pinned, speech)
    if changed := [*changed_facts(pinned, speech), *(f"少了{what}" for what in lost)]:
        settle = typed("handbook accept") if lost else accept  # what it touches waits for an answer too
        yield Finding(
            Subtype.STALE,
            f"讲话 {speech.id} 的登记在认可之后改过（{pinned.by} {pinned.on} 认可）：{'；'.join(changed)}。\n"
            f"  怎么办：请对照原件看登记是否正确；无误后运行 {settle}，否则恢复登记。",
            path,
            changed_line(pinned, speech),
            cause=record_cause(speech.id),
        )
    if lifted := lifted_restrictions(pinned, speech):
        yield Finding(
            Subtype.STALE,
            f"讲话 {speech.id} 的登记里少了认可过的限制：{'；'.join(lifted)}（行:列 种类）。这些文字会刊出，也可以引用了。\n"
            f"  怎么办：若是误删，请恢复登记；确实可以解除的，请运行 {accept}。",
            path,
        )
