"""One entry of a list of references by GB/T 7714-2025 (in force since 2026-07-01), numbered style.

The order of the parts and the mark before each are the standard's (chapters 6 and 8), and so is their setting, which its
examples show: ``.`` ``[`` ``]`` ``//`` are narrow, a full stop is followed by a space, and ，：；（） are full-width. What is
not known is left out, never guessed, and never printed as 不详. Every entry ends with a full stop.
"""

from __future__ import annotations

from dataclasses import dataclass

ARCHIVE, COLLECTION, BOOK, WEB = "A", "C", "M", "EB/OL"
"""文献类型标识 (7.3): archives, collected papers and speeches, books, web pages."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks between the parts of an entry. What stands inside a part is printed as it is given."""

    stop: str = ". "
    colon: str = "："
    comma: str = "，"
    opening: str = "（"
    closing: str = "）"


FULL = Marks()
"""As the standard is set."""
NARROW = Marks(".", ":", ",", "(", ")")
"""For who needs ASCII marks without spaces, as many reference managers give them."""
MARKS = {"full": FULL, "narrow": NARROW}
"""Name in conf.py → marks."""


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


def entry(reference: Reference, marks: Marks = FULL) -> str:
    """The entry as text, ending with a full stop, also after an address."""
    r = reference
    head = _named(marks, r.author, r.title, r.other_title, r.number) + f"[{r.kind}]"
    if r.host:
        head += "//" + _named(marks, r.host.author, r.host.title, r.host.other_title)
    issued = _seen(r, marks) if r.kind == WEB else _issued(r, marks)
    return marks.stop.join(part for part in (head, r.edition, issued, r.url) if part) + "."


def _named(marks: Marks, author: str, *titles: str) -> str:
    title = marks.colon.join(part for part in titles if part)
    return f"{author}{marks.stop}{title}" if author else title


def _seen(reference: Reference, marks: Marks) -> str:
    """（发布日期）[引用日期]."""
    date = f"{marks.opening}{reference.date}{marks.closing}" if reference.date else ""
    return date + (f"[{reference.accessed}]" if reference.accessed else "")


def _issued(reference: Reference, marks: Marks) -> str:
    """出版地：出版者，年：页码, of which any may be unknown."""
    by = marks.colon.join(part for part in (reference.place, reference.publisher) if part)
    date = f"[{reference.date}]" if reference.date and reference.estimated else reference.date
    when = marks.comma.join(part for part in (by, date) if part)
    return marks.colon.join(part for part in (when, reference.locator) if part)
