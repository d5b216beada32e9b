"""Where the book is published, as far as it is known."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from .book import Book


def register(app: Sphinx) -> None:
    """Add the values; a change writes every page again."""
    app.add_config_value("citable_place", "", "html", str, "出版地 in citations; empty: unknown")
    app.add_config_value("citable_publisher", "", "html", str, "编印单位 in citations; empty: unknown")


def book_of(config: Config) -> Book:
    """Title, editors and edition; what conf.py leaves empty is unknown."""
    return Book(
        title=config.project, editor=config.author, edition=config.version, year=config.release.partition(".")[0],
        place=config.citable_place, publisher=config.citable_publisher,
    )  # fmt: skip
