"""What a reader finds who opens an old address: at the foot of the old page, an anchor that leads to the new place."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zh.fragments import fragment

from .addresses import Leftover
from .collect import public_ids
from .domain import PublicId, permalink_domain


def register(app: Sphinx) -> None:
    """``moved_here`` in each page's context is HTML; the page template prints it as it is."""
    app.connect("env-get-updated", _pages)
    app.connect("html-page-context", _context)


def _pages(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """They are few, and what they say depends on other pages: written in every build."""
    return sorted(permalink_domain(env).outcome.leftovers.keys() & env.found_docs)


def leftover_line(app: Sphinx, item: Leftover, public: Mapping[str, PublicId], page: str) -> dict[str, str]:
    """``id``, ``text`` before the link, ``title`` and ``href`` of the link ("" when nothing replaced it)."""
    found = public.get(item.target)
    href = title = ""
    if found is not None:
        href = app.builder.get_relative_uri(page, found.page) + (f"#{found.anchor}" if found.anchor else "")
        title = found.title
    change = item.change
    reason = f"（{change.reason}）" if change.reason else ""
    if change.withdrawn:
        text = f"“{item.id}”已于{change.on}撤下{reason}" + ("，现由下面的内容代替：" if found else "，没有代替的内容。")
    else:
        text = f"“{item.id}”已于{change.on}移到："
    return {"id": item.id, "text": text, "title": title, "href": href}


def _context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    items = permalink_domain(app.env).outcome.leftovers.get(pagename, ())
    if items:
        public = public_ids(app.env)
        lines = [leftover_line(app, item, public, pagename) for item in items]
        context["moved_here"] = fragment("permalink", "moved-here.html", items=lines)
