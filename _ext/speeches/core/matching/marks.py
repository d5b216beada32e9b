"""Editorial marks against the record: a mark passes only if the record holds the same emendation."""

from __future__ import annotations

from dataclasses import dataclass

from ..source.corrections import Turned, turned_by
from ..source.folding import fold
from ..source.speech import Emendation, EmendationKind, Span, Speech
from .quotation import Fragment, Mark, MarkKind
from .verdict import EditKind

_MARK_OF = {
    EmendationKind.WRONG: MarkKind.REPLACE,
    EmendationKind.TRANSCRIPTION: MarkKind.REPLACE,
    EmendationKind.MISSING: MarkKind.SUPPLY,
    EmendationKind.EXTRA: MarkKind.EXTRA,
}


_KIND_OF = {
    Turned.NEGATION: EditKind.NEGATION,
    Turned.OPPOSITE: EditKind.NEGATION,
    Turned.NUMBER: EditKind.NUMBER,
    Turned.NAME: EditKind.NAME,
}
_CONTEXT = 20
"""Characters on either side of a mark that show what it changes: 何 is a name where 主任 follows."""
_FINISHED = "。！？!?”’」』）)】》"


@dataclass(frozen=True, slots=True)
class MarkCheck:
    """``error`` is for the editor, empty when the mark holds; ``kind``: what the mark amounts to when it does not."""

    recorded: bool = False
    error: str = ""
    kind: EditKind = EditKind.MARK
    emendation: Emendation | None = None


@dataclass(frozen=True, slots=True)
class _Effect:
    span: Span
    replacement: str


def printed_with_mark(speech: Speech, emendation: Emendation) -> str:
    """How the handbook prints an emendation: 位臵〔置〕, 在工作［中］得心应手, 一【个】颗."""
    before = speech.text[emendation.span.start : emendation.change.start]
    gone = speech.text[emendation.change.start : emendation.change.end]
    after = speech.text[emendation.change.end : emendation.span.end]
    return before + "".join(marked(gone, emendation)) + after


def marked(gone: str, emendation: Emendation) -> tuple[str, str]:
    """The characters that stay, and the mark on them."""
    match _MARK_OF[emendation.kind]:
        case MarkKind.SUPPLY:
            return gone, f"［{emendation.replacement}］"
        case MarkKind.EXTRA:
            return "", f"【{gone}】{emendation.replacement}"
        case _:
            return gone, f"〔{emendation.replacement}〕"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a speech as it is printed: plain, with an emendation to mark, or withheld."""

    span: Span
    emendation: Emendation | None = None
    withheld: bool = False


def pieces(speech: Speech, start: int, end: int, *, whole: bool = False) -> list[Piece]:
    """``text[start:end]`` in its order, all of it. What an emendation changes stays whole, or unmarked where it is cut.

    ``whole``: withheld words are not told apart. Whoever prints them asks ``Speech.withholds`` first.
    """
    special = [
        Piece(Span(max(start, s.start), min(end, s.end)), withheld=True)
        for s in speech.withheld
        if not whole and s.overlaps(Span(start, end))
    ]
    for emendation in speech.emendations:
        change = emendation.change
        inside = start <= change.start and change.end <= end
        if inside and not any(p.span.start < change.end and change.start < p.span.end for p in special if p.withheld):
            special.append(Piece(change, emendation))
    out: list[Piece] = []
    position = start
    for piece in sorted(special, key=lambda piece: piece.span):
        if piece.span.start < position:
            continue
        if position < piece.span.start:
            out.append(Piece(Span(position, piece.span.start)))
        out.append(piece)
        position = piece.span.end
    if position < end:
        out.append(Piece(Span(position, end)))
    return out


def check_mark(mark: Mark, fragment: Fragment, start: int, end: int, speech: Speech) -> MarkCheck:
    """Check one mark of a fragment that stands at folded ``start`` to ``end`` of ``speech``."""
    if mark.kind is MarkKind.SIC:
        return _check_sic(mark, fragment, start, speech)
    if mark.kind is MarkKind.CUTOFF:
        return _check_cutoff(end, speech)
    if not mark.content.strip():
        return MarkCheck(error="标记里是空的")
    effects = _effects(mark, fragment, start, end, speech)
    if speech.record is not None:
        return _check_against_record(mark, effects, speech)
    if not effects or _is_idle(mark, fragment, start, speech):
        return MarkCheck(error=f"原文此处本来就是“{mark.content}”，无须加标记")
    for effect in effects:
        gone, low, high = speech.text[effect.span.start : effect.span.end], effect.span.start, effect.span.end
        around = speech.text[max(0, low - _CONTEXT) : low], speech.text[high : high + _CONTEXT]
        if turned := turned_by(gone, effect.replacement, *around):
            return MarkCheck(error=f"标记{turned}", kind=_KIND_OF[turned])
    return MarkCheck(recorded=False)


def _check_cutoff(end: int, speech: Speech) -> MarkCheck:
    last = speech.folded.end_of(end)
    paragraph = speech.outline.paragraph_at(last - 1)
    if paragraph is not None and last == paragraph.end and speech.text[last - 1] not in _FINISHED:
        return MarkCheck(recorded=True)
    return MarkCheck(error="原文在此处并未中断，不能注“原文至此中断”")


def _check_sic(mark: Mark, fragment: Fragment, start: int, speech: Speech) -> MarkCheck:
    """（原文如此） must stand right after an error that the record knows; without a record it is only flagged."""
    if speech.record is None:
        return MarkCheck(recorded=False)
    at = speech.folded.end_of(start + fold(fragment.source_text).index_at(mark.offset))
    for emendation in speech.emendations:
        if emendation.change.end <= at <= emendation.span.end:
            return MarkCheck(recorded=True, emendation=emendation)
    return MarkCheck(error="“（原文如此）”前面没有登记为有误的字，请删去，或先在登记里写明 [[emendation]]")


def _effects(mark: Mark, fragment: Fragment, start: int, end: int, speech: Speech) -> list[_Effect]:
    """What the mark does to the received text: one way, or two for 〔〕 (replace, or supply)."""
    folded = fold(fragment.source_text)
    at = start + folded.index_at(mark.offset)
    position = speech.folded.end_of(at) if at > start else speech.folded.start_of(at)
    length = len(fold(mark.content).text)
    if mark.kind is MarkKind.EXTRA:
        return [_Effect(Span(*speech.folded.span_of(at, at + length)), "")]
    supply = _Effect(Span(position, position), mark.content)
    if mark.kind is MarkKind.SUPPLY:
        return [supply]
    if at - length < start:
        return [supply]
    replace = _Effect(Span(speech.folded.start_of(at - length), position), mark.content)
    return [replace, supply]


def _check_against_record(mark: Mark, effects: list[_Effect], speech: Speech) -> MarkCheck:
    for index, effect in enumerate(effects):
        for emendation in speech.emendations:
            if _same_effect(effect, emendation, speech.text):
                expected = _MARK_OF[emendation.kind]
                if mark.kind is expected and not (index and mark.kind is MarkKind.REPLACE):
                    return MarkCheck(recorded=True, emendation=emendation)
                return MarkCheck(error=f"标记用得不对，应写作“{printed_with_mark(speech, emendation)}”")
    return MarkCheck(
        error="讲话登记里没有这一条勘正。确系原文有误的，请先在登记里写明 [[emendation]]；否则请删去标记，照录原文"
    )


def _same_effect(effect: _Effect, emendation: Emendation, text: str) -> bool:
    low = min(effect.span.start, emendation.change.start)
    high = max(effect.span.end, emendation.change.end)
    if high - low > 40:
        return False
    mine = text[low : effect.span.start] + effect.replacement + text[effect.span.end : high]
    theirs = text[low : emendation.change.start] + emendation.replacement + text[emendation.change.end : high]
    return fold(mine).text == fold(theirs).text


def _is_idle(mark: Mark, fragment: Fragment, start: int, speech: Speech) -> bool:
    """Whether 〔〕 or ［］ gives what the source says there anyway."""
    if mark.kind is MarkKind.EXTRA:
        return False
    content = fold(mark.content).text
    at = start + fold(fragment.source_text).index_at(mark.offset)
    source = speech.folded.text
    return source.startswith(content, at) or source.endswith(content, 0, at)
