"""Permanent addresses: every id that was given out keeps leading somewhere, and can be cited from outside by name.

Ids are given in the source and never derived from a title. ``published-ids.txt`` says which ones were given out, and is
written only by command; ``moved-ids.toml`` says where those went that are no longer where they were. Knows nothing of
speeches: whatever a domain lists as its objects is public.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import anchors, checking, collect, config, domain, headings, inventory, labels, renamed

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    for part in (config, domain, collect, labels, headings, checking, inventory, anchors, renamed):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
