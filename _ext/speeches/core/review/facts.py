"""What is printed of a speech beside its words, and of a quotation beside its text: what the lock pins, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..matching.marks import marked
from ..source.speech import Dated, Emendation, Span, Speech
from .lockfile import SpeechEntry


class _Facts(NamedTuple):
    title: str
    occasion: str = ""
    level: str = ""
    speaker: str = ""
    date: str = ""
    compared: bool = False


NAMES = {
    "title": "题名",
    "occasion": "场合",
    "level": "级别",
    "speaker": "讲话人",
    "date": "时间",
    "compared": "与原件核对",
}
"""Fields of a ``SpeechEntry`` that are printed, as a message calls them. Provenance and notes may be completed freely."""
_CALLED = "行文中的称呼"
_KEYS = {"compared": ("checked_against_original",), "date": ("date", "date_basis")}
"""Keys of the record that have other names there."""


def speech_entry(speech: Speech, *, by: str = "", on: str = "") -> SpeechEntry:
    """The lock's line of a speech, as its record stands now."""
    return SpeechEntry(
        **_printed_facts(speech)._asdict(),
        speech=speech.id,
        digest=speech.digest,
        called=_called(speech),
        dated=tuple(sorted(map(_told, speech.dated))),
        restrictions=tuple(f"{_where(speech, r.span)} {r.kind}" for r in speech.restrictions),
        by=by,
        on=on,
    )


def _printed_facts(speech: Speech) -> _Facts:
    record = speech.record
    if record is None:
        return _Facts(speech.title)
    return _Facts(
        title=speech.title,
        occasion=record.occasion,
        level=record.level,
        speaker=record.speaker,
        date=f"{record.date}（{record.date_basis}）" if record.date and record.date_basis else record.date,
        compared=record.checked_against_original,
    )


def _called(speech: Speech) -> tuple[str, ...]:
    return speech.record.called if speech.record else ()


def changed_facts(pinned: SpeechEntry, speech: Speech) -> list[str]:
    """Each printed fact that is no longer the accepted one, in words: 题名“甲”→“乙”."""
    now = _printed_facts(speech)
    pairs = [(name, getattr(pinned, key), getattr(now, key)) for key, name in NAMES.items()]
    pairs.append((_CALLED, "".join(pinned.called[:1]), "".join(_called(speech)[:1])))
    return [f"{name}“{_shown(before)}”→“{_shown(after)}”" for name, before, after in pairs if before != after]


def changed_line(pinned: SpeechEntry, speech: Speech) -> int:
    """The line of the record that says the first of them; 0 where it was taken out."""
    now = speech_entry(speech)
    changed = [key for key in NAMES if getattr(pinned, key) != getattr(now, key)]
    keys = [key for name in changed for key in _KEYS.get(name, (name,))]
    if pinned.called != now.called:
        keys.append("called")
    return next((line for key in keys if (line := speech.record_lines.get(key))), 0)


def dropped(pinned: SpeechEntry, speech: Speech) -> list[str]:
    """Accepted names and dated wording that the record no longer holds; one that was added is no change of what was accepted.

    The name that is printed is a fact of its own.
    """
    now = speech_entry(speech)
    names = [f"称呼“{name}”" for name in pinned.called[1:] if name not in now.called]
    return names + [f"时效提示“{told}”" for told in pinned.dated if told not in now.dated]


def lifted_restrictions(pinned: SpeechEntry, speech: Speech) -> list[str]:
    """Accepted restrictions that the record no longer holds. One that was added, or that became one to withhold the
    same words, is no change of what was accepted."""
    now = speech_entry(speech).restrictions
    if pinned.digest != speech.digest:
        return []  # its places are not those of this text, which is told on its own
    return [r for r in pinned.restrictions if r not in now and f"{r.partition(' ')[0]} withhold" not in now]


def corrections_of(speech: Speech, fragments: Iterable[Span]) -> tuple[str, ...]:
    """The recorded corrections that touch a quotation: place, how they are printed, and their kind."""
    spans = tuple(fragments)
    return tuple(
        f"{_where(speech, emendation.change)} {_printed(speech, emendation)} {emendation.kind}"
        for emendation in speech.emendations
        if any(emendation.span.overlaps(span) for span in spans)
    )


def restrictions_of(speech: Speech, fragments: Iterable[Span]) -> tuple[str, ...]:
    """The restrictions that touch a quotation: place and kind."""
    spans = tuple(fragments)
    return tuple(
        f"{_where(speech, restriction.span)} {restriction.kind}"
        for restriction in speech.restrictions
        if any(restriction.span.overlaps(span) for span in spans)
    )


def dated_in(speech: Speech, fragments: Iterable[Span]) -> list[Dated]:
    """Wording of its time that a quotation prints whole."""
    spans = tuple(fragments)
    return [
        dated
        for dated in speech.dated
        if any(part.start <= span.start and span.end <= part.end for part in spans for span in dated.spans)
    ]


def dated_of(speech: Speech, fragments: Iterable[Span]) -> tuple[str, ...]:
    """What is said of the wording of its time in a quotation."""
    return tuple(sorted(map(_told, dated_in(speech, fragments))))


def _told(dated: Dated) -> str:
    return f"{dated.wording}，{dated.period}；现行的查{dated.look_up}"


def _printed(speech: Speech, emendation: Emendation) -> str:
    return "".join(marked(speech.text[emendation.change.start : emendation.change.end], emendation))


def _where(speech: Speech, span: Span) -> str:
    """``16:35``, or ``16:35-17:8``: physical line and column, both from 1, of the span's ends."""
    first, last = _line_and_column(speech, span.start), _line_and_column(speech, max(span.start, span.end - 1))
    return first if first == last else f"{first}-{last}"


def _line_and_column(speech: Speech, offset: int) -> str:
    return f"{speech.text.count(chr(10), 0, offset) + 1}:{offset - speech.text.rfind(chr(10), 0, offset)}"


def _shown(value: str | bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value or "（空）"
