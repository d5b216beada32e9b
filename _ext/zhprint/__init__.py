"""A printed book, as PDF through Typst, from a Chinese Sphinx project. ``setup`` only registers.

The builder ``typst`` writes handbook.typ and handbook.pdf. It knows docutils nodes, class names and its own
configuration, and of other extensions only zhindex's pinyin order. No network: the compiler is in the ``typst`` wheel,
the fonts are in folders (``python -m zhprint.fetch`` brings free ones once).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register configuration and builder."""
    # Imported here, because `python -m zhprint.fetch` runs without Sphinx.
    from . import builder, config, latex

    config.register(app)
    builder.register(app)
    latex.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
