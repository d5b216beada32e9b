"""What a reader finds who opens an old address: at the foot of the old page, an anchor that leads to the new place."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .addresses import Leftover
from .collect import PublicId, public_ids


def register(app: Sphinx) -> None:
    """Leave word in each page's context; the page template prints it."""
    app.connect("env-get-updated", _pages)
    app.connect("html-page-context", _context)


def _pages(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """They are few, and what they say depends on other pages: written in every build."""
    return sorted(leftovers(env).keys() & env.found_docs)


def leftover_line(app: Sphinx, item: Leftover, public: dict[str, PublicId], page: str) -> dict[str, str]:
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
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    items = leftovers(app.env).get(pagename, ())
    if items:
        public = public_ids(app.env)
        context["moved_here"] = [leftover_line(app, item, public, pagename) for item in items]


def leftovers(env: BuildEnvironment) -> dict[str, tuple[Leftover, ...]]:
    """Page → anchors to leave there, as this build found them."""
    return getattr(env, "permalink_leftovers", {})
