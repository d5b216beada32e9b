"""引用本章 and 引用: what a page says of how it is cited."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from gbt7714.entry import entry
from permalink.checking import read_published
from permalink.collect import object_title, public_ids
from permalink.domain import PublicId
from permalink.published import ID, PublishedError
from permalink.titles import chapter_number
from speeches.check.checked import checked
from speeches.config import marks_of_entries
from speeches.nodes import excerpt
from zh.fragments import fragment

from .config import book_of
from .references import excerpt_of, page_reference


class CiteExcerpts(SphinxPostTransform):
    """An excerpt that agrees with the archive knows its entry, and by which name other texts cite it."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        env = self.env
        book, marks, outcome = book_of(env.config), marks_of_entries(env.config), checked(env)
        for block in list(self.document.findall(excerpt)):
            item = outcome.by_id.get(block["claim"])
            reference = excerpt_of(book, outcome, item) if item else None
            if item and reference:
                block["data"] = {"citation": entry(reference, marks)}
                if ID.match(item.claim.id):
                    block["data"]["cited-as"] = object_title(env, item.claim.docname, reference.locator)


class ChapterCitations:
    """How each page that begins a chapter is cited, found out once a build."""

    def __init__(self) -> None:
        self.chapters: dict[str, PublicId] | None = None

    def leave(
        self, app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
    ) -> None:
        """``cite_this`` in the page's context is HTML; the page template prints it as it is."""
        if not chapter_number(app.env, pagename):
            return
        if self.chapters is None:
            self.chapters = _chapters(app)
        public = self.chapters.get(pagename)
        if public is not None:
            text = entry(page_reference(book_of(app.config), public), marks_of_entries(app.config))
            context["cite_this"] = fragment("citable", "cite-this.html", id=public.id, title=public.title, entry=text)


def register(app: Sphinx) -> None:
    """The page template prints what is left in a page's context."""
    app.add_post_transform(CiteExcerpts)
    app.connect("html-page-context", ChapterCitations().leave)


def _chapters(app: Sphinx) -> dict[str, PublicId]:
    """Page → the id that it is cited by: of several, one that was given out is the one to go on with."""
    try:
        given_out = {published.id for published in read_published(app)}
    except PublishedError:
        given_out = set()  # told by this build's check
    pages = (public for public in public_ids(app.env).values() if public.kind == "page")
    return {p.page: p for p in sorted(pages, key=lambda p: (p.id not in given_out, p.id), reverse=True)}
