"""No pattern of the code takes longer than its input grows: each is run on long repetitions of what it is made of."""

from __future__ import annotations

import importlib
import re
import signal
from collections.abc import Callable, Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest

from speeches.core.errors import LocatorError
from speeches.core.source.selector import parse_locator
from support import ROOT, MakeArchive, ask

EXTENSIONS = ROOT / "_ext"
_LENGTH = 12_000
_BUDGET = 0.3
"""Seconds of processor time. A linear pattern needs a few thousandths for that length, a quadratic one a second or more."""
_COMMON = " \n.…-x0字<\"'（《“"
_AT_ONE_PLACE = {
    "ID", "LABEL", "_CLOSE", "_NUMBER", "_NUMBERS", "SPEECH_ID", "_COMMENTS", "_FENCE",
    "_HEADER_LINE", "_MARKER", "_MARKERS", "_MARK_FOLLOWS", "_MESSAGE", "_NAME", "_ONLY_DATE", "_OPEN", "_PAGE",
    "_PAGES", "_PAGE_LINK", "_SCHEME",
}  # fmt: skip
"""Patterns that are asked at one place of a text, by ``match``: how they would do in a search does not matter."""
_NOT_WHOLE = {"_PLAIN_EDIT", "_COMBINING_EDIT"}
"""Patterns that end where they end: nothing asks whether they match a whole text."""


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, (tuple, list, set, frozenset)) and depth < 3:
        for item in value:
            yield from _patterns(item, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        for item in chain(value.keys(), value.values()):
            yield from _patterns(item, depth + 1)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _patterns(getattr(value, name), depth + 1)


def _all_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for path in sorted(EXTENSIONS.rglob("*.py")):
        name = ".".join(path.relative_to(EXTENSIONS).with_suffix("").parts)
        if path.stem in ("__init__", "__main__"):
            name = name.removesuffix(".__init__")
            if path.stem == "__main__":
                continue
        for attribute, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(_patterns(value)):
                found.setdefault(f"{name}.{attribute}[{number}]", pattern)
    unique: dict[str, tuple[str, re.Pattern[str]]] = {}
    for key, pattern in found.items():
        unique.setdefault(pattern.pattern, (key, pattern))
    return dict(unique.values())


PATTERNS = _all_patterns()


def _literals(pattern: re.Pattern[str]) -> str:
    """Characters that stand in a pattern, commonest kinds first; those of long classes thinned out."""
    seen = dict.fromkeys(c for c in re.sub(r"\\[a-zA-Z]", "", pattern.pattern) if c not in "\\()[]{}?*+|^$")
    return "".join(list(seen)[:14])


def _units(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What is repeated, and what stands before it."""
    letters = dict.fromkeys(_literals(pattern) + _COMMON)
    words = re.findall(r"[\u4e00-\u9fff]{2,4}|[a-z<!-]{2,8}", pattern.pattern)[:4]
    yield from product([*letters, *words, "0 ", "a b", "\n ", "<!--", "《", "……。"], ["", "摘录1", "字"])


class _TooSlowError(Exception):
    pass


def _alarm(_number: int, _frame: object) -> None:
    raise _TooSlowError


def _in_time(run: Callable[[str], Any], text: str) -> bool:
    """Whether ``run`` ends within the budget of processor time. The regular expression engine asks for signals."""
    before = signal.signal(signal.SIGVTALRM, _alarm)
    signal.setitimer(signal.ITIMER_VIRTUAL, _BUDGET)
    try:
        run(text)
    except _TooSlowError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_is_slower_than_its_input(name: str) -> None:
    pattern = PATTERNS[name]
    attribute = name.rpartition(".")[2].partition("[")[0]
    runs: dict[str, Callable[[str], Any]] = {"match": pattern.match}
    if attribute not in _NOT_WHOLE:
        runs["fullmatch"] = pattern.fullmatch
    if attribute not in _AT_ONE_PLACE:
        runs["finditer"] = lambda text: sum(1 for _ in pattern.finditer(text))
    trials = ((how, run, unit, before) for how, run in runs.items() for unit, before in _units(pattern))
    slow = next((t for t in trials if not _in_time(t[1], t[3] + t[2] * (_LENGTH // len(t[2])) + "\x01")), None)
    assert slow is None, f"{pattern.pattern}: {slow and slow[0]} of {slow and slow[2]!r} after {slow and slow[3]!r}"


@pytest.mark.parametrize(
    "tail", ["." * 3000, ". " * 2000, "…" * 3000, "〔" * 2000, "（原文如此）" * 800, "［］" * 2000, "……。" * 500]
)
def test_a_quotation_of_marks_alone_is_answered_at_once(tmp_path: Path, make_archive: MakeArchive, tail: str) -> None:
    archive = make_archive(tmp_path, {"one": "甲乙丙丁戊己庚辛。\n"})
    assert _in_time(lambda text: ask(archive, "one", text), f"甲{tail}"), "sixty dots once took minutes"


@pytest.mark.parametrize("text", ["p" + "1" * 5000, "p1.s" + "9" * 5000, "p1-" + "9" * 5000, "p٣", "p1234567"])
def test_a_locator_of_any_length_is_refused_and_no_crash(text: str) -> None:
    with pytest.raises(LocatorError, match="不是段句号"):
        parse_locator(text)
