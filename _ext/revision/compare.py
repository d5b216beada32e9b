"""The book as it was written against the file that came back: which paragraphs were changed, added, dropped, moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import Indel, Levenshtein

from zhprint.reading import squeeze
from zhword.reading import From

from .read import Line, Revision

_ALIKE = 0.4
"""Likeness of two paragraphs from which one is the other, changed."""
_MOST = 4_000_000
"""Pairs of paragraphs that are compared one by one; a file that differs more is another text."""


class Kind(StrEnum):
    CHANGED = "改"
    ADDED = "增"
    DROPPED = "删"
    MOVED = "移"
    PARTED = "分"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that is no longer as it was written: its id, and its words before and after ("" when it is gone)."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """``origin``: the paragraph that it concerns; of an added one that before it. ``quoted``: quotations that it touches."""

    kind: Kind
    origin: From
    before: str
    after: str
    line: Line | None = None
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """``changes`` in the order of the book; ``places``: index of a paragraph that came back → where it comes from."""

    changes: tuple[Change, ...]
    places: dict[int, From]


def compare(revision: Revision) -> Compared:
    """White space apart. A quotation that was dropped with its source line is one change."""
    written = [one for one in revision.written if squeeze(one.text)]
    lines = [(at, line) for at, line in enumerate(revision.lines) if squeeze(line.text)]
    before, after = [squeeze(one.text) for one in written], [squeeze(line.text) for _, line in lines]
    changes: list[Change] = []
    places: dict[int, From] = {}
    for tag, a, a_end, b, b_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            places.update((lines[b + n][0], written[a + n]) for n in range(a_end - a))
            continue
        if "".join(before[a:a_end]) == "".join(after[b:b_end]):
            places.update((at, written[a]) for at, _ in lines[b:b_end])
            changes.append(_parted(written[a:a_end], [line for _, line in lines[b:b_end]]))
            continue
        pairs = _pairs(before[a:a_end], after[b:b_end])
        last = next((one for one in reversed(written[:a]) if one.path), From(""))
        for one, other in pairs:
            origin = written[a + one] if one is not None else last
            at, line = lines[b + other] if other is not None else (-1, None)
            last = origin if origin.path else last
            places[at] = origin
            changes.append(_change(origin if one is not None else None, last, line))
    return Compared(tuple(_told_once(_moved(changes))), places)


def _change(origin: From | None, last: From, line: Line | None) -> Change:
    if origin is None:
        assert line is not None
        return Change(Kind.ADDED, last, "", line.text, line)
    after = line.text if line is not None else ""
    quoted = tuple(_quoted(origin, after))
    return Change(Kind.CHANGED if line is not None else Kind.DROPPED, origin, origin.text, after, line, quoted)


def _parted(written: Sequence[From], lines: Sequence[Line]) -> Change:
    """The same words in other paragraphs."""
    told = "\n".join(line.text for line in lines)
    return Change(Kind.PARTED, written[0], "\n".join(one.text for one in written), told, lines[0])


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which of the one became which of the other, in order, so that the likeness of all is greatest."""
    if not before or not after or len(before) * len(after) > _MOST:
        return [*((n, None) for n in range(len(before))), *((None, n) for n in range(len(after)))]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    like = [[Indel.normalized_similarity(one, other, score_cutoff=_ALIKE) for other in after] for one in before]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    out: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(before) and (j == len(after) or best[i][j] == best[i + 1][j]):
            out.append((i, None))
            i += 1
        else:
            out.append((None, j))
            j += 1
    return out


def _quoted(origin: From, after: str) -> Iterator[Quoted]:
    """The quotations of a paragraph whose words are not as they were."""
    if origin.claim:
        if origin.style == "Excerpt":
            yield Quoted(origin.claim, origin.text, after)
        return
    for identifier, start, end in origin.spans:
        words = carried(origin.text, after, start, end)
        if squeeze(words) != squeeze(origin.text[start:end]):
            yield Quoted(identifier, origin.text[start:end], words)


def carried(before: str, after: str, start: int, end: int) -> str:
    """What became of code points ``start`` to ``end`` of ``before``. What was put in at either edge is none of it."""
    out = []
    for step in Levenshtein.opcodes(before, after):
        low, high = max(step.src_start, start), min(step.src_end, end)
        if step.tag == "insert" and start < step.src_start < end:
            out.append(after[step.dest_start : step.dest_end])
        elif step.tag in ("equal", "replace") and low < high:
            shift = step.dest_start - step.src_start
            out.append(after[low + shift : high + shift])
    return "".join(out)


def _moved(changes: list[Change]) -> list[Change]:
    """What is dropped here and added there in the same words was moved."""
    added = {squeeze(c.after): c for c in changes if c.kind is Kind.ADDED}
    out, taken = [], set()
    for change in changes:
        other = added.get(squeeze(change.before)) if change.kind is Kind.DROPPED else None
        if other is not None and id(other) not in taken:
            taken.add(id(other))
            out.append(Change(Kind.MOVED, change.origin, change.before, other.after, other.line))
        else:
            out.append(change)
    return [change for change in out if id(change) not in taken]


def _told_once(changes: list[Change]) -> Iterator[Change]:
    """A quotation that is gone takes its number, its source line and its notes along."""
    gone = {quoted.id for change in changes if change.kind is Kind.DROPPED for quoted in change.quoted}
    for change in changes:
        follows = change.kind is Kind.DROPPED and change.origin.claim in gone and not change.quoted
        if not follows:
            yield change
