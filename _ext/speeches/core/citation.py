"""What of the handbook and its speeches is cited as which kind of work (GB/T 7714-2025, numbered style)."""

from __future__ import annotations

from dataclasses import dataclass

from gbt7714.entry import ARCHIVE, BOOK, COLLECTION, Host, Reference, entry

from .source.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The handbook itself. ``edition`` is 版本 (2026年版), ``year`` that of the edition; unknown texts are empty."""

    title: str
    editor: str
    edition: str
    year: str
    place: str = ""
    publisher: str = ""


def speech_reference(speech: Speech, locator: str = "") -> Reference:
    """An archived internal document. The speaker is left out: who spoke is not known (HANDBOOK)."""
    record = speech.record
    date = record.date if record else ""
    estimated = bool(date and record and record.date_basis)
    return Reference(kind=ARCHIVE, title=speech.title, date=date, estimated=estimated, locator=locator)


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


def citation(speech: Speech) -> str:
    """The entry of an archived internal document: 题名[A].[保管地不详]:[保管单位不详],[2015]."""
    return entry(speech_reference(speech))


def short_title(speech: Speech) -> str:
    """《题名》."""
    return f"《{speech.title.replace('《', '〈').replace('》', '〉')}》"


def place_title(speech: Speech, offset: int) -> str:
    """《题名》第二部分（四）: a source line. ``offset`` in code points of the received text."""
    return short_title(speech) + speech.outline.place_at(offset)
