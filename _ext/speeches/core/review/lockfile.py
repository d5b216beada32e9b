"""``excerpts.lock`` (核对记录): each quotation as someone last accepted it. One a line, sorted, versioned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from zh.typed import typed

from ..errors import LockError

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LockEntry:
    """One accepted quotation. ``digest`` is the speech's SHA-256; ``flags`` those that were looked at and accepted.

    ``on`` is an ISO date; ``count`` how often an inline quotation stands in its document.
    """

    id: str
    kind: str
    docname: str
    speech: str
    locator: str
    text: str
    digest: str
    flags: tuple[str, ...] = ()
    count: int = 1
    by: str = ""
    on: str = ""
    reason: str = ""


_TYPES: dict[str, type] = {field.name: str for field in fields(LockEntry)} | {"flags": list, "count": int}
_OPTIONAL = {"flags", "count", "by", "on", "reason"}


def parse_lock(source: str, path: str = "excerpts.lock") -> dict[str, LockEntry]:
    """Entries by id. Raises LockError that lists every bad line; an empty source is an empty lock."""
    lines = [(number, line) for number, line in enumerate(source.split("\n"), 1) if line.strip()]
    if not lines:
        return {}
    problems: list[str] = []
    entries: dict[str, LockEntry] = {}
    header = _object(lines[0][1])
    if header is None or "version" not in header:
        raise LockError(
            f'{path}:1: 第一行应是版本号 {{"version": {VERSION}}}。'
            f"请用版本管理恢复这个文件，或删去它、运行 {typed('handbook accept')} 重建。"
        )
    if header["version"] is True or header["version"] != VERSION:
        raise LockError(f"{path}:1: 版本是 {header['version']!r}，本程序只认识 {VERSION}。请更新程序。")
    for number, line in lines[1:]:
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            problems.append(
                f"{path}:{number}: 有合并冲突的标记，请两边的行都留下、删去标记行，再运行 {typed('handbook check')}。"
            )
            continue
        data = _object(line)
        if data is None:
            problems.append(f"{path}:{number}: 不是完整的一条记录。")
            continue
        wrong = [key for key in data if key not in _TYPES or type(data[key]) is not _TYPES[key]]
        wrong += (
            ["flags"] if "flags" not in wrong and any(type(flag) is not str for flag in data.get("flags", ())) else []
        )
        missing = [key for key in _TYPES if key not in data and key not in _OPTIONAL]
        if wrong or missing:
            problems.append(f"{path}:{number}: 键不对：{'、'.join(wrong + [f'缺 {key}' for key in missing])}。")
            continue
        entry = LockEntry(**{**data, "flags": tuple(data.get("flags", ()))})
        if entry.id in entries:
            problems.append(f"{path}:{number}: {entry.id} 重复。")
        entries[entry.id] = entry
    if problems:
        raise LockError("\n".join(problems))
    return entries


def format_lock(entries: Mapping[str, LockEntry]) -> str:
    """The file's text: a version line, then one entry a line sorted by id; optional keys left out when empty."""
    lines = [json.dumps({"version": VERSION})]
    for key in sorted(entries):
        data = asdict(entries[key])
        data["flags"] = list(data["flags"])
        kept = {k: v for k, v in data.items() if k not in _OPTIONAL or v not in ("", [], 1)}
        lines.append(json.dumps(kept, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def read_lock(path: Path) -> dict[str, LockEntry]:
    """Read the lock; a missing file is an empty lock. LockError when it cannot be understood."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise LockError(f"{path.name}: 不是 UTF-8 编码，请用版本管理恢复。") from None
    except OSError as error:
        raise LockError(f"{path.name}: 读不出来：{error.strerror or error}。") from None
    return parse_lock(source.replace("\r\n", "\n"), path.name)


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
