"""Parts of a training handbook that have nothing to do with quoting: 自查清单, 表单 and 笔记栏."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from . import forms, selftest, worksheets

__version__ = "1.1.0"

SCRIPTS = {
    "writing.js": 'class="(?:form|notes-space)',
    "checklist.js": 'class="checklist',
    "forms.js": 'class="form',
    "notes.js": 'class="notes-space',
}
"""Script → what a page must hold to need it, a pattern; in the order in which they are loaded."""


def _add_static(app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(Path(__file__).parent / "static")]


def _add_to_page(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    needed = [name for name, sign in SCRIPTS.items() if re.search(sign, str(context.get("body", "")))]
    for name in needed:
        app.add_js_file(f"teaching/{name}", loading_method="defer")
    if needed:
        app.add_css_file("teaching/teaching.css")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, the files of the forms, and what makes them fillable on the site."""
    app.setup_extension("booksite")  # the scripts of a page stand on booksite's
    worksheets.register(app)
    forms.register(app)
    selftest.register(app)
    app.connect("config-inited", _add_static)
    app.connect("html-page-context", _add_to_page)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
