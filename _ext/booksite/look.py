"""The look of a handbook's site on furo: its page templates, style sheets, side bar, and the page for a lost address."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from .shipped import shipped

PAGES = Path(__file__).parent / "pages"
STATIC = Path(__file__).parent / "static" / "booksite"

SHEETS = ("handbook.css", "home.css", "speech.css", "tables.css", "print.css")
"""In the order in which they are loaded."""

SIDEBAR = ("brand", "edition", "search", "scroll-start", "navigation", "index-link", "scroll-end")
_AFTER_THE_THEME = 800


def register(app: Sphinx) -> None:
    """Only where the theme is furo, whose frame the templates fill. What conf.py says itself goes before."""
    app.connect("config-inited", _apply)
    app.connect("html-page-context", _has_index)
    app.connect("html-page-context", _has_parts)


def _apply(app: Sphinx, config: Config) -> None:
    if config.html_theme != "furo":
        return
    config.templates_path = [*config.templates_path, str(PAGES)]
    for sheet in SHEETS:
        app.add_css_file(f"booksite/{sheet}", priority=_AFTER_THE_THEME)
    config.html_favicon = config.html_favicon or str(STATIC / "favicon.svg")
    config.html_additional_pages = {"404": "404.html", "licences": "licences.html"} | config.html_additional_pages
    config.html_sidebars = config.html_sidebars or {"**": [f"sidebar/{name}.html" for name in SIDEBAR]}


def _has_parts(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    if pagename == "licences":
        context["shipped"] = shipped()


def _has_index(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    context["has_index"] = any(app.env.domains.index_domain.entries.values())
