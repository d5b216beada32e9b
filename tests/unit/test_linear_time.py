"""No pattern of the code takes longer than its input grows: each is run on long repetitions of what it is made of."""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import re
import signal
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from drafts.draft import DraftError
from fuzz.readers import READERS
from speeches.core.errors import CoreError, LocatorError
from speeches.core.source.selector import parse_locator
from support import ROOT, MakeArchive, ask
from teaching.sheet import SheetError

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


_SEARCHING = ("compile", "search", "findall", "finditer", "sub", "subn", "split")
_METHODS = {"match": "match", "fullmatch": "fullmatch", **dict.fromkeys(_SEARCHING, "finditer")}


class _Names(dict[str, Any]):
    """Names of a module; what only a function knows is a word."""

    def __missing__(self, name: str) -> object:
        return getattr(builtins, name, "甲乙")


def _pattern_of(node: ast.expr, names: _Names) -> str:
    """The text of a pattern that is written in a call. "" where it is no text: a pattern that a module has."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern_of(part, names) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        node = node.value
    try:
        value = eval(compile(ast.Expression(node), "", "eval"), names)
    except (AttributeError, TypeError, IndexError, KeyError):
        return "甲乙"
    return value if isinstance(value, str) else ""


def _patterns_in_calls() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Place → method and pattern of every ``re.sub("…", …)`` and the like, in functions too."""
    found = {}
    for path in sorted(EXTENSIONS.rglob("*.py")):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
            and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in _METHODS
        ]  # fmt: skip
        if not calls or path.stem == "__main__":
            continue
        name = ".".join(path.relative_to(EXTENSIONS).with_suffix("").parts).removesuffix(".__init__")
        names = _Names(vars(importlib.import_module(name)))
        for call in calls:
            assert isinstance(call.func, ast.Attribute)
            if text := _pattern_of(call.args[0], names):
                found[f"{name}:{call.lineno}"] = (_METHODS[call.func.attr], re.compile(text))
    known = {pattern.pattern for pattern in PATTERNS.values()}
    return {place: item for place, item in found.items() if item[1].pattern not in known}


IN_CALLS = _patterns_in_calls()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")
@pytest.mark.parametrize("place", sorted(IN_CALLS))
def test_no_pattern_in_a_call_is_slower_than_its_input(place: str) -> None:
    method, pattern = IN_CALLS[place]
    run = {"match": pattern.match, "fullmatch": pattern.fullmatch}.get(
        method, lambda t: sum(1 for _ in pattern.finditer(t))
    )
    texts = (before + unit * (_LENGTH // len(unit)) + "\x01" for unit, before in _units(pattern))
    slow = next((text for text in texts if not _in_time(run, text)), None)
    assert slow is None, f"{pattern.pattern}: {method} of {slow and slow[:12]!r}…"


def test_patterns_in_calls_are_found() -> None:
    assert len(IN_CALLS) > 25 and any(p.pattern == "^\\s*<\\?xml[^>]*\\?>" for _, p in IN_CALLS.values())


_OPENED = b"# Sphinx inventory version 2\n# Project: a\n# Version: 1\n# zlib\n"
MANY: dict[str, tuple[Callable[[Path, bytes], object], Callable[[int], bytes], int]] = {
    "moved": (
        READERS["moved"].read,
        lambda n: "".join(f'[[withdrawn]]\nid = "a{i}"\non = 2026-01-01\n' for i in range(n)).encode(), 1000,
    ),
    "moved under one id": (
        READERS["moved"].read,
        lambda n: "".join(f'[[moved]]\nid = "a"\nfrom = "p{i}"\non = 2026-01-01\n' for i in range(n)).encode(), 1000,
    ),
    "published": (READERS["published"].read, lambda n: "".join(f"a{i}\tp\t1\n" for i in range(n)).encode(), 5000),
    "lock": (
        READERS["lock"].read,
        lambda n: b'{"version": 2}\n' + b"".join(b'{"speech": "s%d", "title": "t", "digest": "d"}\n' % i for i in range(n)), 2000,
    ),
    "lock with conflicts": (READERS["lock"].read, lambda n: b'{"version": 2}\n' + b"<<<<<<<\n" * n, 5000),
    "record": (
        READERS["record"].read,
        lambda n: (
            f'title = "a"\nsha256 = "{"0" * 64}"\n'
            + "".join(f'[[emendation]]\nline = {i}\noriginal = "a"\nreading = "b"\nkind = "transcription"\n' for i in range(n))
        ).encode(), 300,
    ),
    "record of wrong keys": (
        READERS["record"].read, lambda n: "".join(f"key{i} = 1\n" for i in range(n)).encode(), 500,
    ),
    "speech": (READERS["speech"].read, lambda n: ("一是要时刻保持敬畏的状态。" * n + "\n").encode(), 2000),
    "speech of many lines": (READERS["speech"].read, lambda n: ("一、要敬畏。\n" * n).encode(), 3000),
    "citations": (
        READERS["citations"].read,
        lambda n: json.dumps({"version": 1, "items": {f"a{i}": {"page": "a"} for i in range(n)}}).encode(), 1000,
    ),
    "site": (
        READERS["site"].read,
        lambda n: _OPENED + zlib.compress("".join(f"a{i} std:label -1 a.html -\n" for i in range(n)).encode()), 3000,
    ),
    "terms": (READERS["terms"].read, lambda n: "".join(f"词{i}\n" for i in range(n)).encode(), 20000),
    "labels": (
        READERS["labels"].read,
        lambda n: b'{"id": "1", "speech": "one", "start": 0, "end": 3, "theme": "a"}\n' * n, 5000,
    ),
    "draft": (READERS["txt"].read, lambda n: "会议要求“工作要有始有终”。\n".encode() * n, 5000),
    "draft in Markdown": (READERS["md"].read, lambda n: "> 会议要求“工作要有始有终”。\n\n".encode() * n, 500),
    "draft in HTML": (READERS["html"].read, lambda n: "<p>会议要求<b>“工作”</b>。".encode() * n, 1500),
    "draft in open tags": (READERS["html"].read, lambda n: b"<i>x" * n, 400),
    "form": (READERS["form"].read, lambda n: "一 | 二\n空\n".encode() * n, 3000),
    "marks": (READERS["marks"].read, lambda n: "要〔的〕".encode() * n, 3000),
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_a_reader_takes_twice_as_long_for_twice_as_much(name: str, tmp_path: Path) -> None:
    """A quadratic one takes four times as long. What is done in a few hundredths of a second is no matter."""
    read, made, size = MANY[name]

    def seconds(data: bytes) -> float:
        with TemporaryDirectory(dir=tmp_path) as folder:
            started = time.process_time()
            with suppress(CoreError, ValueError, DraftError, SheetError):
                read(Path(folder), data)
            return time.process_time() - started

    small, large, little, much = 99.0, 99.0, made(size), made(size * 4)
    for _ in range(6):  # the least of a few: whatever else the machine does only adds
        small, large = min(small, seconds(little)), min(large, seconds(much))
        if large < 0.1 or large < 8 * small:
            break
    assert large < 0.1 or large < 8 * small, f"{small:.3f} s, then {large:.3f} s for four times as much"


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
