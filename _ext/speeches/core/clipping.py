"""Is a verbatim quotation cut so that it says something else? The worst error that a substring test cannot see.

〔不〕妄议中央大政方针 is verbatim and says the opposite. The words around a quotation, up to the nearest 。！？；, and
the words that an omission leaves out, are searched for words that turn the sense (lexicon); what is found is for a
person to judge, except a negation that an omission swallows: that is an error outright.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import GOVERNING, NEGATORS, SWALLOWED, turning_words, without_harmless
from .speech import Span, Speech

_STOPS = "。！？!?；;"
_CLOSERS = "”’」』）)】》〉]\"'"
_PAUSES = re.compile(r"[，,：:。！？!?；;、]")
_PAUSES_BUT_LIST = re.compile(r"[，,：:。！？!?；;]")


@dataclass(frozen=True, slots=True)
class Clipping:
    """``words`` that turn the sense stand in ``context``, which was left out; ``where``: 前文 后文 省略处."""

    where: str
    words: tuple[str, ...]
    context: str


def clippings(speech: Speech, fragments: tuple[Span, ...]) -> tuple[Clipping, ...]:
    """What was cut off around and between ``fragments`` (spans of the received text, in order) and turns the sense."""
    found = []
    for index, fragment in enumerate(fragments):
        if index == 0:
            found.append(("前文", before(speech, fragment.start)))
        else:
            found.append(("省略处", joined(speech, fragments[index - 1].end, fragment.start)))
        if index == len(fragments) - 1:
            found.append(("后文", after(speech, fragment.end)))
    out = []
    for where, context in found:
        words = turning_words(context)
        if words:
            out.append(Clipping(where, tuple(dict.fromkeys(words)), context))
    return tuple(out)


def before(speech: Speech, start: int) -> str:
    """The text from the preceding stop, or the paragraph's start, to ``start``."""
    paragraph = speech.outline.paragraph_at(start)
    text = joined(speech, paragraph.start if paragraph else start, start)
    cut = max((text.rfind(stop) for stop in _STOPS), default=-1)
    rest = text[cut + 1 :]
    return rest.lstrip(_CLOSERS) if cut >= 0 else rest


def after(speech: Speech, end: int) -> str:
    """The text from ``end`` to the following stop, or the paragraph's end; empty where a stop ends the fragment."""
    text = speech.text
    last = end
    while last > 0 and text[last - 1] in _CLOSERS:
        last -= 1
    if last > 0 and text[last - 1] in _STOPS:
        return ""
    paragraph = speech.outline.paragraph_at(max(0, end - 1))
    rest = joined(speech, end, max(end, paragraph.end if paragraph else end))
    stops = [position for position in (rest.find(stop) for stop in _STOPS) if position >= 0]
    return rest[: min(stops)] if stops else rest


def joined(speech: Speech, start: int, end: int) -> str:
    """``text[start:end]`` without the line breaks that the record joins."""
    paragraph = speech.outline.paragraph_at(start)
    piece = speech.text[start:end]
    if paragraph and paragraph.line != paragraph.last_line:
        inside = max(0, min(end, paragraph.end) - start)
        piece = piece[:inside].replace("\n", "").replace("\r", "") + piece[inside:]
    return piece


def swallowed_negator(omitted: str, following: str) -> str:
    """The negator in ``omitted`` that governs ``following``, the text right after the omission; empty when none does.

    A negator governs when no pause parts it from what follows, or when it governs a list (不能甲、……乙) and the next
    member does not begin with a negator of its own.
    """
    omitted = omitted.rstrip()
    tail = without_harmless(_last_piece(_PAUSES, omitted))
    found = SWALLOWED.findall(tail)
    if found:
        return str(found[-1])
    if following[:1] in tuple(NEGATORS) or not omitted.endswith("、"):
        return ""
    governing = GOVERNING.findall(without_harmless(_last_piece(_PAUSES_BUT_LIST, omitted)))
    return str(governing[-1]) if governing else ""


def _last_piece(pauses: re.Pattern[str], text: str) -> str:
    pieces = pauses.split(text)
    return pieces[-1]
