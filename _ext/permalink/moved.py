"""``moved-ids.toml``: where published ids went. Pure: imports neither sphinx nor docutils.

::

    [[moved]]                # the same id now stands on another page
    id = "nengli-wenzi"
    from = "chapters/nengli"
    on = "2027-03-01"

    [[moved]]                # the same thing is called otherwise
    id = "nengli-wenzi"
    to = "wenzi"
    on = "2027-03-01"

    [[withdrawn]]            # nothing of the kind is in the book any more
    id = "q.nengli-xuexi"
    on = "2027-03-01"
    replaced_by = "q.suzhi-xuexi"   # left out: nothing replaced it
    reason = "存档文本换过"
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zh.toml import TomlError, from_toml

from .published import ID


class MovedError(ValueError):
    """``moved-ids.toml`` cannot be understood; the message names every problem."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an id. ``to``: the id that stands for it now, its own when only the page changed, "" when none does.

    ``on``: ISO date. ``page``: the page that it left, "" for every page. ``withdrawn``: its content is out of the book.
    """

    id: str
    to: str
    on: str
    page: str = ""
    withdrawn: bool = False
    reason: str = ""

    @property
    def ends(self) -> bool:
        """Whether the id itself is no more."""
        return self.to != self.id


_KEYS = {"moved": {"id", "from", "to", "on"}, "withdrawn": {"id", "on", "replaced_by", "reason"}}
_IDS, _TEXTS = ("id", "to", "replaced_by"), ("from", "reason")


def parse_moved(source: str, path: str = "moved-ids.toml") -> tuple[Change, ...]:
    """The changes in the order of the file. MovedError names every unknown key, missing value and wrong date."""
    try:
        data = from_toml(source)
    except TomlError as error:
        raise MovedError(f"{path}:{error.line or 1}: {error}。请照文件开头的例子写。") from None
    problems = [
        f"{path}: 不认识的表 [{name}]，只能是 [[moved]] 和 [[withdrawn]]。" for name in data if name not in _KEYS
    ]
    changes: list[Change] = []
    known = _Known()
    for kind in _KEYS:
        for number, item in enumerate(_tables(data, kind), 1):
            wrong = list(_wrong(kind, item))
            if not wrong:
                change = _change(kind, item)
                wrong = list(known.clash(change))
                changes.append(change)
            problems += [f"{path}: 第{number}个 [[{kind}]]：{what}。" for what in wrong]
    if problems:
        raise MovedError("\n".join(problems))
    return tuple(changes)


def _tables(data: Mapping[str, object], kind: str) -> list[Any]:
    value = data.get(kind, [])
    return value if isinstance(value, list) else [None]


def _wrong(kind: str, item: object) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"请写成 [[{kind}]] 一节一条"
        return
    yield from (f"不认识的键 {key}" for key in sorted(item.keys() - _KEYS[kind]))
    if isinstance(item.get("on"), date):
        item["on"] = item["on"].isoformat()
    yield from (f"缺少 {key}" for key in ("id", "on") if key not in item)
    for key in _IDS:
        if key in item and not (isinstance(item[key], str) and ID.match(item[key])):
            yield f"{key} = {item[key]!r} 不是永久编号"
    for key in _TEXTS:
        if key in item and not isinstance(item[key], str):
            yield f"{key} 不是文字"
    if "on" in item and not _is_date(item["on"]):
        yield f"on = {item['on']!r} 不是日期，应写成 2027-03-01 这样"
    if kind == "moved" and item.get("to", item.get("id")) == item.get("id") and not item.get("from"):
        yield '只换了页面的，要写明原来在哪一页，如 from = "chapters/nengli"；改了名的，要写 to'


def _change(kind: str, item: Mapping[str, str]) -> Change:
    if kind == "moved":
        return Change(item["id"], item.get("to") or item["id"], item["on"], item.get("from", ""))
    return Change(item["id"], item.get("replaced_by", ""), item["on"], "", True, item.get("reason", ""))


class _Known:
    """What is told already: pages that an id left, and ids that ended."""

    def __init__(self) -> None:
        self._left: set[tuple[str, str]] = set()
        self._ended: set[str] = set()

    def clash(self, change: Change) -> Iterator[str]:
        """That an id is told twice of one page, or ends twice."""
        if (change.id, change.page) in self._left or (change.ends and change.id in self._ended):
            yield f"编号“{change.id}”写了两次"
        self._left.add((change.id, change.page))
        if change.ends:
            self._ended.add(change.id)


def _is_date(text: object) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def ending(identifier: str, changes: Iterable[Change]) -> Change | None:
    """The change by which an id came to an end: renamed or withdrawn."""
    return next((change for change in changes if change.id == identifier and change.ends), None)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an id, all its changes followed.

    ``target``: the id that stands in its place today, "" when none does. ``withdrawn``: the withdrawal met on the way:
    then ``target`` is something else. ``dangling``: the record leads nowhere.
    """

    target: str = ""
    withdrawn: Change | None = None
    dangling: bool = False


def fate(identifier: str, changes: Iterable[Change], current: Container[str]) -> Fate:
    """Follow ``identifier`` through any number of changes to an id of ``current``."""
    changes = tuple(changes)
    seen: set[str] = set()
    withdrawn: Change | None = None
    while identifier not in current:
        change = ending(identifier, changes)
        if change is None or identifier in seen:
            return Fate(withdrawn=withdrawn, dangling=True)
        seen.add(identifier)
        withdrawn = withdrawn or (change if change.withdrawn else None)
        if not change.to:
            return Fate(withdrawn=withdrawn)
        identifier = change.to
    return Fate(identifier, withdrawn)
