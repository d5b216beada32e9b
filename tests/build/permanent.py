"""The root ``permanent``: what its ids are, and what a build says of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from book import Book
from sphinx.util.inventory import InventoryFile

from support import ROOT

DUPLICATE = "\n(ability-doing)=\n## 又一处\n\n编者的话。\n"
"""A section under a label that another chapter has."""


def with_templates(book: Book) -> Book:
    """Given the project's page templates, which print what is left on old pages."""
    shutil.copytree(ROOT / "_ext/booksite/pages", book.root / "_templates")
    return book


def ids(book: Book) -> dict[str, str]:
    """What published-ids.txt says: id → page."""
    lines = book.path("published-ids.txt").read_text(encoding="utf-8").split("\n")
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))  # type: ignore[misc]


def labels(out: Path) -> dict[str, Any]:
    """The std labels of a written inventory."""
    return dict(InventoryFile.loads((out / "objects.inv").read_bytes(), uri="").data["std:label"])


def move(name: str, page: str = "chapters/ability") -> str:
    """A record that an id left a page."""
    return f'[[moved]]\nid = "{name}"\nfrom = "{page}"\non = "2027-03-01"\n'


def problems(warnings: str) -> list[str]:
    """The subtypes of what permalink told, in order."""
    return re.findall(r"\[permalink\.\w+\]", warnings)
