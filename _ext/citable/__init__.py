"""How this handbook is cited: 引用本章 on each chapter, and ``citations.json`` for whoever cites it from outside."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import data, pages

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    for name in ("speeches", "permalink"):
        app.setup_extension(name)
    for part in (pages, data):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
