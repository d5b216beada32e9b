"""The terms of the general index as objects with permanent ids: 统筹协调 is ``term.tong-chou-xie-tiao``.

The id depends on the term alone, not on its place in the index nor on the pages where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

_logger = logging.getLogger(__name__)
_FIRST_ONLY = {"single", "see", "seealso"}


def terms_of(entries: Iterable[tuple[str, str]]) -> list[str]:
    """The top-level terms of index entries (type and value, as Sphinx keeps them), sorted."""
    found: set[str] = set()
    for kind, value in entries:
        parts = [part.strip() for part in value.split(";")]
        found.update(part for part in (parts[:1] if kind in _FIRST_ONLY else parts) if part)
    return sorted(found)


def term_id(term: str) -> str:
    """``term.`` and the term's pinyin without tones, one syllable after another; other characters part words.

    A lone capital says that it is one: the option -X of a command is another than its -x.
    """
    from pypinyin import lazy_pinyin  # its dictionaries take most of a second: not where every id is known

    letters = [character for character in term if character.isalpha()]
    if len(letters) == 1 and letters[0].isascii() and letters[0].isupper():
        term = f"upper-{term}"
    return "term." + re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(term)).lower()).strip("-")


class TermDomain(Domain):
    """Ids that were made are kept between builds: making one takes the dictionaries of pinyin."""

    name = "zhindex"
    label = "主题索引"
    object_types: ClassVar[dict[str, ObjType]] = {"term": ObjType("词条")}
    initial_data: ClassVar[dict[str, object]] = {"ids": {}}
    data_version = 2  # 2: lone capitals

    def ids(self) -> dict[str, str]:
        """Term → id, for every term of the index."""
        entries = self.env.domains.index_domain.entries
        terms = terms_of((entry[0], entry[1]) for listed in entries.values() for entry in listed)
        given: Mapping[str, str] = self.env.config.zhindex_ids
        known: dict[str, str] = self.data["ids"]
        for term in terms:
            if term not in known:
                known[term] = term_id(term)
        return {term: given.get(term) or known[term] for term in terms}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for term, identifier in self.ids().items():
            yield identifier, f"主题索引“{term}”", "term", "genindex", identifier, -1

    def clear_doc(self, docname: str) -> None:
        pass

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, object]) -> None:
        self.data["ids"].update(otherdata["ids"])

    def resolve_any_xref(self, *_args: object, **_kwargs: object) -> list[tuple[str, nodes.reference]]:
        return []


def tell_collisions(_app: Sphinx, env: BuildEnvironment) -> None:
    """Two terms of one pinyin: one of them needs an id of its own."""
    domain = env.domains["zhindex"]
    assert isinstance(domain, TermDomain)
    first: dict[str, str] = {}
    for term, identifier in domain.ids().items():
        other = first.setdefault(identifier, term)
        if other != term:
            message = (
                f"索引词“{other}”和“{term}”的永久编号都是 {identifier}。\n"
                f'  怎么办：在 conf.py 写 zhindex_ids = {{"{term}": "{identifier}-2"}}，给后定的一个另起编号。'
            )
            _logger.warning(message, type="zhindex", subtype="collision")
