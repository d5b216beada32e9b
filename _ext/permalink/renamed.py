"""A page that was renamed leaves a page at its old address that leads to the new one, fragment and all, from file:// too."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from zh.files import write_atomically
from zh.fragments import fragment

from .domain import permalink_domain
from .redirects import final_page


def register(app: Sphinx) -> None:
    """``redirects``: old page → new page, relative to the old one. Written with the other pages that have no document."""
    # Only pages depend on it (by permalink_digest, which makes them be written again): nothing is read again.
    app.add_config_value("redirects", {}, "", dict, 'renamed pages: {"chapters/old": "new.html"}')
    app.connect("build-finished", _write)


def _write(app: Sphinx, exception: Exception | None) -> None:
    builder = app.builder
    if (
        exception is not None
        or not isinstance(builder, StandaloneHTMLBuilder)
        or builder.name not in ("html", "dirhtml")
    ):
        return
    redirects = permalink_domain(app.env).outcome.redirects
    for source in redirects:
        page = final_page(source, redirects)
        title = app.env.titles[page].astext() if page in app.env.titles else page
        html = fragment(
            "permalink", "redirect.html", language=(app.config.language or "").replace("_", "-"), title=title,
            target=builder.get_relative_uri(source, page),
        )  # fmt: skip
        write_atomically(builder.get_output_path(source), html)
