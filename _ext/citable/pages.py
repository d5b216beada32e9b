"""引用本章 and 引用: what a page says of how it is cited."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from gbt7714.entry import entry
from permalink.checking import read_published
from permalink.collect import object_title, public_ids
from permalink.published import ID, PublishedError
from permalink.titles import chapter_number
from speeches.check.checked import checked
from speeches.config import marks_of_entries
from speeches.nodes import excerpt
from zh.fragments import fragment

from .references import excerpt_of, page_reference


class CiteExcerpts(SphinxPostTransform):
    """An excerpt that agrees with the archive knows its entry, and by which name other texts cite it."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        env = self.env
        for block in list(self.document.findall(excerpt)):
            item = checked(env).by_id.get(block["claim"])
            reference = excerpt_of(env, item) if item else None
            if item and reference:
                block["data"] = {"citation": entry(reference, marks_of_entries(env.config))}
                if ID.match(item.claim.id):
                    block["data"]["cited-as"] = object_title(env, item.claim.docname, reference.locator)


def register(app: Sphinx) -> None:
    """``cite_this`` in each page's context is HTML; the page template prints it as it is."""
    app.add_post_transform(CiteExcerpts)
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
        text = entry(page_reference(app.env, public), marks_of_entries(app.config))
        context["cite_this"] = fragment("citable", "cite-this.html", id=public.id, title=public.title, entry=text)
