"""How a speech is named to a reader: as an archived document (GB/T 7714-2025), by its title, by a place in it."""

from __future__ import annotations

from gbt7714.entry import ARCHIVE, FULL, Marks, Reference, entry

from .source.speech import Speech


def speech_reference(speech: Speech, locator: str = "") -> Reference:
    """An archived internal document. The speaker is left out: who spoke is not known (HANDBOOK)."""
    record = speech.record
    date = record.date if record else ""
    estimated = bool(date and record and record.date_basis)
    return Reference(kind=ARCHIVE, title=speech.title, date=date, estimated=estimated, locator=locator)


def citation(speech: Speech, marks: Marks = FULL) -> str:
    """The entry of an archived internal document: 题名[A]. [2015]."""
    return entry(speech_reference(speech), marks)


def short_title(speech: Speech) -> str:
    """《题名》."""
    return f"《{speech.title.replace('《', '〈').replace('》', '〉')}》"


def place_title(speech: Speech, offset: int) -> str:
    """《题名》第二部分（四）: a source line. ``offset`` in code points of the received text."""
    return short_title(speech) + speech.outline.place_at(offset)
