"""``excerpts.lock`` (核对记录): each quotation, and each speech, as someone last accepted it. One a line, sorted, versioned.

Format 3. Format 2, which knew neither names nor dated wording, and format 1, which knew no speeches, notes and corrections,
are still read; ``upgrade`` makes the one of the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from zh.encoding import UnreadableError, bounded
from zh.typed import typed

from ..errors import LockError

VERSION = 3
_READABLE = (1, 2, 3)
_SINCE_3 = frozenset({"called", "dated"})
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True, kw_only=True)
class LockEntry:
    """One accepted quotation. ``digest`` is the speech's SHA-256; ``flags`` those that were looked at and accepted.

    ``on`` is an ISO date; ``count`` how often an inline quotation stands in its document. ``note`` is the editor's;
    ``corrections``, ``restrictions`` and ``dated`` (wording of its time) are
    those of the record that touch it. ``line`` of the lock, 0 for a new one.
    """

    id: str
    kind: str
    docname: str
    speech: str
    locator: str
    text: str
    digest: str
    note: str = ""
    corrections: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    count: int = 1
    by: str = ""
    on: str = ""
    reason: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEntry:
    """One speech as accepted: what is printed of it with every quotation, and what of it must not be.

    ``called``: what the prose calls it, the name that is printed first; ``dated``: what is said of wording of its time.
    ``compared``: said to agree with the original. ``restrictions`` are places in the text of that ``digest``.
    """

    speech: str
    title: str
    digest: str
    occasion: str = ""
    level: str = ""
    speaker: str = ""
    date: str = ""
    compared: bool = False
    called: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole lock: quotations by their id, speeches by theirs. ``version``: the format that it was read from."""

    quotations: Mapping[str, LockEntry] = field(default_factory=dict)
    speeches: Mapping[str, SpeechEntry] = field(default_factory=dict)
    version: int = VERSION


def parse_lock(source: str, path: str = "excerpts.lock") -> Lock:
    """Raises LockError that lists every bad line; an empty source is an empty lock."""
    lines = [(number, line) for number, line in enumerate(source.split("\n"), 1) if line.strip()]
    if not lines:
        return Lock()
    version = _version(lines[0][1], path)
    problems: list[str] = []
    quotations: dict[str, LockEntry] = {}
    speeches: dict[str, SpeechEntry] = {}
    first: dict[str, int] = {}
    markers = [number for number, line in lines[1:] if line.startswith(_CONFLICT)]
    if markers:
        shown = "、".join(str(number) for number in markers)
        problems.append(
            f"{path}:{markers[0]}: 有合并冲突的标记（第{shown}行）。"
            f"请删去标记行，同一编号有两行的只留要的那一行，再运行 {typed('handbook check')}。"
        )
    for number, line in lines[1:]:
        if line.startswith(_CONFLICT):
            continue
        entry = _entry(line, number, version)
        if isinstance(entry, str):
            problems.append(f"{path}:{number}: {entry}")
            continue
        key = entry.id if isinstance(entry, LockEntry) else entry.speech
        if key in first and not markers:
            problems.append(f"{path}:{number}: {key} 重复（另一行是第{first[key]}行）。请删去其中一行。")
        first[key] = number
        if isinstance(entry, LockEntry):
            quotations[key] = entry
        else:
            speeches[key] = entry
    if problems:
        raise LockError("\n".join(problems))
    return Lock(quotations, speeches, version)


def format_lock(lock: Lock) -> str:
    """The file's text: a version line, speeches, quotations, one a line sorted by id; keys left out when empty."""
    lines = [json.dumps({"version": VERSION})]
    for entries in (lock.speeches, lock.quotations):
        lines += [json.dumps(_kept(entries[key]), ensure_ascii=False) for key in sorted(entries)]
    return "\n".join(lines) + "\n"


def read_lock(path: Path) -> Lock:
    """Read the lock; a missing file is an empty lock. LockError when it cannot be understood."""
    try:
        source = bounded(path).decode("utf-8-sig")
    except FileNotFoundError:
        return Lock()
    except UnicodeDecodeError:
        raise LockError(f"{path.name}: 不是 UTF-8 编码，请用版本管理恢复。") from None
    except UnreadableError as error:
        raise LockError(f"{path.name}: {error}") from None
    except OSError as error:
        raise LockError(f"{path.name}: 读不出来：{error.strerror or error}。") from None
    return parse_lock(source.replace("\r\n", "\n"), path.name)


def _version(line: str, path: str) -> int:
    header = _object(line)
    if header is None or "version" not in header:
        raise LockError(
            f'{path}:1: 第一行应是版本号 {{"version": {VERSION}}}。'
            f"请用版本管理恢复这个文件，或删去它、运行 {typed('handbook accept')} 重建。"
        )
    version = header["version"]
    if type(version) is not int or version not in _READABLE:
        raise LockError(f"{path}:1: 版本是 {version!r}，本程序只认识 {'、'.join(map(str, _READABLE))}。请更新程序。")
    return version


def _entry(line: str, number: int, version: int) -> LockEntry | SpeechEntry | str:
    """One line as an entry, or what is wrong with it."""
    data = _object(line)
    if data is None:
        return "不是完整的一条记录。请用版本管理恢复这一行，或删去它、重新认可。"
    kind: type[LockEntry] | type[SpeechEntry] = LockEntry if version == 1 or "id" in data else SpeechEntry
    types = _TYPES[kind] if version >= 3 else {k: value for k, value in _TYPES[kind].items() if k not in _SINCE_3}
    wrong = [
        key
        for key, value in data.items()
        if type(value) is not types.get(key) or (type(value) is list and any(type(item) is not str for item in value))
    ]
    missing = [f"缺 {key}" for key in _REQUIRED[kind] if key not in data]
    if wrong or missing:
        return f"键不对：{'、'.join(wrong + missing)}。"
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return kind(**values, line=number)


def _types(kind: type[LockEntry] | type[SpeechEntry]) -> dict[str, type]:
    """The JSON type of each key."""
    named = {"tuple[str, ...]": list, "int": int, "bool": bool}
    return {f.name: named.get(str(f.type), str) for f in fields(kind) if f.compare}


_TYPES = {kind: _types(kind) for kind in (LockEntry, SpeechEntry)}
_REQUIRED = {kind: [f.name for f in fields(kind) if f.default is MISSING] for kind in (LockEntry, SpeechEntry)}


def _kept(entry: LockEntry | SpeechEntry) -> dict[str, object]:
    defaults = {f.name: f.default for f in fields(entry)}
    data = {key: value for key, value in asdict(entry).items() if key != "line"}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in data.items() if v != defaults[k]}


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that stands twice says two things; json would take the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _object(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
