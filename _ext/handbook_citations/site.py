"""The handbook as another project sees it: the inventory and ``citations.json`` of its site's folder."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.util.inventory import InventoryFile

INVENTORY, CITATIONS = "objects.inv", "citations.json"


@dataclass(frozen=True, slots=True)
class Site:
    """``titles``: public id → what a citation says, empty when the inventory cannot be used. ``problem``: why not.

    ``items`` and ``changes`` as in citations.json, empty when it is not there.
    """

    edition: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def usable(self) -> bool:
        """Whether references can be resolved."""
        return not self.problem


def read_site(folder: Path) -> Site:
    """Read what is there. Never raises for what another office put into the folder: ``problem`` says what is wrong."""
    path = folder / INVENTORY
    try:
        labels = InventoryFile.loads(path.read_bytes(), uri="").data
    except FileNotFoundError:
        return Site(
            problem=f"找不到手册的引用清单 {path}。\n  怎么办：请先生成手册网站，或核对 conf.py 的 handbook_site。"
        )
    except OSError as error:
        return Site(problem=f"手册的引用清单 {path} 读不出来：{error.strerror or error}。")
    except (ValueError, zlib.error, KeyError):
        return Site(
            problem=f"手册的引用清单 {path} 不完整，或者已经损坏。\n  怎么办：请重新生成手册网站，或重新复制整个文件夹。"
        )
    found = {name: item for (kind, name), item in _flat(labels).items() if kind == "std:label"}
    version = next((item.project_version for item in found.values()), "")
    data = _citations(folder / CITATIONS)
    return Site(
        edition=version,
        titles={name: item.display_name for name, item in found.items()},
        items=data.get("items", {}),
        changes=data.get("changes", {}),
    )


def digest(folders: list[Path]) -> str:
    """SHA-256 over everything in ``folders`` that a citing page depends on: inventory, citations, speeches, records."""
    total = hashlib.sha256()
    for folder in folders:
        names = [folder / INVENTORY, folder / CITATIONS, *sorted(folder.glob("*.txt")), *sorted(folder.glob("*.toml"))]
        for path in names:
            if path.is_file():
                total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _flat(data: Any) -> dict[tuple[str, str], Any]:
    """Sphinx keeps the inventory by kind and name, in one mapping or in two, by version."""
    return {
        key if isinstance(key, tuple) else (key, name): item
        for key, value in data.items()
        for name, item in (value.items() if isinstance(value, dict) else [(key[1], value)])
    }


def _citations(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) and data.get("version") == 1 else {}
