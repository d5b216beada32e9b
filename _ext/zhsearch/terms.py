"""The general index: each entry, and where it stands."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment.adapters.indexentries import IndexEntries

from .data import Term


def page_and_anchor(app: Sphinx, uri: str) -> tuple[str, str]:
    """An address of the builder's, taken apart. singlehtml writes ``#document-a#there`` for ``index.html#there``."""
    page, _, anchor = uri.partition("#")
    if uri.startswith("#"):
        page, anchor = app.config.root_doc + str(getattr(app.builder, "out_suffix", ".html")), anchor.rpartition("#")[2]
    return page, anchor


def _address(app: Sphinx, uri: str) -> str:
    return "#".join(filter(None, page_and_anchor(app, uri)))


def terms_of(app: Sphinx) -> tuple[Term, ...]:
    """Every entry, one of second rank behind its head, with the addresses of its places relative to the site."""
    if not app.config.html_use_index:
        return ()
    # Sphinx writes addresses of the index as from its own page, which lies at the root of the site.
    made = IndexEntries(app.env).create_index(app.builder)
    found: dict[str, tuple[str, ...]] = {}
    for _, entries in made:
        for name, (links, below, _key) in entries:
            if links:
                found[name] = tuple(_address(app, uri) for _, uri in links if uri)
            for second, second_links in below:
                found[f"{name} {second}"] = tuple(_address(app, uri) for _, uri in second_links if uri)
    return tuple(sorted(found.items()))
