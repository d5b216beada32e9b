"""The general index: each entry, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment.adapters.indexentries import IndexEntries

from .data import Term


def terms_of(app: Sphinx) -> tuple[Term, ...]:
    """Every entry, one of second rank behind its head, with the addresses of its places relative to the site."""
    if not app.config.html_use_index:
        return ()
    # Sphinx writes addresses of the index as from its own page, which lies at the root of the site.
    made = IndexEntries(app.env).create_index(app.builder)
    return tuple(sorted(dict(_flat(entries for _, entries in made)).items()))


def _flat(groups: Any) -> Iterator[Term]:
    for entries in groups:
        for name, (links, below, _key) in entries:
            if links:
                yield name, tuple(uri for _, uri in links)
            for second, second_links in below:
                yield f"{name} {second}", tuple(uri for _, uri in second_links)
