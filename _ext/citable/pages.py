"""引用本章 and 引用: what a page says of how it is cited."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from gbt7714.entry import entry
from permalink.checking import read_published
from permalink.collect import public_ids
from permalink.published import PublishedError
from permalink.titles import chapter_number
from speeches.nodes import excerpt

from .references import page_reference


class NameExcerpts(SphinxPostTransform):
    """An excerpt knows by which name other texts cite it. After the verdicts are filled in (priority 5)."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        excerpts = list(self.document.findall(excerpt))
        public = public_ids(self.env) if excerpts else {}
        for block in excerpts:
            if block.get("citation") and block["claim"] in public:
                block["cited_as"] = public[block["claim"]].title


def register(app: Sphinx) -> None:
    """The page template prints what is left in the page's context."""
    app.add_post_transform(NameExcerpts)
    app.connect("html-page-context", _context)


def _given_out(app: Sphinx) -> set[str]:
    try:
        return {published.id for published in read_published(app)}
    except PublishedError:
        return set()  # told by this build's check


def _context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    if not chapter_number(app.env, pagename):
        return
    ids = [p for p in public_ids(app.env).values() if p.kind == "page" and p.page == pagename]
    given_out = _given_out(app)
    # A heading may have several ids: the one that was given out is the one to go on with.
    public = min(ids, key=lambda p: (p.id not in given_out, p.id), default=None)
    if public is not None:
        text = entry(page_reference(app.env, public))
        context["cite_this"] = {"id": public.id, "title": public.title, "entry": text}
