"""Every public id as a ``std`` label of objects.inv, named as a citation names it.

Another Sphinx project knows labels and not our domains; and what it prints for one is the display name of the inventory,
so that must say which book and which edition is meant. Inside the book, references keep the plain title.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from .checking import final_page, read_moved, read_published
from .collect import public_ids
from .moved import MovedError, successor
from .published import PublishedError


class CitableStandardDomain(StandardDomain):
    """The standard domain, whose list of objects is for readers of other books."""

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        public = public_ids(self.env)
        for name, title, kind, page, anchor, priority in super().get_objects():
            if kind != "label" or name not in public:
                yield name, title, kind, page, anchor, priority
        for item in public.values():
            yield item.id, item.title, "label", item.page, item.anchor, -1
        yield from self._former(public.keys())

    def _former(self, current: object) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Ids that were given out and are no more: what stands for them now, or where their loss is told."""
        app = self.env._app
        public = public_ids(self.env)
        try:
            changes, pages = read_moved(app), {p.id: p.page for p in read_published(app)}
        except (MovedError, PublishedError):
            return  # told by this build's check
        for name, change in sorted(changes.items()):
            if name in public or name not in pages:
                continue
            target = successor(name, changes, {i: p.page for i, p in public.items()})
            if target and not change.withdrawn:
                found = public[target]
                yield name, found.title, "label", found.page, found.anchor, -1
            else:
                title = f"《{self.env.config.project}》原编号 {name}（{change.on} 撤下）"
                yield name, title, "label", final_page(app, pages[name]), name, -1


def register(app: Sphinx) -> None:
    """Put it in the place of Sphinx's own."""
    app.add_domain(CitableStandardDomain, override=True)
