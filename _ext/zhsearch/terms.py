"""The general index: each entry, and where it stands."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment.adapters.indexentries import IndexEntries

from .data import Term


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
                found[name] = tuple(uri for _, uri in links if uri)
            for second, second_links in below:
                found[f"{name} {second}"] = tuple(uri for _, uri in second_links if uri)
    return tuple(sorted(found.items()))
