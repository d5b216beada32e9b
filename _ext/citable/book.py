"""The handbook as a book that is cited, and its excerpts as works in a collection (GB/T 7714-2025). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from gbt7714.entry import BOOK, COLLECTION, Host, Reference
from speeches.core.source.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The handbook itself. ``edition`` is 版本 (2026年版), ``year`` that of the edition; unknown texts are empty."""

    title: str
    editor: str
    edition: str
    year: str
    place: str = ""
    publisher: str = ""


def book_reference(book: Book, locator: str = "") -> Reference:
    """The handbook, or a place in it: its chapters have no author of their own, so they are places and not 析出文献."""
    return Reference(
        kind=BOOK, title=book.title, author=book.editor, edition=book.edition, place=book.place,
        publisher=book.publisher, date=book.year, locator=locator,
    )  # fmt: skip


def excerpt_reference(speech: Speech, book: Book, locator: str) -> Reference:
    """A speech as the handbook prints it: a work in a collection, found there at ``locator``."""
    return Reference(
        kind=COLLECTION, title=speech.title, host=Host(title=book.title, author=book.editor), edition=book.edition,
        place=book.place, publisher=book.publisher, date=book.year, locator=locator,
    )  # fmt: skip
