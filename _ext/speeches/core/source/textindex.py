"""Where in a large archive a text may stand. It proposes places; whoever asks compares the speech itself.

One file: a line of JSON that says what it was made from, then the characters of all speeches, then the kept grams
(``winnow``) in order of their hash, with the place of each. It is mapped into memory, not read. Where it is damaged, or
made of other texts or by another program, it is made again; where it cannot be written, it is held in memory.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zh.files import replacing

from . import folding, radicals, winnow
from .folding import fold, nested_of
from .speech import Speech
from .winnow import GRAM, SHORTEST, codes, grams, winnowed

if TYPE_CHECKING:
    from numpy import int64, uint16, uint32
    from numpy.typing import NDArray

with suppress(ImportError):  # the extra `large`
    import numpy as np

_NO_CHARACTER = 0xFFFF
"""Stands in a question for what no speech says; a speech has 0 at its ends and where something was cut."""
_MOST_PLACES = 6_000
"""Places that a drifted quotation is compared with, its rarest grams first."""
_STRIP = 32
"""Characters by which a passage may be shifted and still be one passage."""
_MOST_REGIONS = 3
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Region:
    """``start`` to ``end`` of the folded text of the speech ``number`` (in the order of the archive)."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shared:
    """The gram at ``at`` of a text stands at each of ``places``: numbers of speeches, and where in their folded text."""

    at: int
    places: Iterator[tuple[int, int]]


@dataclass(frozen=True)
class TextIndex:
    """``text``: all speeches folded, one 0 before each and after the last; ``starts``: where each begins."""

    starts: NDArray[int64]
    text: NDArray[uint16]
    hashes: NDArray[uint32]
    places: NDArray[uint32]

    @classmethod
    def of(cls, speeches: Sequence[Speech], file: Path | None) -> TextIndex:
        """The index that was kept in ``file`` for these very speeches, or one made now and kept there."""
        made_from = [[speech.id, speech.state] for speech in speeches]
        kept = file and _opened(file, made_from)
        if kept:
            return kept
        made = cls._made(speeches)
        if file is None:
            return made
        with suppress(OSError):  # a disk that is full or may not be written: the one in memory does as well
            made._write(file, made_from)
            return _opened(file, made_from) or made
        return made

    @classmethod
    def _made(cls, speeches: Sequence[Speech]) -> TextIndex:
        text = np.zeros(sum(len(speech.text) + 1 for speech in speeches) + 1, dtype=np.uint16)
        starts, kept, at = [], [np.zeros(0, dtype=np.uint64)], 1
        for speech in speeches:
            said = codes(fold(speech.text, tuple((span.start, span.end) for span in speech.cut)).nested)
            text[at : at + len(said)] = said
            starts.append(at)
            kept.append(winnowed(grams(said)) + np.uint64(at))
            at += len(said) + 1
        each = np.concatenate(kept)
        kept.clear()
        each.sort()
        hashes = (each >> np.uint64(32)).astype(np.uint32)
        return cls(np.array(starts, dtype=np.int64), text[: at + at % 2], hashes, each.astype(np.uint32))

    def _write(self, file: Path, made_from: list[list[str]]) -> None:
        arrays = (self.starts, self.text, self.hashes, self.places)
        head = {"program": _program(), "made from": made_from, "sizes": [len(a) for a in arrays], "seal": _seal(arrays)}
        line = json.dumps(head)
        with replacing(file) as out:
            out.write((line + " " * (-(len(line) + 1) % 8) + "\n").encode("ascii"))
            for array in arrays:
                out.write(array.data)

    def holding(self, folded: str) -> list[int]:
        """Numbers of the speeches that say ``folded``; perhaps of a few more, of no fewer."""
        said = codes(nested_of(folded))
        if len(said) >= SHORTEST:
            kept = winnowed(grams(said))
            low, high = self._range(kept)
            rarest = int(np.argmin(high - low))
            offset = int(kept[rarest]) & 0xFFFFFFFF
            at = self._same(said, self.places[low[rarest] : high[rarest]].astype(np.int64) - offset)
        else:
            last = len(self.text) - len(said)
            blocks = range(0, max(last, 0) + 1, _BLOCK)
            found = [
                np.flatnonzero(self.text[b : min(b + _BLOCK, last + 1)] == said[0]) + b for b in blocks if len(said)
            ]
            at = self._same(said, np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
        return [int(number) for number in np.unique(self._number(at))]

    def nearest(self, folded: str) -> list[Region]:
        """Where something like ``folded`` stands, the likeliest first: most characters in common on one diagonal.

        A text of 28 characters with one change of two characters keeps a run of 13, which nothing of this loses unless
        more than 6,000 places share it.
        """
        said = codes(nested_of(folded))
        hashes = grams(said)
        if not len(hashes):
            return []
        asked, found = self._hits(hashes, np.arange(len(hashes)), _MOST_PLACES)
        diagonals = np.unique(found - asked)
        there = np.clip(diagonals[:, None] + np.arange(len(said)), 0, len(self.text) - 1)
        strips, which = np.unique(diagonals // _STRIP, return_inverse=True)
        votes = np.bincount(which, weights=(self.text[there] == said).sum(axis=1))
        regions: list[Region] = []
        for strip in strips[np.argsort(-votes, kind="stable")[: _MOST_REGIONS * 2]] * _STRIP:
            middle = min(max(int(strip) + _STRIP // 2 + len(said) // 2, int(self.starts[0])), len(self.text) - 1)
            number = int(self._number(np.array([middle]))[0])
            base = int(self.starts[number])
            low, high = int(strip) - _STRIP - base, int(strip) + len(said) + 2 * _STRIP - base
            if not any(r.number == number and r.start <= low + _STRIP < r.end for r in regions):
                regions.append(Region(number, max(low, 0), max(high, 0)))
        return regions[:_MOST_REGIONS]

    def shared(self, folded: str, least: int) -> Iterator[Shared]:
        """A gram of every run of ``least`` characters (13 or more) that a speech has too, in the order of the text.

        Of its places the one with the longest run comes first, and of runs of one length the first in the archive.
        """
        said = codes(nested_of(folded))
        if len(said) < least:
            return
        said = np.where(said == 0, np.uint16(_NO_CHARACTER), said)
        kept = winnowed(grams(said))
        asked, found = self._hits(kept >> np.uint64(32), (kept & np.uint64(0xFFFFFFFF)).astype(np.int64))
        edged = np.concatenate(([_NO_CHARACTER], said, [_NO_CHARACTER])).astype(np.uint16)
        before, after = self._run(edged, asked, found, -1), self._run(edged, asked, found, 1)
        length = before + after + 1
        long = np.flatnonzero(length >= least)
        long = long[np.lexsort((found[long], -length[long], asked[long]))]
        first = np.flatnonzero(np.diff(asked[long], prepend=-1))
        for low, high in pairwise([*first.tolist(), len(long)]):
            yield Shared(int(asked[long[low]]), map(self._place, found[long[low:high]]))

    def alike(self, folded: str, most: int) -> list[int]:
        """Numbers of the speeches that have most of a whole text in common, the likeliest first."""
        kept = np.unique(winnowed(grams(codes(nested_of(folded)))) >> np.uint64(32))
        _, found = self._hits(kept, np.arange(len(kept)))
        counts = np.bincount(self._number(found), minlength=len(self.starts))
        lengths = np.diff(np.append(self.starts, len(self.text)))
        share = counts / np.minimum(lengths, len(folded))
        return [int(number) for number in np.argsort(-share, kind="stable")[:most] if counts[number]]

    def _place(self, at: int64) -> tuple[int, int]:
        number = int(np.searchsorted(self.starts, at, "right")) - 1
        return number, int(at - self.starts[number])

    def _number(self, at: NDArray[int64]) -> NDArray[int64]:
        return np.searchsorted(self.starts, at, "right") - 1

    def _range(self, kept: NDArray[Any]) -> tuple[NDArray[int64], NDArray[int64]]:
        asked = (kept >> np.uint64(32)).astype(np.uint32)
        return np.searchsorted(self.hashes, asked, "left"), np.searchsorted(self.hashes, asked, "right")

    def _hits(
        self, hashes: NDArray[Any], at: NDArray[int64], most: int | None = None
    ) -> tuple[NDArray[int64], NDArray[int64]]:
        """Places of the text asked about, and as many of the speeches; of the rarest grams first, up to ``most``."""
        low, high = (np.searchsorted(self.hashes, hashes.astype(np.uint32), side) for side in ("left", "right"))
        count = high - low
        if most is not None:
            order = np.argsort(count, kind="stable")
            order = order[np.cumsum(count[order]) - count[order] < most]
            low, count, at = low[order], np.minimum(count[order], most), at[order]
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(at, count), self.places[np.repeat(low, count) + within].astype(np.int64)

    def _same(self, said: NDArray[uint16], at: NDArray[int64]) -> NDArray[int64]:
        """Those of the places at which ``said`` stands."""
        at = at[(at >= 0) & (at + len(said) <= len(self.text))]
        for offset in range(len(said)):
            if not len(at):
                break
            at = at[self.text[at + offset] == said[offset]]
        return at

    def _run(self, edged: NDArray[uint16], asked: NDArray[int64], found: NDArray[int64], step: int) -> NDArray[int64]:
        """How many characters beside each hit are the same. ``edged``: the text, with an end that matches nothing."""
        length = np.zeros(len(asked), dtype=np.int64)
        alive = np.flatnonzero(edged[asked + 1] == self.text[found])
        length[edged[asked + 1] != self.text[found]] = -len(edged)  # another gram with the same hash
        far = step
        while len(alive):
            alive = alive[edged[asked[alive] + 1 + far] == self.text[found[alive] + far]]
            length[alive] += 1
            far += step
        return length


def _opened(file: Path, made_from: list[list[str]]) -> TextIndex | None:
    """What was kept, when it is whole and of these speeches and this program."""
    try:
        with file.open("rb") as opened:
            line = opened.readline()
        head = json.loads(line)
        if head["program"] != _program() or head["made from"] != made_from:
            return None
        arrays, at = [], len(line)
        for size, kind in zip(head["sizes"], ("<i8", "<u2", "<u4", "<u4"), strict=True):
            arrays.append(np.memmap(file, dtype=kind, mode="r", offset=at, shape=(size,)).view(np.ndarray))
            at += arrays[-1].nbytes
        return TextIndex(*arrays) if _seal(arrays) == head["seal"] and at == file.stat().st_size else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _seal(arrays: Sequence[NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(array.data)
    return digest.hexdigest()


@cache
def _program() -> str:
    """What the content of the file follows from beside the speeches."""
    digest = hashlib.sha256(f"{sys.byteorder} {GRAM}".encode())
    for name in (folding.__file__, radicals.__file__, winnow.__file__, __file__):
        digest.update(Path(name).read_bytes())
    return digest.hexdigest()
