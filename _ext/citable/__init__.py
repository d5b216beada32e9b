"""How this handbook is cited: 引用本章 on each chapter, and ``citations.json`` for whoever cites it from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    # Imported here: other projects read `shape` without the handbook's own extensions.
    from . import config, data, pages

    for name in ("speeches", "permalink"):
        app.setup_extension(name)
    for part in (config, pages, data):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
