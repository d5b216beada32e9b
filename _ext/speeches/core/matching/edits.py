"""What kind of change turned the source into what is printed, and how grave it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from .lexicon import has_negator, names_and_posts, numbers_of, turning_words

_CONTEXT = 4
_SPECIAL_PUNCTUATION = "%‰％"


class EditKind(StrEnum):
    """Worst first."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    WORDING = "wording"
    MARK = "mark"
    PUNCTUATION = "punctuation"


_GRAVITY = {kind: rank for rank, kind in enumerate(EditKind)}


@dataclass(frozen=True, slots=True)
class TextEdit:
    """The source says ``source`` where ``printed`` is printed; either may be empty."""

    kind: EditKind
    source: str
    printed: str


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
    if _touches_name(source, change.source_start, change.source_end) or _touches_name(
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


def smallest_change(original: str, reading: str) -> tuple[str, str, int]:
    """What must go, what must come, and at which offset of ``original``: common head and tail set aside."""
    head = 0
    while head < min(len(original), len(reading)) and original[head] == reading[head]:
        head += 1
    tail = 0
    while tail < min(len(original), len(reading)) - head and original[-1 - tail] == reading[-1 - tail]:
        tail += 1
    return original[head : len(original) - tail], reading[head : len(reading) - tail], head


def turns_the_sense(original: str, reading: str, before: str = "", after: str = "") -> str:
    """What a correction must not add or remove: 否定词, 数字, 人名或职务. Empty when it touches none of these.

    ``before`` and ``after`` are the text around it: 何→贺 touches a name only when 主任 follows.
    """
    old, new = before + original + after, before + reading + after
    gone, come, offset = smallest_change(original, reading)
    if has_negator(gone) or has_negator(come) or turning_words(old) != turning_words(new):
        return "否定词"
    if numbers_of(old) != numbers_of(new):
        return "数字"
    start = len(before) + offset
    if _touches_name(old, start, start + len(gone)) or _touches_name(new, start, start + len(come)):
        return "人名、职务或单位名称"
    return ""


def _touches_name(text: str, start: int, end: int) -> bool:
    if start == end:
        return False
    low = max(0, start - _CONTEXT)
    return any(s + low < end and start < e + low for s, e in names_and_posts(text[low : end + _CONTEXT]))


def _is_punctuation(character: str) -> bool:
    return character not in _SPECIAL_PUNCTUATION and (
        unicodedata.category(character)[0] in "PZ" or character in "·~～＋+=<>"
    )
