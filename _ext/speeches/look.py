"""A plain look for excerpts, under any theme; booksite has one of its own."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

_STATIC = Path(__file__).parent / "static"
SHEET = "speeches/speeches.css"


def register(app: Sphinx) -> None:
    """When every extension is known."""
    app.connect("builder-inited", _add)


def _add(app: Sphinx) -> None:
    if app.builder.format == "html" and "booksite" not in app.extensions:
        app.config.html_static_path = [*app.config.html_static_path, str(_STATIC)]
        app.add_css_file(SHEET)
