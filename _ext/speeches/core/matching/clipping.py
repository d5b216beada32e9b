"""Is a verbatim quotation cut so that it says something else? The worst error that a substring test cannot see.

〔不〕妄议中央大政方针 is verbatim and says the opposite. The words around a quotation, up to the nearest 。！？；, and
the words that an omission leaves out, are searched for words that turn the sense (lexicon); what is found is for a
person to judge, except a negation that an omission swallows: that is an error outright.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..source.lexicon import (
    AFFIRMING,
    GOVERNING,
    NEGATORS,
    SWALLOWED,
    left_hanging,
    parted_from_what_follows,
    turning_words,
    turning_words_across,
    without_harmless,
)
from ..source.speech import Span, Speech
from .verdict import Clipping

_STOPS = "。！？!?；;"
_CLOSERS = "”’」』）)】》〉]\"'"
_PAUSES = re.compile(r"[，,：:。！？!?；;、]")
_PAUSES_BUT_LIST = re.compile(r"[，,：:。！？!?；;]")


def clippings(speech: Speech, fragments: tuple[Span, ...]) -> tuple[Clipping, ...]:
    """What was cut off around and between ``fragments`` (spans of the received text, in order) and turns the sense."""
    found = []
    for index, fragment in enumerate(fragments):
        if index == 0:
            context = before(speech, fragment.start)
            if context:
                words = turning_words_across(context, speech.text[fragment.start : fragment.end])
                parted = parted_from_what_follows(_last_piece(_PAUSES_BUT_LIST, context))
                shown = _shown(speech, context, None, fragment.start)
                found.append(Clipping("前文", (*words, *parted), shown))
        else:
            gap = joined(speech, fragments[index - 1].end, fragment.start)
            leading = before(speech, fragments[index - 1].end)
            parted = parted_from_what_follows(_last_piece(_PAUSES_BUT_LIST, gap))
            words = [*turning_words(gap), *reaching_negators(leading, gap), *parted, *left_hanging(leading)]
            shown = _shown(speech, gap, fragments[index - 1].end, fragment.start)
            found.append(Clipping("省略处", tuple(words), shown))
        if index == len(fragments) - 1:
            context = after(speech, fragment.end)
            if context:
                shown = _shown(speech, context, fragment.end, None)
                hanging = left_hanging(before(speech, fragment.end))
                found.append(Clipping("后文", (*turning_words(context), *hanging), shown))
    return tuple(replace(cut, words=tuple(dict.fromkeys(cut.words))) for cut in found if cut.words)


def _shown(speech: Speech, context: str, start: int | None, end: int | None) -> str:
    """A context as a report may show it. One end of it is enough: joined lines have lost their breaks, and no more."""
    if not speech.withheld:
        return context
    if start is None:
        start = end or 0
        for character in reversed(context):
            start = speech.text.rindex(character, 0, start)
    if end is None:
        end = start
        for character in context:
            end = speech.text.index(character, end) + 1
    span = Span(start, end)
    return speech.shown(span).replace("\r", "").replace("\n", "") if speech.withholds(span) else context


def before(speech: Speech, start: int) -> str:
    """The text from the preceding stop, or the paragraph's start, to ``start``.

    Without a record nobody has said which lines belong together: a line that no stop ends runs on into the next.
    """
    paragraph = speech.outline.paragraph_at(start) or speech.outline.paragraph_at(start - 1)
    begin = paragraph.start if paragraph else start
    if speech.record is None:
        for earlier in reversed(speech.outline.paragraphs):
            if earlier.start < begin:
                if speech.text[earlier.end - 1] in _STOPS + _CLOSERS:
                    break
                begin = earlier.start
    text = joined(speech, begin, start)
    cut = max(map(text.rfind, _STOPS))
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
    pieces = []
    position = start
    for paragraph in speech.outline.broken:
        if paragraph.start < end and start < paragraph.end:
            low, high = max(start, paragraph.start), min(end, paragraph.end)
            pieces.append(speech.text[position:low])
            pieces.append(speech.text[low:high].replace("\n", "").replace("\r", ""))
            position = high
    pieces.append(speech.text[position:end])
    return "".join(pieces)


def reaching_negators(leading: str, omitted: str) -> list[str]:
    """Negators of the clause before an omission that, in print, seem to govern what follows the omission.

    ``leading`` is the text before the omission. They do when the omission leaves their clause: 绝不是甲，而是……乙.
    """
    if not _PAUSES.search(omitted.strip()):
        return []
    return SWALLOWED.findall(without_harmless(_last_piece(_PAUSES, leading)))


def swallowed_negator(leading: str, omitted: str, following: str) -> str:
    """The word in ``omitted`` without which ``following`` is turned round; empty when there is none.

    ``leading`` is the text before the omission. Three ways: a negator, or 不仅 and its like, that no pause parts from
    what follows; one that governs a list (不能甲、……乙) whose next member has no negator of its own; and 而是, 只是 after a negation, whose loss
    puts what they affirm under it (绝不是甲，而是乙 → 绝不是……乙).
    """
    omitted = omitted.rstrip()
    last = _last_piece(_PAUSES, omitted)
    tail = without_harmless(last)
    if found := SWALLOWED.findall(tail) or parted_from_what_follows(last):
        return str(found[-1])
    if reaching_negators(leading, omitted) and (affirming := AFFIRMING.findall(tail)):
        return str(affirming[-1])
    if following[:1] in tuple(NEGATORS) or not omitted.endswith("、"):
        return ""
    governing = GOVERNING.findall(without_harmless(_last_piece(_PAUSES_BUT_LIST, omitted)))
    return str(governing[-1]) if governing else ""


def _last_piece(pauses: re.Pattern[str], text: str) -> str:
    pieces = pauses.split(text)
    return pieces[-1]
