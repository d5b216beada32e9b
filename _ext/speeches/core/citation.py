"""How a speech is named to a reader: GB/T 7714-2025 (in force since 2026-07-01), numbered style.

An unknown author is left out; other unknown parts are said to be unknown, never guessed; an estimated year stands in
square brackets; every entry ends with a full stop.
"""

from __future__ import annotations

from .speech import Speech


def citation(speech: Speech) -> str:
    """The entry of an archived internal document: 题名[A].[保管地不详]:[保管单位不详],[2015]."""
    record = speech.record
    date = record.date if record else ""
    if date and record and record.date_basis:
        date = f"[{date}]"
    return f"{speech.title}[A].[保管地不详]:[保管单位不详],{date or '[日期不详]'}."


def short_title(speech: Speech) -> str:
    """《题名》."""
    return f"《{speech.title.replace('《', '〈').replace('》', '〉')}》"


def place_title(speech: Speech, offset: int) -> str:
    """《题名》第二部分（四）: a source line. ``offset`` in code points of the received text."""
    return short_title(speech) + speech.outline.place_at(offset)
