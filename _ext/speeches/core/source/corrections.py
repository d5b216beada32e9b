"""What a recorded correction may change: a slip of the pen or of the file, never the sense."""

from __future__ import annotations

from enum import StrEnum

from .lexicon import are_opposites, has_negator, numbers_of, parted_from_what_follows, touches_name, turning_words

_ADDRESS = "同志"
"""Anybody is addressed so: to supply it names nobody."""


class Turned(StrEnum):
    """What no correction may do, as it is told to an editor."""

    NEGATION = "增删了否定词"
    NUMBER = "改动了数字"
    NAME = "改动了人名、职务或单位名称"
    OPPOSITE = "换成了反义词"


def smallest_change(original: str, reading: str) -> tuple[str, str, int]:
    """What must go, what must come, and at which offset of ``original``: common head and tail set aside."""
    head = 0
    while head < min(len(original), len(reading)) and original[head] == reading[head]:
        head += 1
    tail = 0
    while tail < min(len(original), len(reading)) - head and original[-1 - tail] == reading[-1 - tail]:
        tail += 1
    return original[head : len(original) - tail], reading[head : len(reading) - tail], head


def turned_by(original: str, reading: str, before: str = "", after: str = "") -> Turned | None:
    """What a correction of ``original`` into ``reading`` would turn round; None when it turns nothing.

    ``before`` and ``after`` are the text around it: 何→贺 touches a name only when 主任 follows.
    """
    old, new = before + original + after, before + reading + after
    gone, come, offset = smallest_change(original, reading)
    if has_negator(gone) or has_negator(come) or _turning(old) != _turning(new):
        return Turned.NEGATION
    if numbers_of(old) != numbers_of(new):
        return Turned.NUMBER
    start = len(before) + offset
    if touches_name(old, start, start + len(gone)) or (
        come != _ADDRESS and touches_name(new, start, start + len(come))
    ):
        return Turned.NAME
    return Turned.OPPOSITE if are_opposites(gone, come) else None


def _turning(text: str) -> list[str]:
    """不仅 and 不怕 are harmless where they stand, but nobody may put them there or take them away."""
    return [*turning_words(text), *parted_from_what_follows(text)]
