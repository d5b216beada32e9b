"""What is added to each page: edition line, description, levels of headings, ids that stand once."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from zh.fragments import fragment

_LONGEST_DESCRIPTION = 110
_TAG = re.compile(r"<[^>]*>")
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')


def description(doctree: nodes.document) -> str:
    """The first paragraph of prose, cut to what search engines and file managers show (characters)."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) >= 20 and not isinstance(paragraph.parent, (nodes.entry, nodes.field_body)):
            return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"
    return ""


def of_edition(config: Config, value: str | dict[str, str]) -> str:
    """A value that may differ by edition: one text for all, or one for each value of conf.py's ``edition``."""
    return value if isinstance(value, str) else value.get(str(getattr(config, "edition", "")), "")


def css_string(text: str) -> str:
    """What stands between the quotation marks of a CSS string, and ends neither it nor a style element."""
    return "".join(c if c.isalnum() or ord(c) > 0xA0 else f"\\{ord(c):x} " for c in text)


def _plain(title: str) -> str:
    return unescape(_TAG.sub("", title)).strip()


def _note_pdf(app: Sphinx, config: Config) -> None:
    """A link only to a file that is there; pages are written again when it comes or goes."""
    if config.booksite_pdf and not (Path(app.outdir) / config.booksite_pdf).is_file():
        config.booksite_pdf = ""


def _page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, object], doctree: nodes.document | None
) -> None:
    config = app.config
    kind, rights = of_edition(config, config.booksite_kind), of_edition(config, config.booksite_rights)
    context["edition_kind"] = kind
    context["edition_date"] = config.booksite_edition_date
    context["edition_name"] = " ".join(part for part in (config.project, config.version, kind) if part)
    context["rights_line"] = rights
    context["running_head"] = css_string(
        " · ".join(filter(None, (config.html_title, _plain(str(context.get("title", ""))))))
    )
    context["book_pdf"] = config.booksite_pdf
    context["page_edition"] = fragment(
        "booksite", "page-edition.html", project=config.project, version=config.version, kind=kind,
        edition_date=config.booksite_edition_date, rights_line=rights, stamp=config.booksite_stamp,
    )  # fmt: skip
    # Sphinx gives captions of the contents role="heading" and no level (WCAG 1.3.1, 4.1.2).
    for key in ("furo_navigation_tree", "toctree"):
        if isinstance(tree := context.get(key), str):
            context[key] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    text = description(doctree) if doctree is not None else ""
    text = text or f"{config.project}：{context.get('title', '')}"
    tags = _VIEWPORT.sub("", str(context.get("metatags", "")))  # the theme has one
    context["metatags"] = f'{tags}<meta name="description" content="{escape(text)}" />'


class NoDuplicateIds(SphinxPostTransform):
    """furo wraps a table in a container that repeats its ids; an id may stand once only."""

    default_priority = 800

    def run(self, **kwargs: object) -> None:
        for table in self.document.findall(nodes.table):
            if isinstance(table.parent, nodes.container) and table.parent["ids"] == table["ids"]:
                table.parent["ids"] = []


def register(app: Sphinx) -> None:
    """Configuration values, a transform and a handler."""
    app.add_config_value("booksite_edition_date", "", "html", str, "date of this edition, as printed")
    for name, what in (
        ("booksite_rights", "line on every page, such as 内部资料，免费交流"),
        ("booksite_kind", "全本 or 节本"),
    ):
        app.add_config_value(name, "", "html", (str, dict), f"{what}; or a table of them by the value of `edition`")
    app.add_config_value("booksite_stamp", "", "html", str, "核验码 of a published edition; set by `handbook edition`")
    app.add_config_value(
        "booksite_pdf", "", "html", str, "the printed book, beside index.html; linked where it is there"
    )
    app.connect("config-inited", _note_pdf)
    app.add_post_transform(NoDuplicateIds)
    # After the theme, which makes the contents in the same event.
    app.connect("html-page-context", _page_context, priority=900)
