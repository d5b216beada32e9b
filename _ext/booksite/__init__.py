"""Furniture of the site that no theme brings: its frame, scripts, edition line, descriptions; templates that escape."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import escaping, furniture, intact, look, scripts, stage

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    for part in (furniture, scripts, look, stage, escaping, intact):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
