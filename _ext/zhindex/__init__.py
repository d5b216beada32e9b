"""The general index in pinyin order with letter groups, as Chinese readers look things up.

Sphinx sorts Chinese by code point (sphinx/environment/adapters/indexentries.py). This extension sorts the finished
entries again when the index page is written, and knows nothing of any particular book.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from .terms import TermDomain, tell_collisions

__version__ = "1.0.0"

Entry = tuple[str, Any]
"""A term and what Sphinx keeps for it: links, subentries, category key."""


def pinyin_key(term: str) -> tuple[list[str], str]:
    """Sort key: syllables with tone numbers, then the term itself."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take most of a second: not in builds without an index

    return [syllable.lower() for syllable in lazy_pinyin(term, style=Style.TONE3, neutral_tone_with_five=True)], term


def initial(term: str) -> str:
    """The letter group of a term: A to Z, or # where no letter fits."""
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(term, style=Style.NORMAL)
    letter = syllables[0][:1].upper() if syllables else ""
    return letter if letter.isascii() and letter.isalpha() else "#"


def in_pinyin_order(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries sorted by pinyin, in groups by initial; # comes last."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: pinyin_key(entry[0])):
        groups.setdefault(initial(entry[0]), []).append(entry)
    return sorted(groups.items(), key=lambda group: (group[0] == "#", group[0]))


def _anchored(term: str, details: object, ids: Mapping[str, str]) -> Entry:
    """The term as HTML, behind the anchor that the inventory names."""
    anchor = Markup('<span id="{}"></span>').format(ids[term]) if term in ids else Markup()
    return anchor + Markup.escape(term), details


def _sort_index(
    app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    if pagename != "genindex" or "genindexentries" not in context:
        return
    groups = context["genindexentries"]
    assert isinstance(groups, list)
    context["genindexentries"] = ordered = in_pinyin_order(entry for _, group in groups for entry in group)
    context["genindexcounts"] = [sum(1 + len(details[1]) for _, details in group) for _, group in ordered]
    domain = app.env.domains["zhindex"]
    assert isinstance(domain, TermDomain)
    context["term_ids"] = ids = domain.ids()
    if "booksite" not in app.extensions:  # whose template gives each term its id; those of themes do not
        context["genindexentries"] = [(letter, [_anchored(*e, ids) for e in group]) for letter, group in ordered]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the terms, which have ids of their own, and the order of the index."""
    app.add_config_value("zhindex_ids", {}, "env", dict, "term → id, for terms whose pinyin is another term's too")
    app.add_domain(TermDomain)
    app.connect("env-updated", tell_collisions)
    app.connect("html-page-context", _sort_index)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
