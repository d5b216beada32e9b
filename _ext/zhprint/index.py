"""主题索引: entries in pinyin order, grouped by first letter, with the labels that their pages are found by."""

from __future__ import annotations

from dataclasses import dataclass, field

from docutils import nodes

from zhindex import initial, pinyin_key

from .escape import array, breakable, string

_ROOM = 20
"""Columns of a name that stand in a column of the index."""


@dataclass(slots=True)
class Entry:
    """A term; ``labels`` in book order, ``see``, and subordinate entries."""

    labels: list[str] = field(default_factory=list)
    see: list[tuple[str, str]] = field(default_factory=list)
    under: dict[str, Entry] = field(default_factory=dict)


class Index:
    """Index entries of all printed documents."""

    def __init__(self) -> None:
        self.root = Entry()
        self.count = 0

    def note(self, node: nodes.Element) -> str:
        """Take the entries of an ``index`` node; the name of the anchor to set, "" when none is needed."""
        self.count += 1
        name = f"ix:{self.count}"
        needed = False
        entries: list[tuple[str, str, str, str, str | None]] = node.get("entries", [])
        for kind, value, _target, _main, _key in entries:
            pieces = [piece.strip() for piece in value.split(";") if piece.strip()]
            if not pieces:
                continue
            if kind in ("see", "seealso"):
                self._entry(pieces[:1]).see.append(("见" if kind == "see" else "参见", pieces[-1]))
                continue
            needed = True
            for path in _paths(kind, pieces):
                self._entry(path).labels.append(name)
        return name if needed else ""

    def _entry(self, path: list[str]) -> Entry:
        entry = self.root
        for piece in path:
            entry = entry.under.setdefault(piece, Entry())
        return entry

    def terms(self) -> list[str]:
        """Every text that the index prints."""
        out: list[str] = []

        def walk(entry: Entry) -> None:
            for term, below in entry.under.items():
                out.append(term)
                out.extend(f"{word}{other}" for word, other in below.see)
                walk(below)

        walk(self.root)
        return out

    def markup(self) -> str:
        """The groups of the index, a letter and its entries each; "" when there are no entries."""
        groups: dict[str, list[str]] = {}
        for term in sorted(self.root.under, key=lambda term: (initial(term) == "#", initial(term), pinyin_key(term))):
            self._lines(term, self.root.under[term], 0, groups.setdefault(initial(term), []))
        return ",\n".join(f"({string(letter)}, {array(lines)})" for letter, lines in groups.items())

    def _lines(self, term: str, entry: Entry, level: int, lines: list[str]) -> None:
        see = "，".join(f"{word}{other}" for word, other in entry.see)
        labels = array([string(name) for name in entry.labels])
        told = f", see: {string(see)}" if see else ""
        lines.append(f"index-entry({string(breakable(term, _ROOM))}, level: {level}, targets: {labels}{told})")
        for below in sorted(entry.under, key=pinyin_key):
            self._lines(below, entry.under[below], level + 1, lines)


def _paths(kind: str, pieces: list[str]) -> list[list[str]]:
    match kind:
        case "pair" if len(pieces) == 2:
            return [pieces, pieces[::-1]]
        case "triple" if len(pieces) == 3:
            one, two, three = pieces
            return [[one, f"{two} {three}"], [two, f"{three}, {one}"], [three, f"{one} {two}"]]
        case _:
            return [pieces[:2]]
