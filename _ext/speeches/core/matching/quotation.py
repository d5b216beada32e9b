"""Printed text → what it claims: fragments of a source, omissions between them, editorial marks in them.

The same characters can be the source's own: 国发〔2013〕5号 is no correction, and a speech may have …… of its own.
``readings`` therefore yields every way to read a text, the most literal first; the source decides which one holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from ..source.folding import fold

_ELLIPSIS = r"(?>\.{3,}|…|⋯)(?>\s*(?>\.{3,}|…|⋯))*+"
_TOKEN = re.compile(
    rf"(?P<cutoff>{_ELLIPSIS}（原文至此中断，编者注）)|(?P<sic>（原文如此）)|(?P<omission>{_ELLIPSIS})"
    r"|〔(?P<replace>[^〔〕]*)〕|［(?P<supply>[^［］]*)］|【(?P<extra>[^【】]*)】"
)
_MOST_OPEN_CHOICES = 6
MARK_CHARACTERS = "〔〕［］【】"


class MarkKind(StrEnum):
    """〔〕 replaces the characters before it, ［］ supplies, 【】 encloses what is too much; the rest are notes."""

    REPLACE = "replace"
    SUPPLY = "supply"
    EXTRA = "extra"
    SIC = "sic"
    CUTOFF = "cutoff"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at ``offset`` (code points) of the fragment's ``source_text``; for 【】 where its content begins."""

    kind: MarkKind
    offset: int
    content: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text that must stand in the source as it is: ``source_text``, marks taken out, and the marks."""

    source_text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a printed text."""

    fragments: tuple[Fragment, ...]
    leading_omission: bool = False
    trailing_omission: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for fragment in self.fragments for mark in fragment.marks)


def readings(text: str, may_be_literal: Callable[[str], bool]) -> Iterator[Reading]:
    """Every reading of ``text`` that a source allows, the most literal first.

    ``may_be_literal`` says of a mark or ellipsis with the characters next to it whether the source holds these
    characters. Where more than six could be either, only "all literal" and "all editorial" are tried.
    """
    matches = list(_TOKEN.finditer(text))
    if not matches:
        yield _read(text, [])
        return
    open_choices = [match for match in matches if may_be_literal(text[max(0, match.start() - 1) : match.end() + 1])]
    always = [match for match in matches if match not in open_choices]
    if len(open_choices) <= _MOST_OPEN_CHOICES:
        choices = sorted(product((False, True), repeat=len(open_choices)), key=sum)
    else:
        choices = [(False,) * len(open_choices), (True,) * len(open_choices)]
    for choice in choices:
        chosen = always + [match for match, editorial in zip(open_choices, choice, strict=True) if editorial]
        yield _read(text, sorted(chosen, key=lambda match: match.start()))


def editorial_reading(text: str) -> Reading:
    """The reading in which every mark and ellipsis is the editor's."""
    return _read(text, list(_TOKEN.finditer(text)))


def plain_piece(text: str) -> str:
    """Folded characters that every reading of ``text`` has in one run: the longest that holds no mark or ellipsis.

    At a mark one character more is left off: what it folds to depends on what follows once the mark is taken out.
    """
    pieces, position = [], 0
    for match in _TOKEN.finditer(text):
        pieces.append(text[position : match.start()])
        position = match.end()
    pieces.append(text[position:])
    if len(pieces) == 1:
        return fold(text).text
    return max((fold(piece).text.strip(".…—-")[1:-1] for piece in pieces), key=len)


def stray_brackets(text: str) -> str:
    """Brackets of marks that have no partner in ``text``."""
    rest = re.sub(r"〔[^〔〕]*〕|［[^［］]*］|【[^【】]*】", "", text)
    return "".join(c for c in rest if c in MARK_CHARACTERS)


def _read(text: str, editorial: list[re.Match[str]]) -> Reading:
    fragments: list[Fragment] = []
    buffer = ""
    marks: list[Mark] = []
    leading = trailing = False
    position = 0

    def close() -> None:
        nonlocal buffer, marks
        if fold(buffer).text or marks:
            fragments.append(Fragment(buffer, tuple(marks)))
        buffer, marks = "", []

    for match in editorial:
        buffer += text[position : match.start()]
        position = match.end()
        kind = match.lastgroup
        if kind in ("omission", "cutoff"):
            if kind == "cutoff":
                marks.append(Mark(MarkKind.CUTOFF, len(buffer), match.group()))
            leading = leading or not (fold(buffer).text or fragments or marks)
            trailing = not fold(text[position:]).text and kind == "omission"
            close()
        elif kind == "extra":
            marks.append(Mark(MarkKind.EXTRA, len(buffer), match.group("extra")))
            buffer += match.group("extra")
        else:
            assert kind in ("replace", "supply", "sic")
            content = match.group() if kind == "sic" else match.group(kind)
            marks.append(Mark(MarkKind(kind), len(buffer), content))
    buffer += text[position:]
    close()
    return Reading(tuple(fragments), leading, trailing)
