"""The rules for the words of a page, applied to one page after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core.prose.attribution import misattributed
from ..core.prose.leftover import known_ids, left_over
from ..core.prose.quotemarks import unsourced
from ..core.prose.reading import ReadingText
from ..core.prose.unmarked import unmarked
from ..core.prose.withheld import Secrets, disclosed, taken_in
from ..core.prose.wording import WordingIndex, unattributed
from ..core.review.finding import Finding
from ..core.source.archive import Archive
from .kept import Told


@dataclass(frozen=True)
class Judge:
    """What pages are held against, made ready once. ``folder``: where the archive lies, relative to the handbook.

    What it tells of a page follows from its fields and its arguments alone: what else is to count must become part of
    ``kept.basis_of`` too.
    """

    archive: Archive
    folder: str
    index: WordingIndex
    secrets: Secrets

    @classmethod
    def of(cls, archive: Archive, terms: Iterable[str], folder: str) -> Judge:
        """For one build."""
        return cls(archive, folder, WordingIndex.build(archive, terms), Secrets.of(archive))

    def told(self, docpath: str, reading: ReadingText) -> Iterator[Told]:
        """Everything on one page."""
        yield from disclosed(reading, self.secrets)
        yield from taken_in(reading, docpath, self.folder)
        yield from findings_of(reading, self.index, self.archive)


def findings_of(reading: ReadingText, index: WordingIndex, archive: Archive) -> Iterator[Told]:
    """The cause first: words in markup that was not understood, or in quotation marks, are not told once more."""
    known = known_ids(archive.ids())
    markup = [(block, list(left_over(block, known))) for block in reading]
    causes = any(found and block.text for block, found in markup)
    for block, found in markup:
        if block.text or not causes:  # a fence without a name closes what was told
            yield from found
    understood = tuple(block for block, found in markup if not found)
    yield from misattributed(understood, archive)
    quoted = list(unsourced(understood, index))
    yield from quoted
    bare = list(unmarked(understood, index))
    yield from bare
    told_already = [told.message for told in (*quoted, *bare) if isinstance(told, Finding)]
    yield from unattributed(understood, index, told_already)
