"""A speech as it should read, every recorded correction made: for those who look for words as they know them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..source.folding import Folded, fold
from ..source.speech import Span, Speech
from .placement import occurrences

_REPLACED = re.compile(r"〔([^〔〕]*)〕")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected text, folded, and for each of its characters the span of the received text that it stands for."""

    folded: Folded
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, speech: Speech) -> Corrected:
        """Apply every correction of the record."""
        text, spans, position = [], [], 0
        for emendation in sorted(speech.emendations, key=lambda e: e.change):
            change = emendation.change
            text += [speech.text[position : change.start], emendation.replacement]
            spans += [Span(n, n + 1) for n in range(position, change.start)]
            spans += [change] * len(emendation.replacement)
            position = change.end
        text.append(speech.text[position:])
        spans += [Span(n, n + 1) for n in range(position, len(speech.text))]
        return cls(fold("".join(text)), tuple(spans))

    def places(self, folded: str) -> list[Span]:
        """Where a folded text stands, as spans of the received text; a correction is never cut through."""
        found = []
        for at in occurrences(folded, self.folded.text):
            start, end = self.folded.span_of(at, at + len(folded))
            found.append(Span(self.spans[start].start, self.spans[end - 1].end))
        return found


def without_marks(text: str) -> str:
    """A text with editorial marks, as it should read: 位臵〔置〕 is 位置, 在工作［中］ is 在工作中, 一【个】颗 is 一颗."""
    while match := _REPLACED.search(text):
        start = max(0, match.start() - len(match.group(1)))
        text = text[:start] + match.group(1) + text[match.end() :]
    return re.sub(r"【[^【】]*】", "", re.sub(r"［([^［］]*)］", r"\1", text))
