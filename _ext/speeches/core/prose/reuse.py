"""Words of a speech in the editor's prose without a source (未注明出处), and “…” that is no quotation (查无出处)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ..matching.relocate import passage
from ..matching.verdict import Passage
from ..source.archive import Archive
from ..source.folding import BARRIER, fold
from ..source.speech import Span

LEAST_RUN = 13
"""Characters. A run of this length identical with a speech needs a source (VERIFICATION, "Rules with teeth")."""
LEAST_QUOTED = 8
"""Characters in “…” from which on a source is needed; shorter ones are a notice unless they are a listed term."""
_SAMPLE = 7  # grams of 7 sampled every 7 miss no run of 13 (7 + 7 - 1)
_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|\"([^\"\n]{2,})\"")


@dataclass(frozen=True, slots=True)
class ProseRun:
    """A paragraph of the editor's own words. What is quoted or exempt is cut out as a BARRIER. ``line`` from 1."""

    text: str
    line: int


class ReuseKind(StrEnum):
    UNATTRIBUTED = "unattributed"
    UNSOURCED = "unsourced"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Reuse:
    """``text`` of the prose; ``found``: where the archive says the same, if it does. ``unlisted`` is only a notice."""

    kind: ReuseKind
    text: str
    line: int
    found: Passage | None


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
class ReuseIndex:
    """Sampled grams of every speech, and the terms and titles that may recur freely."""

    archive: Archive
    grams: dict[str, list[tuple[str, int]]]
    exempt: re.Pattern[str] | None = field(repr=False)
    terms: frozenset[str] = field(repr=False)

    @classmethod
    def build(cls, archive: Archive, terms: Iterable[str]) -> ReuseIndex:
        """Index an archive once for a build."""
        grams: dict[str, list[tuple[str, int]]] = {}
        for speech in archive:
            text = speech.folded.text
            for at in range(0, len(text) - _SAMPLE + 1, _SAMPLE):
                grams.setdefault(text[at : at + _SAMPLE], []).append((speech.id, at))
        listed = frozenset(fold(term).text for term in terms)
        free = sorted(listed | {fold(speech.title).text for speech in archive}, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, free))) if free else None
        return cls(archive, grams, pattern, listed)

    def check(self, runs: Iterable[ProseRun]) -> Iterator[Reuse]:
        """Everything in the prose that needs a source and has none."""
        for run in runs:
            yield from self._unattributed(run)
            yield from self._quoted(run)

    def _unattributed(self, run: ProseRun) -> Iterator[Reuse]:
        for piece in run.text.split(BARRIER):
            folded = fold(piece)
            position = 0
            while position + _SAMPLE <= len(folded.text):
                places = self.grams.get(folded.text[position : position + _SAMPLE])
                if not places:
                    position += 1
                    continue
                longest = max((self._extend(folded.text, position, *hit) for hit in places), key=_Run.length)
                if longest.length() < LEAST_RUN:
                    position += 1
                    continue
                position = max(longest.end - _SAMPLE + 1, position + 1)
                if self._is_exempt(folded.text[longest.start : longest.end]):
                    continue
                speech = self.archive.speeches[longest.speech]
                source = speech.folded.span_of(longest.source_start, longest.source_start + longest.length())
                text = piece[slice(*folded.span_of(longest.start, longest.end))]
                yield Reuse(ReuseKind.UNATTRIBUTED, text, run.line, passage(speech, Span(*source)))

    def _extend(self, prose: str, position: int, speech_id: str, source_position: int) -> _Run:
        source = self.archive.speeches[speech_id].folded.text
        start, source_start = position, source_position
        while start > 0 and source_start > 0 and prose[start - 1] == source[source_start - 1] != BARRIER:
            start, source_start = start - 1, source_start - 1
        end, source_end = position + _SAMPLE, source_position + _SAMPLE
        while end < len(prose) and source_end < len(source) and prose[end] == source[source_end] != BARRIER:
            end, source_end = end + 1, source_end + 1
        return _Run(speech_id, start, end, source_start)

    def _is_exempt(self, text: str) -> bool:
        return self.exempt is not None and len(self.exempt.sub("", text)) < LEAST_RUN

    def _quoted(self, run: ProseRun) -> Iterator[Reuse]:
        for match in _QUOTED.finditer(run.text):
            text = next(group for group in match.groups() if group is not None)
            folded = fold(text).text
            if BARRIER in text or folded in self.terms:
                continue
            kind = ReuseKind.UNSOURCED if len(folded) >= LEAST_QUOTED else ReuseKind.UNLISTED
            yield Reuse(kind, text, run.line, self._find(folded))

    def _find(self, folded: str) -> Passage | None:
        for speech in self.archive:
            at = speech.folded.text.find(folded)
            if at >= 0:
                return passage(speech, Span(*speech.folded.span_of(at, at + len(folded))))
        return None
