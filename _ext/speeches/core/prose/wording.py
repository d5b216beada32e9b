"""A speech's words in the editor's own, without a source: 未注明出处."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..matching.relocate import Changed, passage
from ..matching.verdict import Passage
from ..review.advice import place
from ..review.review import Finding, Subtype
from ..source.archive import Archive
from ..source.folding import BARRIER, fold
from ..source.speech import Span
from .reading import ReadingText, together

LEAST_RUN = 13
"""Characters. A run of this length identical with a speech needs a source (VERIFICATION, "Rules with teeth")."""
_SAMPLE = 7  # grams of 7 sampled every 7 miss no run of 13 (7 + 7 - 1)
_BY_CHANCE = 4
"""Characters beside a title or a listed term that may be the same as a speech's by chance."""
_EDGES = "，。；：、！？,;:!? "
_SHOWN = 24
"""Characters by which a run is known in a message."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """``start`` to ``end`` of a text are the same as a passage of a speech."""

    start: int
    end: int
    found: Passage


@dataclass(frozen=True, slots=True)
class _Run:
    """``start`` to ``end`` of folded prose, the same as a speech's folded text from ``source_start``."""

    speech: str
    start: int
    end: int
    source_start: int

    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class WordingIndex:
    """Sampled grams of every speech, none where the archive has an index; ``free``: terms and titles, folded."""

    archive: Archive
    grams: dict[str, list[tuple[str, int]]] = field(repr=False)
    free: frozenset[str] = field(repr=False)

    @classmethod
    def build(cls, archive: Archive, terms: Iterable[str]) -> WordingIndex:
        """Index an archive once for a build."""
        grams: dict[str, list[tuple[str, int]]] = {}
        for speech in archive if archive.index is None else ():
            text = speech.folded.text
            for at in range(0, len(text) - _SAMPLE + 1, _SAMPLE):
                grams.setdefault(text[at : at + _SAMPLE], []).append((speech.id, at))
        names = [
            name for speech in archive for name in (speech.title, *(speech.record.called if speech.record else ()))
        ]
        return cls(archive, grams, frozenset(fold(text).text for text in (*terms, *names)))

    @cached_property
    def changed(self) -> Changed:
        """What tells words of a speech that were changed."""
        return Changed.build(self.archive)

    def borrowed(self, text: str) -> Iterator[Borrowed]:
        """Every run of a text that a speech has too, each as long as it can be."""
        folded = fold(text)
        for run in self._runs(folded.text) if self.archive.index is None else self._proposed(folded.text):
            if not self._is_free(folded.text[run.start : run.end]):
                speech = self.archive.speeches[run.speech]
                source = speech.folded.span_of(run.source_start, run.source_start + run.length())
                yield Borrowed(*folded.span_of(run.start, run.end), passage(speech, Span(*source)))

    def _runs(self, prose: str) -> Iterator[_Run]:
        position = 0
        while position + _SAMPLE <= len(prose):
            places = self.grams.get(prose[position : position + _SAMPLE])
            if places is None:  # nearly always, and once for each character of the book
                position += 1
                continue
            longest = max((self._extend(prose, position, *hit) for hit in places), key=_Run.length)
            if longest.length() < LEAST_RUN:
                position += 1
                continue
            position = max(longest.end - _SAMPLE + 1, position + 1)
            yield longest

    def _proposed(self, prose: str) -> Iterator[_Run]:
        assert self.archive.index is not None
        position = 0
        for shared in self.archive.index.shared(prose, LEAST_RUN):
            if shared.at < position:
                continue
            runs = (self._extend(prose, shared.at, self.archive.in_order[n].id, at) for n, at in shared.places)
            # Not always the first: the index takes both levels of quotation marks for one.
            longest = next((run for run in runs if run.length() >= LEAST_RUN), None)
            if longest is not None:
                position = max(longest.end - _SAMPLE + 1, shared.at + 1)
                yield longest

    def _extend(self, prose: str, position: int, speech_id: str, source_position: int) -> _Run:
        source = self.archive.speeches[speech_id].folded.text
        start, source_start = position, source_position
        while start > 0 and source_start > 0 and prose[start - 1] == source[source_start - 1] != BARRIER:
            start, source_start = start - 1, source_start - 1
        end, source_end = position + _SAMPLE, source_position + _SAMPLE
        while end < len(prose) and source_end < len(source) and prose[end] == source[source_end] != BARRIER:
            end, source_end = end + 1, source_end + 1
        return _Run(speech_id, start, end, source_start)

    def _is_free(self, run: str) -> bool:
        """A term or a title shields itself, not the run that it stands in."""
        names = (run[a:b] for a in range(_BY_CHANCE) for b in range(len(run) - _BY_CHANCE + 1 + a, len(run) + 1))
        return run in self._all_free or any(name in self.free for name in names)

    @cached_property
    def _all_free(self) -> str:
        return BARRIER.join(self.free)


def unattributed(reading: ReadingText, index: WordingIndex, told: Sequence[str] = ()) -> Iterator[Finding]:
    """Across markup, link text, code, list items and short lines; a quotation between two halves parts them.

    ``told``: messages that show some of these words already.
    """
    for words in together(reading):
        for hit in index.borrowed(words.text):
            flat = "".join(words.text[hit.start : hit.end].split())
            if not any(flat.strip("“”‘’「」『』\"'")[:_SHOWN] in message for message in told):
                block, line = words.block_at(hit.start)
                yield _finding(flat, hit.found, index.archive, block.path, line)


def _finding(text: str, found: Passage, archive: Archive, path: str, line: int) -> Finding:
    message = (
        f"未注明出处：正文里有一段与讲话原文相同的文字。\n  书上印的：{text}\n"
        f"  存档文本：{found.speech} {found.locator}（{place(found, archive)}）\n"
        f"  怎么办：请写成 {{quote}}`{text.strip(_EDGES)} <{found.speech} {found.locator}>`，或用自己的话改写。"
    )
    return Finding(Subtype.UNATTRIBUTED, message, path, line)
