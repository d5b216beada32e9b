"""The book as a Word file (.docx), from a Chinese Sphinx project, to be read and revised. ``setup`` only registers.

The builder ``docx`` writes handbook.docx with what zhprint prints: the same documents, in the same order, under the same
configuration (``zhprint_*``). It knows docutils nodes and class names, nothing of speeches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder; zhprint has the configuration."""
    from . import builder

    app.setup_extension("zhprint")
    builder.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
