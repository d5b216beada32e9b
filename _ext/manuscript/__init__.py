"""What a chapter may hold: text, not programs. For Markdown that may come from anyone, on somebody's USB stick.

Substitutions take bare names; raw markup, HTML, formulas and reStructuredText are off unless conf.py allows them
(``manuscript_allows``); nothing is inserted, shown or offered that lies outside the project or in a sealed folder; links
lead to web pages, mail addresses and files of the book. What is refused is told, and prints as nothing.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import config, doctree, documents, parser

__version__ = "1.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Only registers."""
    app.setup_extension("myst_parser")
    for part in (config, parser, doctree, documents):
        part.register(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
