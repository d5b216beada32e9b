"""Passages that could be quoted: whole sentences of one paragraph, free of restrictions, quoted nowhere yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold
from speeches.core.source.selector import locator_of
from speeches.core.source.speech import Span, Speech

SHORTEST = 18
LONGEST = 160
"""Characters. HANDBOOK: excerpts are cut to what the point needs, seldom over 200."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of a speech and its locator."""

    speech: Speech
    span: Span
    locator: str

    @property
    def text(self) -> str:
        return self.speech.text[self.span.start : self.span.end]


def saying(archive: Archive, words: Iterable[str]) -> Archive:
    """The speeches of a large archive in which one of the words stands; all of a small one."""
    if archive.index is None:
        return archive
    found = {speech.id for word in set(words) for speech in archive.holding(fold(word).text)}
    return replace(archive, speeches={name: speech for name, speech in archive.speeches.items() if name in found})


def candidates(archive: Archive, quoted: Sequence[tuple[str, Span]]) -> Iterator[Candidate]:
    """Neighbouring free sentences of each paragraph, put together up to ``LONGEST``. ``quoted``: speech and span."""
    for speech in archive:
        taken = [span for name, span in quoted if name == speech.id]
        taken += [restriction.span for restriction in speech.restrictions]
        headings = {heading.start for heading in speech.outline.headings if not heading.run_in}
        for paragraph in speech.outline.paragraphs:
            if paragraph.start in headings:
                continue
            group: list[Span] = []
            for sentence in paragraph.sentences:
                span = Span(sentence.start, sentence.end)
                free = not any(span.overlaps(other) for other in taken)
                if group and (not free or span.end - group[0].start > LONGEST):
                    yield from _candidate(speech, group)
                    group = []
                if free:
                    group.append(span)
            yield from _candidate(speech, group)


def _candidate(speech: Speech, group: Sequence[Span]) -> Iterator[Candidate]:
    if group and group[-1].end - group[0].start >= SHORTEST:
        span = Span(group[0].start, group[-1].end)
        locator = locator_of(span.start, span.end, speech.outline)
        if locator is not None:
            yield Candidate(speech, span, str(locator))
