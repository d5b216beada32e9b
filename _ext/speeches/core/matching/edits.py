"""What kind of change turned the source into what is printed, and how grave it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ..source.lexicon import has_negator, numbers_of, touches_name
from .verdict import EditKind, TextEdit

_SPECIAL_PUNCTUATION = "%‰％"


_GRAVITY = {kind: rank for rank, kind in enumerate(EditKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: half-open ranges of the two texts that were compared."""

    source_start: int
    source_end: int
    printed_start: int
    printed_end: int


def changes(source: str, printed: str) -> list[Change]:
    """The differences between two texts, least edits, in order."""
    from rapidfuzz.distance import Levenshtein  # a compiled import: only a failing quotation pays for it

    found: list[Change] = []
    for code in Levenshtein.opcodes(source, printed):
        if code.tag == "equal":
            continue
        change = Change(code.src_start, code.src_end, code.dest_start, code.dest_end)
        if found and found[-1].source_end == change.source_start and found[-1].printed_end == change.printed_start:
            change = Change(found[-1].source_start, change.source_end, found[-1].printed_start, change.printed_end)
            found.pop()
        found.append(change)
    return found


def classify(source: str, printed: str, change: Change) -> EditKind:
    """The gravest kind that the changed characters, seen in their context, amount to."""
    gone = source[change.source_start : change.source_end]
    come = printed[change.printed_start : change.printed_end]
    if has_negator(gone) or has_negator(come):
        return EditKind.NEGATION
    if numbers_of(gone) != numbers_of(come):
        return EditKind.NUMBER
    if touches_name(source, change.source_start, change.source_end) or touches_name(
        printed, change.printed_start, change.printed_end
    ):
        return EditKind.NAME
    if all(_is_punctuation(c) for c in gone + come):
        return EditKind.PUNCTUATION
    return EditKind.WORDING


def worst_edit(source: str, printed: str) -> tuple[TextEdit, Change] | None:
    """The gravest difference between two texts, the first of its kind; None when they are the same."""
    graded = [(classify(source, printed, change), change) for change in changes(source, printed)]
    if not graded:
        return None
    kind, change = min(graded, key=lambda pair: _GRAVITY[pair[0]])
    edit = TextEdit(
        kind, source[change.source_start : change.source_end], printed[change.printed_start : change.printed_end]
    )
    return edit, change


def _is_punctuation(character: str) -> bool:
    return character not in _SPECIAL_PUNCTUATION and (
        unicodedata.category(character)[0] in "PZ" or character in "·~～＋+=<>"
    )
