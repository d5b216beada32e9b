"""Nothing that a template prints is taken for HTML unless it says so.

The project's own templates escape by default (``|safe`` where a value is HTML). A theme's templates do not, and Sphinx hands
them plain text beside HTML: what is plain text is escaped before it gets there, in a form that is not escaped twice.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

_PLAIN = (
    "project",
    "version",
    "release",
    "copyright",
    "author",
    "docstitle",
    "shorttitle",
    "edition_date",
    "edition_kind",
    "edition_name",
    "rights_line",
)


def register(app: Sphinx) -> None:
    """Before the first page is made, and for each page after everything else that fills its context."""
    app.connect("builder-inited", _escape_by_default)
    app.connect("html-page-context", _escape_plain_text, priority=999)


def own_templates(app: Sphinx) -> frozenset[str]:
    """Names of the templates that the project brings itself."""
    folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
    return frozenset(p.relative_to(f).as_posix() for f in folders for p in f.rglob("*.html"))


def _escape_by_default(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        own = own_templates(app)
        # Asked for each template by name; "!page.html", the theme's own, is another name than "page.html".
        app.builder.templates.environment.autoescape = lambda name: name in own


def _escape_plain_text(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    for key in _PLAIN:
        value = context.get(key)
        if isinstance(value, str) and not isinstance(value, Markup):
            context[key] = escape(value)
