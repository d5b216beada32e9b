"""Full-text Chinese search that works from a double click (file://). ``setup`` only registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register configuration, the search language, and the handlers that gather text and add the scripts."""
    from . import config, events
    from .language import ChineseSubstrings

    config.register(app)
    app.add_search_language(ChineseSubstrings)
    events.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
