"""One entry of a list of references by GB/T 7714-2025 (in force since 2026-07-01), numbered style.

The order of the parts and the mark before each are the standard's (chapters 6 and 8); its wide and narrow forms of the
same mark, and spaces after them, are typography, and here they are narrow and without spaces. What is not known is said
to be unknown where the standard has words for it (7.5.2, 7.5.3), and left out where it lets one (7.1); never guessed.
Every entry ends with a full stop.
"""

from __future__ import annotations

from dataclasses import dataclass

ARCHIVE, COLLECTION, BOOK, WEB = "A", "C", "M", "EB/OL"
"""文献类型标识 (7.3): archives, collected papers and speeches, books, web pages."""
_UNKNOWN = {ARCHIVE: ("保管地不详", "保管单位不详")}
_UNKNOWN_PRINTED = ("出版地不详", "出版者不详")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The work that a cited part stands in (//)."""

    title: str
    author: str = ""
    other_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What is cited. Texts are empty where a thing is unknown; ``date`` is as far as known ("2015", "2015-05").

    ``estimated``: the year was inferred, and stands in [ ] (7.5.4.3). ``number``: an archive's 档号. ``locator``: pages,
    or where they have no number what they are called (序2-3, 摘录3-2; 7.7). ``accessed``: ISO date, of web pages alone.
    """

    kind: str
    title: str
    author: str = ""
    other_title: str = ""
    number: str = ""
    host: Host | None = None
    edition: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    estimated: bool = False
    locator: str = ""
    url: str = ""
    accessed: str = ""


def entry(reference: Reference) -> str:
    """The entry as text, ending with a full stop, also after an address."""
    head = _named(reference.author, reference.title, reference.other_title, reference.number) + f"[{reference.kind}]"
    if reference.host:
        head += "//" + _named(reference.host.author, reference.host.title, reference.host.other_title)
    parts = [head]
    if reference.edition:
        parts.append(reference.edition)
    if reference.kind == WEB:
        dates = (f"({reference.date})" if reference.date else "") + (
            f"[{reference.accessed}]" if reference.accessed else ""
        )
        parts += [dates] if dates else []
    else:
        parts.append(_issued(reference))
    if reference.url:
        parts.append(reference.url)
    return ".".join(parts) + "."


def _named(author: str, *titles: str) -> str:
    title = ":".join(part for part in titles if part)
    return f"{author}.{title}" if author else title


def _issued(reference: Reference) -> str:
    nowhere, nobody = _UNKNOWN.get(reference.kind, _UNKNOWN_PRINTED)
    date = reference.date or "日期不详"
    if reference.estimated or not reference.date:
        date = f"[{date}]"
    place, publisher = reference.place or f"[{nowhere}]", reference.publisher or f"[{nobody}]"
    return f"{place}:{publisher},{date}" + (f":{reference.locator}" if reference.locator else "")
