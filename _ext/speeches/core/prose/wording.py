"""A speech's words in the editor's own, without a source: 未注明出处."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import filterfalse

from ..matching.relocate import Changed, passage
from ..matching.verdict import Passage
from ..review.advice import place
from ..review.review import Finding, Subtype
from ..source.archive import Archive
from ..source.folding import BARRIER, Folded, fold
from ..source.speech import Span
from .reading import ReadingText, together

LEAST_RUN = 13
"""Characters. A run of this length identical with a speech needs a source (VERIFICATION, "Rules with teeth")."""
_SAMPLE = 7  # grams of 7 sampled every 7 miss no run of 13 (7 + 7 - 1)
NEAR_GRAM = 5
"""Characters of a gram, sampled every three: a clause that has seven in a row of a speech has one."""
_BY_CHANCE = 4
"""Characters beside a title or a listed term that may be the same as a speech's by chance."""
_EDGES = "，。；：、！？,;:!? "
_QUOTES = "“”‘’「」『』\"'"
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
class _Layer:
    """The texts of speeches, each as it is compared, their sampled grams, and what may recur."""

    text_of: Callable[[str], str] = field(repr=False)
    grams: Mapping[str, list[tuple[str, int]]] = field(repr=False)
    free: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, text_of: Callable[[str], str], speeches: Iterable[str], free: Iterable[str]) -> _Layer:
        grams: dict[str, list[tuple[str, int]]] = {}
        for speech in speeches:
            text = text_of(speech)
            for at in range(0, len(text) - _SAMPLE + 1, _SAMPLE):
                grams.setdefault(text[at : at + _SAMPLE], []).append((speech, at))
        return cls(text_of, grams, frozenset(free))

    def runs(self, prose: str) -> Iterator[_Run]:
        """Every run that a speech has too, each as long as it can be."""
        grams, position = self.grams, 0
        for at in [n for n in range(len(prose) - _SAMPLE + 1) if prose[n : n + _SAMPLE] in grams]:
            if at < position:
                continue
            longest = max((self.extend(prose, at, *hit) for hit in grams[prose[at : at + _SAMPLE]]), key=_Run.length)
            if longest.length() >= LEAST_RUN:
                position = max(longest.end - _SAMPLE + 1, at + 1)
                yield longest

    def extend(self, prose: str, position: int, speech: str, source_position: int) -> _Run:
        """The run that a gram is part of."""
        source = self.text_of(speech)
        start, source_start = position, source_position
        while start > 0 and source_start > 0 and prose[start - 1] == source[source_start - 1] != BARRIER:
            start, source_start = start - 1, source_start - 1
        end, source_end = position + _SAMPLE, source_position + _SAMPLE
        while end < len(prose) and source_end < len(source) and prose[end] == source[source_end] != BARRIER:
            end, source_end = end + 1, source_end + 1
        return _Run(speech, start, end, source_start)

    def is_free(self, run: str) -> bool:
        """A term or a title shields itself, not the run that it stands in."""
        names = (run[a:b] for a in range(_BY_CHANCE) for b in range(len(run) - _BY_CHANCE + 1 + a, len(run) + 1))
        return run in self._all_free or any(name in self.free for name in names)

    @cached_property
    def _all_free(self) -> str:
        return BARRIER.join(self.free)


@dataclass(frozen=True)
class WordingIndex:
    """Every speech as it is written, and by its letters alone: a mark that was changed, dropped or put in hides nothing.

    Where the archive has an index, that proposes where to look, and the letters alone are left to ``changed``.
    """

    archive: Archive
    whole: _Layer
    letters: _Layer
    near: frozenset[str] = field(repr=False)
    """Grams of which a clause that is nearly a speech's has at least one; none where the archive has an index."""

    @classmethod
    def build(cls, archive: Archive, terms: Iterable[str]) -> WordingIndex:
        """Index an archive once for a build."""
        names = [
            name for speech in archive for name in (speech.title, *(speech.record.called if speech.record else ()))
        ]
        free = [fold(text).text for text in (*terms, *names)]
        here = [speech.id for speech in archive] if archive.index is None else []

        def whole(speech: str) -> str:
            return archive.speeches[speech].folded.text

        @cache
        def letters(speech: str) -> str:
            return letters_of(whole(speech))

        near = (
            text[at : at + NEAR_GRAM] for text in map(letters, here) for at in range(0, len(text) - NEAR_GRAM + 1, 3)
        )
        return cls(
            archive,
            _Layer.of(whole, here, free),
            _Layer.of(letters, here, map(letters_of, free)),
            frozenset(near),
        )

    def may_be_near(self, letters: str) -> bool:
        """Whether anything in a text of letters may be nearly a speech's; where it may not, no part of it may."""
        if self.archive.index is not None:
            return True
        return not self.near.isdisjoint([letters[n : n + NEAR_GRAM] for n in range(len(letters) - NEAR_GRAM + 1)])

    @cached_property
    def changed(self) -> Changed:
        """What tells words of a speech that were changed."""
        return Changed.build(self.archive)

    @property
    def free(self) -> frozenset[str]:
        """Terms and titles that may recur, folded."""
        return self.whole.free

    def borrowed(self, text: str) -> Iterator[Borrowed]:
        """Every run of a text that a speech has too, first as it is written, then whatever its punctuation."""
        folded = fold(text)
        told: list[_Run] = []
        for run in self.whole.runs(folded.text) if self.archive.index is None else self._proposed(folded.text):
            told.append(run)
            if not self.whole.is_free(folded.text[run.start : run.end]):
                yield self._borrowed(folded, run.speech, run.start, run.end, run.source_start, run.length())
        letters = letters_of(folded.text)
        for run in self.letters.runs(letters):
            at = _places_of_letters(folded.text)
            start, end = at[run.start], at[run.end - 1] + 1
            seen = any(start < other.end and other.start < end for other in told)
            if not seen and not self.letters.is_free(letters[run.start : run.end]):
                source_at = _places_of_letters(self.archive.speeches[run.speech].folded.text)
                source, last = source_at[run.source_start], source_at[run.source_start + run.length() - 1]
                yield self._borrowed(folded, run.speech, start, end, source, last + 1 - source)

    def _proposed(self, prose: str) -> Iterator[_Run]:
        assert self.archive.index is not None
        position = 0
        for shared in self.archive.index.shared(prose, LEAST_RUN):
            if shared.at < position:
                continue
            runs = (self.whole.extend(prose, shared.at, self.archive.in_order[n].id, at) for n, at in shared.places)
            # Not always the first: the index takes both levels of quotation marks for one.
            longest = next((run for run in runs if run.length() >= LEAST_RUN), None)
            if longest is not None:
                position = max(longest.end - _SAMPLE + 1, shared.at + 1)
                yield longest

    def _borrowed(self, folded: Folded, speech_id: str, start: int, end: int, source: int, length: int) -> Borrowed:
        speech = self.archive.speeches[speech_id]
        span = Span(*speech.folded.span_of(source, source + length))
        return Borrowed(*folded.span_of(start, end), passage(speech, span))


def letters_of(folded: str) -> str:
    """The letters and digits of a folded text, barriers kept."""
    for character in filterfalse(_is_letter, set(folded)):
        folded = folded.replace(character, "")
    return folded


@lru_cache(maxsize=8)  # asked again for each run of a page
def _places_of_letters(folded: str) -> list[int]:
    """Where each of ``letters_of`` stands."""
    return [n for n, character in enumerate(folded) if _is_letter(character)]


@cache  # there are only so many characters
def _is_letter(character: str) -> bool:
    return character == BARRIER or character.isalpha() or character.isdecimal()


def unattributed(reading: ReadingText, index: WordingIndex, told: Sequence[str] = ()) -> Iterator[Finding]:
    """Across markup, link text, code, list items and short lines; a quotation between two halves parts them.

    ``told``: messages that show some of these words already.
    """
    seen: set[Finding] = set()
    shown = ["".join(message.split()) for message in told]
    for words in together(reading):
        for hit in index.borrowed(words.text):
            flat = "".join(words.text[hit.start : hit.end].split())
            if not any(flat.strip(_EDGES + _QUOTES)[:_SHOWN] in message for message in shown):
                block, line = words.block_at(hit.start)
                finding = _finding(flat, hit.found, index.archive, block.path, line)
                if finding not in seen:  # a cell is met in its row and in its column
                    seen.add(finding)
                    yield finding


def _finding(text: str, found: Passage, archive: Archive, path: str, line: int) -> Finding:
    message = (
        f"未注明出处：正文里有一段与讲话原文相同的文字。\n  书上印的：{text}\n"
        f"  存档文本：{found.speech} {found.locator}（{place(found, archive)}）\n"
        f"  怎么办：请写成 {{quote}}`{text.strip(_EDGES)} <{found.speech} {found.locator}>`，或用自己的话改写。"
    )
    return Finding(Subtype.UNATTRIBUTED, message, path, line)
