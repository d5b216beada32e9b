"""Which scripts and styles a page loads: the house's own, and of the others only what the page uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parent / "static"

SCRIPTS = (
    "base.js", "clipboard.js", "reading.js", "copying.js", "excerpts.js", "marks.js", "frame.js", "source.js", "speech.js",
    "tables.js", "filter.js", "place.js",
)  # fmt: skip
"""In the order in which they are loaded; base.js comes first."""

UNUSED = (
    "documentation_options.js", "doctools.js", "sphinx_highlight.js", "translations.js", "design-tabs.js",
    "searchtools.js", "language_data.js", "scripts/furo-extensions.js",
)  # fmt: skip
"""Scripts of Sphinx and sphinx-design that nothing here needs: zhsearch searches and marks, no page has tabs. Several
are written in a newer JavaScript than the oldest browser served knows, where they stop with an error."""

ONLY_WITH = {
    "pygments.css": 'class="highlight',
    "sphinx-design.min.css": 'class="sd-',
    "styles/furo-extensions.css": 'class="sd-',
}
"""Style sheet → what a page must hold to need it."""


def _trim(
    _app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    body = str(context.get("body", ""))
    context["script_files"] = [s for s in context["script_files"] if not _named(s, UNUSED)]
    context["css_files"] = [
        sheet
        for sheet in context["css_files"]
        if not any(_named(sheet, (name,)) and sign not in body for name, sign in ONLY_WITH.items())
    ]


def _named(asset: object, names: tuple[str, ...]) -> bool:
    return str(getattr(asset, "filename", asset)).partition("?")[0].endswith(names)


def _add_static(_app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    """What no page loads is not handed out either."""
    if exception is None and app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        for name in (*UNUSED, *(f"{name}.map" for name in ("scripts/furo.js", "styles/furo.css"))):
            (static / name).unlink(missing_ok=True)


def register(app: Sphinx) -> None:
    """Add the scripts, and leave out what a page does not use."""
    app.connect("config-inited", _add_static)
    for name in SCRIPTS:
        app.add_js_file(f"booksite/{name}", loading_method="defer")
    # After every other handler: some add scripts to one page alone.
    app.connect("html-page-context", _trim, priority=950)
    app.connect("build-finished", _sweep)
