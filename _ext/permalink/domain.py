"""What documents say of permanent ids, by document, and what one build makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from .addresses import Leftover

Heading = tuple[int, str, str]
"""Line, title, and the id that will not do ("" when there is none)."""
Labels = dict[str, tuple[str, str]]
"""Name → anchor and title."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``redirects`` that hold, anchors to leave on old pages, and how many problems were told."""

    redirects: Mapping[str, str] = field(default_factory=dict)
    leftovers: Mapping[str, tuple[Leftover, ...]] = field(default_factory=dict)
    problems: int = 0


@dataclass(frozen=True, slots=True, order=True)
class PublicId:
    """``page`` is a document name (or ``genindex``), ``anchor`` its fragment without #, ``title`` what a citation says.

    ``kind``: page, section, part (a table, a figure), or what the domain calls its object.
    """

    id: str
    page: str
    anchor: str
    kind: str
    title: str


class PermalinkDomain(Domain):
    """Records by document. ``outcome`` and ``public`` are made once in a build, when every document is known, and never stored."""

    name = "permalink"
    label = "永久编号"
    initial_data: ClassVar[dict[str, object]] = {"headings": {}, "labels": {}}
    data_version = 1

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.headings: dict[str, list[Heading]] = self.data["headings"]
        """docname → its headings that have no permanent id."""
        self.labels: dict[str, Labels] = self.data["labels"]
        """docname → its labels, as its own source gives them."""
        self.outcome = Outcome()
        self.public: dict[str, PublicId] | None = None

    def clear_doc(self, docname: str) -> None:
        self.headings.pop(docname, None)
        self.labels.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: Mapping[str, Mapping[str, object]]) -> None:
        for kind in self.initial_data:
            self.data[kind].update({d: otherdata[kind][d] for d in docnames if d in otherdata[kind]})

    def resolve_any_xref(self, *_args: object, **_kwargs: object) -> list[tuple[str, nodes.reference]]:
        return []


def permalink_domain(env: BuildEnvironment) -> PermalinkDomain:
    """The domain, typed."""
    domain = env.domains["permalink"]
    assert isinstance(domain, PermalinkDomain)
    return domain


def register(app: Sphinx) -> None:
    """Add the domain."""
    app.add_domain(PermalinkDomain)
