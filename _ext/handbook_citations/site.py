"""The handbook as another project sees it: the inventory and ``citations.json`` of its site's folder."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.util.inventory import InventoryFile

from citable.shape import CITATIONS, ChangeItem, CitationsError, ExcerptItem, changes_in, excerpts_in, from_json
from zh.encoding import UnreadableError, bounded

INVENTORY = "objects.inv"
LARGEST = 50_000_000
"""Bytes of citations.json, and of the inventory when it is unpacked. Those of this book have some hundred kB."""
_HEADER_LINES = 4


@dataclass(frozen=True, slots=True)
class Site:
    """``titles``: public id → what a citation says, empty when the inventory cannot be used. ``problem``: why not.

    ``excerpts`` and ``changes``: what citations.json says of excerpts and of ids that are no more, whole entries only;
    ``remark``: why they are empty.
    """

    edition: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    excerpts: Mapping[str, ExcerptItem] = field(default_factory=dict)
    changes: Mapping[str, ChangeItem] = field(default_factory=dict)
    problem: str = ""
    remark: str = ""

    @property
    def usable(self) -> bool:
        """Whether references can be resolved."""
        return not self.problem


def read_site(folder: Path) -> Site:
    """Read what is there. Never raises for what the folder holds: ``problem`` and ``remark`` say what is wrong."""
    path = folder / INVENTORY
    if not path.is_file():
        return Site(
            problem=f"找不到手册的引用清单 {path}。\n  怎么办：请先生成手册网站，或核对 conf.py 的 handbook_site。"
        )
    try:
        inventory = InventoryFile.loads(_unpackable(path), uri="").data
    except UnreadableError as error:
        return Site(problem=f"手册的引用清单 {path.name} {error}")
    except OSError as error:
        return Site(problem=f"手册的引用清单 {path} 读不出来：{error.strerror or error}。")
    except (ValueError, LookupError, TypeError, AttributeError, zlib.error):  # whatever Sphinx's reader lets through
        return Site(
            problem=f"手册的引用清单 {path} 不完整，或者已经损坏。\n  怎么办：请重新生成手册网站，或重新复制整个文件夹。"
        )
    labels = {name: item for (kind, name), item in _flat(inventory).items() if kind == "std:label"}
    if not labels:
        return Site(
            problem=f"{path} 里没有可以引用的编号，不是手册的引用清单。\n  怎么办：请核对 conf.py 的 handbook_site。"
        )
    one = next(iter(labels.values()))
    titles = {name: item.display_name for name, item in labels.items()}
    data, remark = _citations(folder / CITATIONS)
    if data and (data.get("title"), data.get("edition")) != (one.project_name, one.project_version):
        told = f"{data.get('title')}{data.get('edition')}"
        data, remark = (
            {},
            f"{CITATIONS} 属于{told}，引用清单属于{one.project_name}{one.project_version}，不是同一次生成的。",
        )
    return Site(
        edition=one.project_version,
        titles=titles,
        excerpts=excerpts_in(data),
        changes=changes_in(data),
        remark=remark,
    )


def digest(folders: list[Path]) -> str:
    """SHA-256 over everything in ``folders`` that a citing page depends on: inventory, citations, speeches, records."""
    total = hashlib.sha256()
    for folder in folders:
        names = [folder / INVENTORY, folder / CITATIONS, *sorted(folder.glob("*.txt")), *sorted(folder.glob("*.toml"))]
        for path in names:
            if path.is_file():
                with path.open("rb") as file:
                    total.update(path.name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def _flat(data: Any) -> dict[tuple[str, str], Any]:
    """Sphinx keeps the inventory by kind and name, in one mapping or in two, by version."""
    return {
        key if isinstance(key, tuple) else (key, name): item
        for key, value in data.items()
        for name, item in (value.items() if isinstance(value, dict) else [(key[1], value)])
    }


def _unpackable(path: Path) -> bytes:
    """The inventory, packed, which is not too long when unpacked: a few kB of zeros may fill the memory."""
    data = bounded(path)
    packed = data.split(b"\n", _HEADER_LINES)[-1]
    if (
        data.startswith(b"# Sphinx inventory version 2")
        and len(zlib.decompressobj().decompress(packed, LARGEST)) == LARGEST
    ):
        raise UnreadableError(
            1, f"解开以后超过 {LARGEST // 1_000_000} MB，不像是引用清单", "请从给手册网站的人那里重新要一份。"
        )
    return data


def _citations(path: Path) -> tuple[Mapping[str, object], str]:
    if not path.is_file():
        return {}, f"手册网站里没有 {CITATIONS}。"
    try:
        return from_json(bounded(path, LARGEST).decode("utf-8")), ""
    except UnreadableError as error:
        return {}, f"手册网站里的 {CITATIONS} {error}"
    except (OSError, UnicodeDecodeError):
        return {}, f"手册网站里的 {CITATIONS} 读不懂。"
    except CitationsError as error:
        return {}, str(error)
