"""``citations.json``: its shape, for the handbook that writes it and for whoever reads it. Pure.

An entry that is not whole, or holds a value of another type, is left out by the reader: what is printed as quoted must not
rest on half a record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NotRequired, TypedDict, TypeGuard, get_type_hints

CITATIONS = "citations.json"
VERSION = 1


class Item(TypedDict):
    """Anything that can be cited: where it stands, what a citation says, its entry by GB/T 7714."""

    page: str
    anchor: str
    kind: str
    title: str
    entry: str


class ExcerptItem(Item):
    """An excerpt, with its text and its place in the speech. ``cut``: a cut that may turn the sense was looked at."""

    speech: str
    digest: str
    locator: str
    text: str
    secondhand: bool
    note: str
    cut: bool


class ChangeItem(TypedDict):
    """An id that is no more: when, whether withdrawn, why, and what stands for it ``to``day ("" nothing)."""

    to: str
    on: str
    withdrawn: bool
    reason: str


class Citations(TypedDict):
    """The file. Ids are keys."""

    version: int
    title: str
    edition: str
    items: Mapping[str, Item | ExcerptItem]
    changes: NotRequired[Mapping[str, ChangeItem]]


class CitationsError(ValueError):
    """The file cannot be understood."""


def to_json(data: Citations) -> str:
    """The file's text, an entry a line; equal data give equal text."""
    return _object({key: _value(value) for key, value in data.items()}) + "\n"


_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _value(value: object) -> str:
    return _object({k: _encoded(v) for k, v in value.items()}) if isinstance(value, dict) else _encoded(value)


def _object(encoded: Mapping[str, str]) -> str:
    """An object in JSON, a key a line."""
    return "{\n" + ",\n".join(f"{_encoded(key)}: {encoded[key]}" for key in sorted(encoded)) + "\n}"


def from_json(text: str) -> Mapping[str, object]:
    """The object that ``text`` holds, its entries unread. CitationsError when it is not one of this version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise CitationsError(f"手册网站里的 {CITATIONS} 读不懂。")
    return data


def excerpts_in(data: Mapping[str, object]) -> dict[str, ExcerptItem]:
    """The whole entries of excerpts."""
    return {key: value for key, value in _entries(data, "items") if _is_excerpt(value)}


def changes_in(data: Mapping[str, object]) -> dict[str, ChangeItem]:
    """The whole entries of ids that are no more."""
    return {key: value for key, value in _entries(data, "changes") if _is_change(value)}


def _entries(data: Mapping[str, object], key: str) -> list[tuple[str, object]]:
    entries = data.get(key)
    return list(entries.items()) if isinstance(entries, dict) else []


def _is_excerpt(value: object) -> TypeGuard[ExcerptItem]:
    return _is_whole(value, ExcerptItem)


def _is_change(value: object) -> TypeGuard[ChangeItem]:
    return _is_whole(value, ChangeItem)


def _is_whole(value: object, shape: type) -> bool:
    return isinstance(value, dict) and all(type(value.get(k)) is kind for k, kind in get_type_hints(shape).items())
