"""Text pulled out of a speech into a chapter, by locator or by its first and last words, with the recorded marks."""

from __future__ import annotations

from ..errors import LocatorError
from ..source.folding import fold
from ..source.selector import Locator, locator_of, parse_locator, resolve_locator
from ..source.speech import Span, Speech
from .marks import marked, pieces
from .placement import occurrences


def pulled_span(speech: Speech, locator: str, start_text: str, end_text: str) -> Span:
    """The span to pull. LocatorError when the texts are not found, found twice, or in the wrong order."""
    within = Span(0, len(speech.text))
    if locator:
        within = Span(*resolve_locator(parse_locator(locator), speech.outline))
    start = _only(speech, start_text, within, ":from:").start if start_text else within.start
    if not end_text:
        return Span(start, within.end)
    end = _only(speech, end_text, Span(within.start, within.end), ":to:", after=start if start_text else None)
    if end.end <= start:
        raise LocatorError(f":from:“{start_text}”在 :to:“{end_text}”之后，次序颠倒。请对调，或核对是不是同一段。")
    return Span(start, end.end)


def pulled_text(speech: Speech, span: Span) -> str:
    """``span`` as the handbook prints it: joined lines joined, recorded marks in place, one \\n a paragraph."""
    pieces = []
    for paragraph in speech.outline.paragraphs:
        start, end = max(span.start, paragraph.start), min(span.end, paragraph.end)
        if start < end:
            pieces.append(marked_text(speech, start, end))
    return "\n".join(pieces)


def marked_text(speech: Speech, start: int, end: int) -> str:
    """``text[start:end]``, inside one paragraph, with recorded marks, without line breaks or invisible edges.

    Withheld words are in it: whoever prints asks ``Speech.withholds`` first.
    """
    out = []
    for piece in pieces(speech, start, end, whole=True):
        text, span = speech.text[piece.span.start : piece.span.end], piece.span
        # What is only supplied at the very edge belongs to what stands beyond it.
        if piece.emendation is not None and (text or start < span.start < end):
            text = "".join(marked(text, piece.emendation))
        out.append(text)
    return "".join(out).replace("\r", "").replace("\n", "").strip("\ufeff \t\u3000")


def sentence_locator(speech: Speech, span: Span) -> Locator | None:
    """The locator of a span, to the sentence."""
    return locator_of(span.start, span.end, speech.outline)


def _only(speech: Speech, text: str, within: Span, option: str, after: int | None = None) -> Span:
    folded = fold(text).text
    if not folded:
        raise LocatorError(f"{option} 是空的。请写出原文里的几个字。")
    spans = [Span(*speech.folded.span_of(at, at + len(folded))) for at in occurrences(folded, speech.folded.text)]
    inside = [span for span in spans if within.start <= span.start and span.end <= within.end]
    if not inside:
        raise LocatorError(f"{option}“{text}”在 {speech.id} 的这个范围里找不到。请照原文写，或核对段句号。")
    if after is not None:
        following = [span for span in inside if span.end > after]
        if following:
            return following[0]
        return inside[-1]
    if len(inside) > 1:
        places = "、".join(str(locator_of(span.start, span.end, speech.outline)) for span in inside[:5])
        raise LocatorError(f"{option}“{text}”出现{len(inside)}次（{places}）。请多写几个字，或先写段句号。")
    return inside[0]
