"""``<id>.toml`` → a validated record. All problems are collected, with key and line."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from zh.toml import TomlError, from_toml

from ..errors import Problem
from .corrections import smallest_change, turned_by
from .outline import line_starts
from .speech import Dated, Emendation, EmendationKind, Record, Restriction, RestrictionKind, Span

_TOP = {field.name: field.type for field in fields(Record)}
_REQUIRED = ("title", "sha256")
_EMENDATION_KEYS = {"line", "original", "reading", "occurrence", "kind", "note"}
_RESTRICTION_KEYS = {"lines", "from", "to", "kind", "reason"}
_DATED_KEYS = {"wording", "period", "look_up"}
_RIGHTS = ("internal", "public")
_DATE = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?\Z")
_TYPE_NAMES = {str: "文字（加引号）", bool: "true 或 false", int: "整数", list: "列表"}


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A record whose keys and types are right; not yet compared with the text."""

    record: Record
    emendations: tuple[dict[str, Any], ...]
    restrictions: tuple[dict[str, Any], ...]
    dated: tuple[dict[str, Any], ...]


class RecordReader:
    """Reads one record. ``problems`` grows; nothing is returned while it is not empty."""

    def __init__(self, path: str, source: str, digest: str = "") -> None:
        self.path = path
        self.digest = digest
        self.source = source
        self.problems: list[Problem] = []

    def problem(self, key: str, message: str, table: str = "", index: int = 0) -> None:
        """Note a problem at ``key`` of the ``index``-th (from 0) ``[[table]]``, or of the top level."""
        self.problems.append(Problem(self.path, self._line_of(key, table, index), key, message))

    def parse(self) -> ParsedRecord | None:
        """Check syntax, keys and types."""
        try:
            data = from_toml(self.source)
        except TomlError as error:
            self.problems.append(Problem(self.path, error.line, "", str(error)))
            return None
        emendations = self._tables(
            data.pop("emendation", []), "emendation", _EMENDATION_KEYS, ("line", "original", "reading")
        )
        restrictions = self._tables(data.pop("restrict", []), "restrict", _RESTRICTION_KEYS, ("lines", "kind"))
        dated = self._tables(data.pop("dated", []), "dated", _DATED_KEYS, ("wording", "period", "look_up"))
        for key in sorted(data.keys() - _TOP.keys()):
            self.problem(key, f"没有这个键。可用的键：{'、'.join(_TOP)}，以及 [[emendation]]、[[restrict]]、[[dated]]")
        for key in _REQUIRED:
            if not data.get(key):
                self.problem(key, "缺少这一项。" if key == "title" else self._digest_wanted())
        values: dict[str, Any] = {}
        for key in data.keys() & _TOP.keys():
            if key in ("skip", "join"):
                values[key] = self._ranges(key, data[key])
            elif key == "called":
                values[key] = self._names(data[key])
            elif key == "order":
                values[key] = data[key] if self._has_type(data[key], int, key) else 0
            elif self._has_type(data[key], bool if key == "checked_against_original" else str, key):
                values[key] = data[key]
        if values.get("rights", "internal") not in _RIGHTS:
            self.problem("rights", f"只能是 {'、'.join(_RIGHTS)}。")
        if not _DATE.match(values.get("date", "")):
            self.problem("date", '写已知的部分，如 "2015" 或 "2015-05"；不知道就留空。')
        if self.problems:
            return None
        return ParsedRecord(Record(**values), emendations, restrictions, dated)

    def key_lines(self) -> dict[str, int]:
        """The line of each key of the top level."""
        return {key: line for key in _TOP if (line := self._line_of(key, "", 0))}

    def _digest_wanted(self) -> str:
        shown = f'写成 sha256 = "{self.digest}"' if self.digest else "写上文本文件的 SHA-256 摘要"
        return f"缺少这一项：文本是收到时的样子、没有改动过的，请{shown}。"

    def emendations(self, parsed: ParsedRecord, text: str) -> tuple[Emendation, ...]:
        """Resolve the emendations against the text."""
        starts = line_starts(text)
        out = []
        for index, item in enumerate(parsed.emendations):
            fail = self._failer("emendation", index)
            line, original, reading = item["line"], item["original"], item["reading"]
            if not 1 <= line <= len(starts):
                fail("line", f"没有第{line}行，文本共{len(starts)}行。")
                continue
            if not original or original == reading:
                fail("original", "original 与 reading 不能相同，original 也不能为空（补字请连上邻近的字）。")
                continue
            kind = item.get("kind", "wrong")
            if kind not in tuple(EmendationKind):
                fail("kind", f"只能是 {'、'.join(EmendationKind)}。")
                continue
            line_end = starts[line] if line < len(starts) else len(text)
            found = [m.start() for m in re.finditer(f"(?={re.escape(original)})", text[starts[line - 1] : line_end])]
            if not found:
                fail("original", f"第{line}行里没有“{original}”。请核对行号和文字。")
                continue
            occurrence = item.get("occurrence", 1 if len(found) == 1 else 0)
            if not 1 <= occurrence <= len(found):
                fail("occurrence", f"“{original}”在第{line}行出现{len(found)}次，请用 occurrence 写明是第几次。")
                continue
            start = starts[line - 1] + found[occurrence - 1]
            removed, added, offset = smallest_change(original, reading)
            if turned := turned_by(
                original, reading, text[starts[line - 1] : start], text[start + len(original) : line_end]
            ):
                fail(
                    "reading",
                    f"这一条勘正{turned}：“{original}”→“{reading}”。改变意思的出入不能勘正，只能照录，或不引用。",
                )
                continue
            change = Span(start + offset, start + offset + len(removed))
            span = Span(start, start + len(original))
            out.append(
                Emendation(line, span, original, reading, EmendationKind(kind), change, added, item.get("note", ""))
            )
        ordered = sorted(out, key=lambda emendation: emendation.span)
        for first, second in itertools.pairwise(ordered):
            if first.span.overlaps(second.span):
                self.problem(
                    "original",
                    f"第{second.line}行的两条勘正相互重叠：“{first.original}”“{second.original}”。",
                    "emendation",
                )
        return tuple(ordered)

    def restrictions(self, parsed: ParsedRecord, text: str) -> tuple[Restriction, ...]:
        """Resolve the restricted spans against the text."""
        starts = line_starts(text)
        out = []
        for index, item in enumerate(parsed.restrictions):
            fail = self._failer("restrict", index)
            lines = item["lines"]
            if not (isinstance(lines, list) and len(lines) == 2 and all(isinstance(n, int) for n in lines)):
                fail("lines", "请写成 [起始行, 终止行]，如 [22, 22]。")
                continue
            first, last = lines
            if not 1 <= first <= last <= len(starts):
                fail("lines", f"行号应在1至{len(starts)}之间，且先小后大。")
                continue
            if item["kind"] not in tuple(RestrictionKind):
                fail("kind", f"只能是 {'、'.join(RestrictionKind)}。")
                continue
            start, end = starts[first - 1], (starts[last] - 1 if last < len(starts) else len(text))
            first_end = starts[first] - 1 if first < len(starts) else len(text)
            if begin := item.get("from", ""):
                start = text.find(begin, start, first_end)
                if start < 0:
                    fail("from", f"第{first}行里没有“{begin}”。")
                    continue
            if finish := item.get("to", ""):
                at = text.find(finish, max(start, starts[last - 1]), end)
                if at < 0:
                    fail("to", f"第{last}行里（起点之后）没有“{finish}”。")
                    continue
                end = at + len(finish)
            kind = RestrictionKind(item["kind"])
            out.append(Restriction(Span(start, end), first, last, kind, item.get("reason", "")))
        return tuple(sorted(out, key=lambda restriction: restriction.span))

    def dated(self, parsed: ParsedRecord, text: str) -> tuple[Dated, ...]:
        """Find wording of its time in the text, wherever it stands."""
        out = []
        for index, item in enumerate(parsed.dated):
            wording = item["wording"]
            found = tuple(Span(m.start(), m.end()) for m in re.finditer(re.escape(wording), text)) if wording else ()
            if not found:
                self.problem("wording", f"文本里没有“{wording}”。请核对文字。", "dated", index)
            out.append(Dated(wording, item["period"], item["look_up"], found))
        return tuple(out)

    def _failer(self, table: str, index: int) -> Callable[[str, str], None]:
        return lambda key, message: self.problem(key, message, table, index)

    def _tables(
        self, value: object, name: str, keys: set[str], required: tuple[str, ...]
    ) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.problem(name, f"请写成 [[{name}]]，每条一段。")
            return ()
        good = []
        for index, item in enumerate(value):
            before = len(self.problems)
            for key in sorted(item.keys() - keys):
                self.problem(key, f"[[{name}]] 里没有这个键。可用的键：{'、'.join(sorted(keys))}", name, index)
            for key in required:
                if key not in item:
                    self.problem(name, f"这一条缺少 {key}。", name, index)
            for key in item.keys() & keys:
                expected = list if key == "lines" else int if key in ("line", "occurrence") else str
                self._has_type(item[key], expected, key, name, index)
            if len(self.problems) == before:
                good.append(item)
        return tuple(good)

    def _has_type(self, value: object, expected: type, key: str, table: str = "", index: int = 0) -> bool:
        if isinstance(value, expected) and not (expected is int and isinstance(value, bool)):
            return True
        self.problem(key, f"应为{_TYPE_NAMES[expected]}，现为 {value!r}。", table, index)
        return False

    def _names(self, value: object) -> tuple[str, ...]:
        if isinstance(value, list) and value and all(isinstance(name, str) and name.strip() for name in value):
            return tuple(value)
        self.problem("called", '请写成 ["县里的讲话"]：行文中怎样称呼这篇讲话，最常用的写在最前。')
        return ()

    def _ranges(self, key: str, value: object) -> tuple[tuple[int, int], ...]:
        good = isinstance(value, list) and all(
            isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(n, int) and n > 0 for n in pair)
            and pair[0] <= pair[1]
            for pair in value
        )
        if not good:
            self.problem(key, "请写成 [[起始行, 终止行], …]，行号从1起，先小后大。")
            return ()
        assert isinstance(value, list)
        ranges = tuple(sorted((pair[0], pair[1]) for pair in value))
        if any(second[0] <= first[1] for first, second in itertools.pairwise(ranges)):
            self.problem(key, "各段行号不得重叠。")
        return ranges

    def _line_of(self, key: str, table: str, index: int) -> int | None:
        line, keys = self._places.get((table, index), (0, {}))
        return keys.get(key, line or None)

    @cached_property
    def _places(self) -> dict[tuple[str, int], tuple[int, dict[str, int]]]:
        """Table and its number → the line of its head (0: none) and the lines of its keys. What stands before all is ""."""
        keys: dict[str, int] = {}
        places = {("", 0): (0, keys)}
        count: Counter[str] = Counter()
        for number, line in enumerate(self.source.split("\n"), 1):
            if line.lstrip().startswith("[["):
                table = line.lstrip()[2:].partition("]]")[0].strip()
                keys = {}
                places[table, count[table]] = number, keys
                count[table] += 1
            elif "=" in line:
                keys.setdefault(line.partition("=")[0].strip().strip("\"'"), number)
        return places
