"""When things happen: scripts are added when the builder starts, text is gathered while pages are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from .data import FILE
from .gather import Gatherer

_STATIC = Path(__file__).parent / "static"

# On every page; each file is one idea and needs only those before it.
PAGE = ("loader.js", "shortcut.js", "start.js")
# What the list and the marks stand on.
BASE = ("fold.js", "written.js", "ranges.js", "words.js", "view.js")
# When a reader first goes to a search box.
LIST = (*BASE, "live.js")
# When a page was opened by a result.
MARKS = (*BASE, "hits.js", "opened.js")
STYLE = "zhsearch.css"
# The engine, after the list.
ENGINE = (
    "corpus.js", "query.js", "find.js", "direct.js", "terms.js", "same.js", "question.js", "paired.js", "pinyin.js", "near.js",
    "cover.js", "snippet.js", "search.js",
)  # fmt: skip


def register(app: Sphinx) -> None:
    """Everything else waits for the builder."""
    app.connect("builder-inited", _begin)


def _begin(app: Sphinx) -> None:
    if app.builder.format != "html" or not getattr(app.builder, "search", False):
        return
    # A new list: the configuration's own may be shared, and is compared with the last build's.
    app.config.html_static_path = [*app.config.html_static_path, str(_STATIC)]
    gatherer = Gatherer(app)
    options = {
        "exclude": sorted(gatherer.config.excluded),
        "list": _addresses(STYLE, *LIST),
        "marks": _addresses(STYLE, *MARKS),
        "engine": _addresses(*ENGINE),
        "data": f"_static/{FILE}",
        "page": not isinstance(app.builder, SingleFileHTMLBuilder),
    }
    app.add_js_file(None, body=f"window.zhsearchOptions={json.dumps(options, ensure_ascii=False)};")
    for name in PAGE:
        app.add_js_file(f"zhsearch/{name}", loading_method="defer")
    app.connect("doctree-resolved", gatherer.note, priority=900)  # after every transform and handler that adds text
    if options["page"]:
        app.connect("html-collect-pages", _Finish(gatherer))
        app.connect("html-page-context", _search_page)
    else:  # this builder collects no pages
        app.connect("build-finished", gatherer.finish_single)


def _addresses(*names: str) -> list[str]:
    return [f"_static/zhsearch/{name}" for name in names]


class _Finish:
    """After the last page and before the search page, so that the search page knows the script's checksum."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.gatherer = gatherer

    def __call__(self, app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
        self.gatherer.finish()
        return iter(())


def _search_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: nodes.document | None
) -> None:
    """On this page alone everything is loaded at once: after searchtools.js, before ``Search.init``."""
    if pagename == "search":
        app.add_css_file(f"zhsearch/{STYLE}")
        for name in (FILE, *(f"zhsearch/{name}" for name in (*LIST, *ENGINE, "page.js"))):
            app.add_js_file(name, loading_method="defer")
