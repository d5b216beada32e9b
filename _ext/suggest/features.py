"""By what a passage is known: its words, its pairs of characters, and the headings that it stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from speeches.core.prose.candidates import tokenizer
from speeches.core.source.speech import Speech

_HEADING_WEIGHT = 2
"""Headings say more of a theme than one sentence does (chosen with bench/suggest.py)."""
_HAN = re.compile("[\u3400-\u9fff]+")
_NOT_HAN = re.compile("[^\u3400-\u9fff]")

Features = Counter[str]


class Reader:
    """Takes features from passages. jieba's dictionary is loaded once."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._cut = tokenizer(terms)

    def words(self, text: str) -> list[str]:
        """The Chinese words of a text, in order."""
        return [word for word in self._cut(text) if _HAN.fullmatch(word)]

    def of_text(self, text: str) -> Features:
        """Features of bare words, such as a search."""
        found = Counter(f"w:{word}" for word in self.words(text))
        bare = _NOT_HAN.sub("", text)
        found.update(f"b:{bare[at : at + 2]}" for at in range(len(bare) - 1))
        return found

    def of_span(self, speech: Speech, start: int, end: int) -> Features:
        """Features of a passage of a speech: code points ``start`` to ``end`` of its text."""
        found = self.of_text(speech.text[start:end])
        for heading in speech.outline.path_at(start):
            found[f"H:{speech.id}:{heading.start}"] += _HEADING_WEIGHT
            for word in self.words(heading.title):
                found[f"h:{word}"] += _HEADING_WEIGHT
                found[f"w:{word}"] += _HEADING_WEIGHT
        return found
