"""For other Sphinx projects: cite the handbook by permanent id, and print its excerpts verified against the archive.

References go through intersphinx, from the inventory in the handbook's folder; nothing is fetched. In conf.py::

    extensions = ["myst_parser", "handbook_citations"]
    handbook_site = "../handbook"        # the folder of the handbook's site
    handbook_edition = "2026年版"         # the edition that is meant
    handbook_archive = "../archive"      # the archived speeches; only where excerpts are printed
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import config, excerpts, roles

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    app.setup_extension("sphinx.ext.intersphinx")
    for part in (config, roles, excerpts):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
