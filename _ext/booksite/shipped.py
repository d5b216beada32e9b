"""What the site and the PDF carry from elsewhere, with versions and licences: shipped.toml as values. Pure.

Versions and licence texts are those of the packages that are installed, so that the page cannot fall behind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("shipped.toml")
_NAMES = ("licen", "copying", "notice")


@dataclass(frozen=True, slots=True)
class Shipped:
    """One part. ``package``: of the Python index, "" for a font; ``files`` and ``fonts``: patterns; ``text``: the licence's."""

    name: str
    licence: str
    use: str
    package: str = ""
    version: str = ""
    files: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    text: str = ""

    def has_file(self, name: str) -> bool:
        """Whether a file of the site is of it; a star does not cross a folder."""
        return any(p.count("/") == name.count("/") and fnmatchcase(name, p) for p in self.files)

    def has_font(self, name: str) -> bool:
        """Whether a face in the PDF, named without the tag of its subset, is of it."""
        return any(fnmatchcase(name, pattern) for pattern in self.fonts)


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every part in the order of the page."""
    entries: list[dict[str, Any]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))["shipped"]
    return tuple(_filled(_part(**entry)) for entry in entries)


def _part(*, files: Iterable[str] = (), fonts: Iterable[str] = (), **texts: str) -> Shipped:
    return Shipped(**texts, files=tuple(files), fonts=tuple(fonts))


def unknown(names: Iterable[str], *, fonts: bool = False) -> list[str]:
    """Files of a site, or faces of a PDF, that no part names."""
    return [n for n in names if not any(part.has_font(n) if fonts else part.has_file(n) for part in shipped())]


def _filled(part: Shipped) -> Shipped:
    if not part.package:
        return part
    try:
        found = distribution(part.package)
    except PackageNotFoundError:  # of a site that is built without it
        return part
    names = [
        path for path in found.files or () if path.name.lower().startswith(_NAMES) and ".dist-info" in path.parts[0]
    ]
    texts = [Path(str(path.locate())).read_text(encoding="utf-8", errors="replace").strip() for path in sorted(names)]
    # The licence of a font is not that of the compiler which brings it.
    return replace(part, version=part.version or found.version, text="" if part.fonts else "\n\n".join(texts))
