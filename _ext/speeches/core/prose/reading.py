"""The reading text (书的正文): what a page says to its reader, in order, as typed runs.

A block is a paragraph, a heading, a cell, …; its runs are what stands in it. Made by one visitor (``speeches.read.reading``);
everything that asks what the book says asks this: findings on prose, the proof of what was printed, the fingerprint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..source.folding import BARRIER


class BlockKind(StrEnum):
    """What a block is to its reader. ATTRIBUTE is said aside (image text, link title), COMMENT is not meant for readers
    but reaches files, FILE is the path of a file that the page takes in, FENCE what stands after a fence that is no directive."""

    HEADING = "heading"
    PROSE = "prose"
    CELL = "cell"
    HEAD = "head"
    LABEL = "label"
    CAPTION = "caption"
    NOTE = "note"
    FOOTNOTE = "footnote"
    BLOCK_QUOTE = "block-quote"
    EXCERPT = "excerpt"
    SOURCE_LINE = "source-line"
    PASSAGE = "passage"
    GENERATED = "generated"
    CODE = "code"
    RAW = "raw"
    INDEX = "index"
    ATTRIBUTE = "attribute"
    COMMENT = "comment"
    FILE = "file"
    FENCE = "fence"


class RunKind(StrEnum):
    """What a piece of a block is. SPEECH names a speech; FILLED is known only when pages are written; NUMBER
    counts a list, ADDRESS is where a link leads: both stand on paper only."""

    TEXT = "text"
    LINK = "link"
    CODE = "code"
    RAW = "raw"
    QUOTE = "quote"
    SAYING = "saying"
    SPEECH = "speech"
    FILLED = "filled"
    FOOTNOTE = "footnote"
    NUMBER = "number"
    ADDRESS = "address"


OWN_WORDS = frozenset(BlockKind) - {
    BlockKind.EXCERPT, BlockKind.SOURCE_LINE, BlockKind.PASSAGE, BlockKind.GENERATED, BlockKind.COMMENT, BlockKind.FILE,
    BlockKind.FENCE,
}  # fmt: skip
"""Blocks that an editor wrote for a reader."""


@dataclass(frozen=True)
class Run:
    """``claim``: the id of the quotation it is; ``speech``: the speech that it quotes or names."""

    kind: RunKind
    text: str
    claim: str = ""
    speech: str = ""


@dataclass(frozen=True)
class Place:
    """A cell of a table, all counted from 0 in the document; the head of a table has row 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Block:
    """``path`` is the file that an editor must open, ``line`` from 1, as near as can be known (0: unknown)."""

    kind: BlockKind
    runs: tuple[Run, ...]
    path: str
    line: int
    claim: str = ""
    speech: str = ""
    place: Place | None = None
    indented: bool = False
    """Whether a block of code is one because its lines are indented, and not because somebody said so."""

    @property
    def text(self) -> str:
        """Everything that it says."""
        return "".join(run.text for run in self.runs)

    def line_at(self, words: str, position: int) -> int:
        """The line of a position in its ``own_words`` or ``source``, which keep its line ends."""
        return self.line + words.count("\n", 0, position) if self.line else 0


ReadingText = tuple[Block, ...]
"""One page."""

_QUOTE_TAG = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"<!--(?:(?!<!--).)*?-->|<[^<>]*>", re.DOTALL)
_WITHOUT_WORDS = frozenset({RunKind.QUOTE, RunKind.FILLED, RunKind.SPEECH})


def own_words(block: Block, *, sayings: bool = False) -> str:
    """The editor's words of a block: a BARRIER for what is verified or known elsewhere, nothing for footnote marks.

    ``sayings``: whether the words of common sayings are among them.
    """
    return "".join(_own(run, sayings) for run in block.runs)


def _own(run: Run, sayings: bool) -> str:
    if run.kind in _WITHOUT_WORDS or (run.kind is RunKind.SAYING and not sayings):
        return BARRIER
    if run.kind in (RunKind.FOOTNOTE, RunKind.NUMBER, RunKind.ADDRESS):
        return ""
    if run.kind is RunKind.RAW:
        return without_tags(run.text)
    return run.text


def without_tags(source: str) -> str:
    """What a browser shows of a piece of HTML; ``<q>`` prints quotation marks."""
    return _TAG.sub("", _QUOTE_TAG.sub(lambda match: "”" if match[1] else "“", source))


@dataclass(frozen=True, slots=True)
class Words:
    """The own words of several blocks put together. ``text[starts[i]:]`` begins block ``i``."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...] = field(repr=False)

    def block_at(self, position: int) -> tuple[Block, int]:
        """The block of a position, and its line there."""
        at = max(i for i, start in enumerate(self.starts) if start <= position)
        block = self.blocks[at]
        return block, block.line_at(self.text[self.starts[at] :], position - self.starts[at])


def together(blocks: Iterable[Block]) -> Iterator[Words]:
    """The own words of a page as a reader meets them, across blocks; what is said aside stands by itself."""
    page: list[Block] = []
    for block in blocks:
        if block.kind in (BlockKind.ATTRIBUTE, BlockKind.INDEX):
            yield _words([block])
        elif block.kind not in (BlockKind.COMMENT, BlockKind.FILE, BlockKind.FENCE):
            page.append(block)
    yield _words(page)
    yield from _columns(page)


def _columns(page: list[Block]) -> Iterator[Words]:
    """Tables are read downwards as well."""
    columns: dict[tuple[int, int], list[Block]] = {}
    for block in page:
        if block.place is not None:
            columns.setdefault((block.place.column, block.place.table), []).append(block)
    for blocks in columns.values():
        if len(blocks) > 1 and len({block.place.row for block in blocks if block.place}) > 1:
            yield _words(blocks)


def _words(blocks: list[Block]) -> Words:
    texts, starts, length = [], [], 0
    for block in blocks:
        text = own_words(block, sayings=True) if block.kind in OWN_WORDS else BARRIER
        starts.append(length)
        texts.append(text)
        length += len(text)
    return Words("".join(texts), tuple(blocks), tuple(starts))


def digest(pages: Mapping[str, ReadingText]) -> str:
    """Hexadecimal SHA-256 of what pages say and of what kind it is, wherever it stands in files."""
    out = hashlib.sha256()
    for docname in sorted(pages):
        out.update(f"\f{docname}".encode())
        for block in pages[docname]:
            if block.kind is BlockKind.FILE:
                continue
            out.update(f"\x1e{block.kind}\x1f{block.place or ''}".encode())
            for run in block.runs:
                out.update(
                    f"\x1d{run.kind}\x1f{run.claim}\x1f{run.speech}\x1f{run.text}".encode("utf-8", "surrogatepass")
                )
    return out.hexdigest()
