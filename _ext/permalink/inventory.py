"""Every public id as a ``std`` label of objects.inv, named as a citation names it.

Another Sphinx project knows labels and not our domains; and what it prints for one is the display name of the inventory,
so that must say which book and which edition is meant. Inside the book, references keep the plain title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from .checking import final_page, in_this_edition
from .collect import BUILT_IN, public_ids
from .domain import PublicId
from .moved import MovedError, fate
from .published import PublishedError

_WITHOUT_PAGE = BUILT_IN - {"genindex", "search"}


class CitableStandardDomain(StandardDomain):
    """The standard domain, whose list of objects is for readers of other books."""

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        public = public_ids(self.env)
        for name, title, kind, page, anchor, priority in super().get_objects():
            if kind != "label" or not (name in public or name in _WITHOUT_PAGE):
                yield name, title, kind, page, anchor, priority
        for item in [*public.values(), *self._former(public)]:
            yield item.id, item.title, "label", item.page, item.anchor, -1

    def _former(self, public: Mapping[str, PublicId]) -> Iterator[PublicId]:
        """Ids that were given out and are no more: what stands for them now, or where their loss is told."""
        app = self.env._app  # a domain has no public way to the application
        try:
            published, changes = in_this_edition(app)
        except (MovedError, PublishedError):
            return  # told by this build's check
        for old in {p.id: p for p in published if p.id not in public}.values():
            found = fate(old.id, changes, public)
            if found.withdrawn and not found.dangling:
                title = f"《{self.env.config.project}》原编号 {old.id}（{found.withdrawn.on}撤下）"
                yield PublicId(old.id, final_page(self.env, old.page), old.id, "former", title)
            elif found.target:
                yield replace(public[found.target], id=old.id)


def register(app: Sphinx) -> None:
    """Put it in the place of Sphinx's own."""
    app.add_domain(CitableStandardDomain, override=True)
