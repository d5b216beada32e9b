"""What is added to each page: edition line, description, levels of headings, ids that stand once."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from zh.fragments import fragment

_LONGEST_DESCRIPTION = 110


def description(doctree: nodes.document) -> str:
    """The first paragraph of prose, cut to what search engines and file managers show (characters)."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) >= 20 and not isinstance(paragraph.parent, (nodes.entry, nodes.field_body)):
            return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"
    return ""


def _page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    context["edition_date"] = app.config.booksite_edition_date
    context["rights_line"] = app.config.booksite_rights
    context["page_edition"] = fragment(
        "booksite", "page-edition.html", project=app.config.project, version=app.config.version,
        edition_date=app.config.booksite_edition_date, rights_line=app.config.booksite_rights,
        stamp=app.config.booksite_stamp,
    )  # fmt: skip
    # Sphinx gives captions of the contents role="heading" and no level (WCAG 1.3.1, 4.1.2).
    for key in ("furo_navigation_tree", "toctree"):
        if isinstance(context.get(key), str):
            context[key] = context[key].replace('role="heading"', 'role="heading" aria-level="2"')
    text = description(doctree) if doctree is not None else ""
    text = text or f"{app.config.project}：{context.get('title', '')}"
    context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{escape(text)}" />'


class NoDuplicateIds(SphinxPostTransform):
    """furo wraps a table in a container that repeats its ids; an id may stand once only."""

    default_priority = 800

    def run(self, **kwargs: Any) -> None:
        for table in self.document.findall(nodes.table):
            if isinstance(table.parent, nodes.container) and table.parent["ids"] == table["ids"]:
                table.parent["ids"] = []


def register(app: Sphinx) -> None:
    """Configuration values, a transform and a handler."""
    app.add_config_value("booksite_edition_date", "", "html", str, "date of this edition, as printed")
    app.add_config_value("booksite_rights", "", "html", str, "line on every page, such as 内部资料，免费交流")
    app.add_config_value("booksite_stamp", "", "html", str, "核验码 of a published edition; set by `handbook edition`")
    app.add_post_transform(NoDuplicateIds)
    # After the theme, which makes the contents in the same event.
    app.connect("html-page-context", _page_context, priority=900)
