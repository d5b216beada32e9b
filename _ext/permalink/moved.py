"""``moved-ids.toml``: where published ids went. Pure: imports neither sphinx nor docutils.

::

    [[moved]]                # the same id now stands on another page, or it is called otherwise
    id = "nengli-wenzi"
    to = "wenzi"             # left out: the id is the same
    on = "2027-03-01"

    [[withdrawn]]            # nothing of the kind is in the book any more
    id = "q.nengli-xuexi"
    on = "2027-03-01"
    replaced_by = "q.suzhi-xuexi"   # left out: nothing replaced it
    reason = "存档文本换过"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .published import ID


class MovedError(ValueError):
    """``moved-ids.toml`` cannot be understood; the message names every problem."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an id. ``to``: the id that stands for it now, perhaps the same; "" when nothing does.

    ``on``: ISO date. ``withdrawn``: the passage itself is no longer in the book.
    """

    id: str
    to: str
    on: str
    withdrawn: bool = False
    reason: str = ""


_KEYS = {"moved": {"id", "to", "on"}, "withdrawn": {"id", "on", "replaced_by", "reason"}}


def parse_moved(source: str, path: str = "moved-ids.toml") -> dict[str, Change]:
    """Changes by id. MovedError names every unknown key, missing value and wrong date."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise MovedError(f"{path}: 不是正确的 TOML：{error}。请照文件开头的例子写。") from None
    problems = [
        f"{path}: 不认识的表 [{name}]，只能是 [[moved]] 和 [[withdrawn]]。" for name in data if name not in _KEYS
    ]
    changes: dict[str, Change] = {}
    for kind in _KEYS:
        for number, item in enumerate(_tables(data, kind), 1):
            where = f"{path}: 第{number}个 [[{kind}]]"
            wrong = list(_wrong(kind, item))
            if not wrong and item["id"] in changes:
                wrong = [f"编号“{item['id']}”写了两次"]
            problems += [f"{where}：{what}。" for what in wrong]
            if not wrong:
                changes[item["id"]] = _change(kind, item)
    if problems:
        raise MovedError("\n".join(problems))
    return changes


def _tables(data: Mapping[str, Any], kind: str) -> list[Any]:
    value = data.get(kind, [])
    return value if isinstance(value, list) else [None]


def _wrong(kind: str, item: Any) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"请写成 [[{kind}]] 一节一条"
        return
    yield from (f"不认识的键 {key}" for key in sorted(item.keys() - _KEYS[kind]))
    on = item.get("on")
    if isinstance(on, date):
        item["on"] = on = on.isoformat()
    yield from (f"缺少 {key}，或不是文字" for key in ("id", "on") if not isinstance(item.get(key), str))
    for key in ("id", "to", "replaced_by"):
        value = item.get(key, "")
        if value and not (isinstance(value, str) and ID.match(value)):
            yield f"{key} = {value!r} 不是永久编号"
    if isinstance(on, str) and not _is_date(on):
        yield f"on = {on!r} 不是日期，应写成 2027-03-01 这样"
    if not isinstance(item.get("reason", ""), str):
        yield "reason 不是文字"


def _change(kind: str, item: Mapping[str, str]) -> Change:
    if kind == "moved":
        return Change(item["id"], item.get("to") or item["id"], item["on"])
    return Change(item["id"], item.get("replaced_by", ""), item["on"], True, item.get("reason", ""))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def successor(identifier: str, changes: Mapping[str, Change], current: Mapping[str, str]) -> str:
    """The id that stands for ``identifier`` today, through any number of changes; "" when none does."""
    seen = set()
    while identifier and identifier not in current:
        if identifier in seen or identifier not in changes:
            return ""
        seen.add(identifier)
        identifier = changes[identifier].to
    return identifier
