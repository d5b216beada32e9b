"""Which scripts and styles a page loads: the house's own, and of the others only what the page uses."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from zh.files import write_atomically

from . import sheets

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
    "home.css": 'class="home-page"|class="sd-',
    "speech.css": 'class="(?:speech|excerpt|coverage-bar)|data-source',
    "tables.css": "<table",
    "booksite/excerpts.js": 'class="(?:excerpt"|cite-this)',
    "booksite/source.js": 'class="excerpt"',
    "booksite/marks.js": "editorial-mark",
    "booksite/speech.js": 'class="speech"',
    "booksite/tables.js": "<table",
    "booksite/filter.js": "verification-table",
}
"""Style sheet or script → what a page must hold to need it, a pattern."""

DATA = ("speeches", "zhsearch/data.js")
"""What scripts fetch from ``_static``: words of the book, which name no element and are most of all that lies there."""

THEMES = ("styles/furo.css", "styles/furo-extensions.css", "sphinx-design.min.css")
"""Sheets that others wrote for every site; each is handed out without the rules that this one cannot use."""


def _trim(
    app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    # A page that its template makes alone, as 许可 and the index, has no body; it may hold tables.
    page = f"{context.get('body', '<table')}{context.get('cite_this', '')}"
    if pagename == app.config.root_doc:
        page += 'class="home-page"'  # the frame says so
    unused = (*UNUSED, *(name for name, sign in ONLY_WITH.items() if not re.search(sign, page)))
    for files in ("script_files", "css_files"):
        listed = context[files]
        assert isinstance(listed, list)
        context[files] = [file for file in listed if not _named(file, unused)]


def _named(asset: object, names: tuple[str, ...]) -> bool:
    return str(getattr(asset, "filename", asset)).partition("?")[0].endswith(names)


def _add_static(_app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    """What no page loads is not handed out, and of the themes' sheets only what the pages use."""
    if exception is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    for name in (*UNUSED, *(f"{name}.map" for name in ("scripts/furo.js", *THEMES))):
        (static / name).unlink(missing_ok=True)
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    if not pages:
        return  # an EPUB
    for path in static.rglob("*.css"):
        if not any(path.name in page for page in pages):
            path.unlink()
    texts = {path: path.read_text(encoding="utf-8") for path in static.rglob("*.css")}
    data = [static / name for name in DATA]
    scripts = (path for path in static.rglob("*.js") if not any(path.is_relative_to(place) for place in data))
    names = sheets.names_of(pages, (path.read_text(encoding="utf-8") for path in scripts))
    properties = sheets.properties_of(texts.values())
    for path, text in texts.items():
        if _named(path.as_posix(), THEMES):
            write_atomically(path, sheets.needed(text, names, properties))


def register(app: Sphinx) -> None:
    """Add the scripts, and leave out what a page does not use."""
    app.connect("config-inited", _add_static)
    for name in SCRIPTS:
        app.add_js_file(f"booksite/{name}", loading_method="defer")
    # After every other handler: some add scripts to one page alone.
    app.connect("html-page-context", _trim, priority=950)
    app.connect("build-finished", _sweep, priority=900)  # furo writes one more sheet
