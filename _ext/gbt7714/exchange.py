"""A reference in the formats that other programs read: Markdown, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from .entry import ARCHIVE, BOOK, COLLECTION, FULL, Marks, Reference, entry

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&]|^[-+]|(?<=^\d)\.|(?<=^\d\d)\.)")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_PAGES = re.compile(r"[0-9ivxlc]+(-[0-9ivxlc]+)?\Z")
_BIBTEX_TYPES = {ARCHIVE: "archive", BOOK: "book", COLLECTION: "incollection"}
_CSL_TYPES = {ARCHIVE: "manuscript", BOOK: "book", COLLECTION: "chapter"}


def to_text(_identifier: str, reference: Reference, marks: Marks = FULL) -> str:
    """The entry as it stands in a list of references."""
    return entry(reference, marks)


def to_markdown(_identifier: str, reference: Reference, marks: Marks = FULL) -> str:
    """The entry with everything escaped that Markdown would take for markup (CommonMark 0.31, 2.4)."""
    return _MARKDOWN.sub(r"\\\1", entry(reference, marks))


def to_bibtex(identifier: str, reference: Reference, _marks: Marks = FULL) -> str:
    """One entry. Unknown fields are left out. ``@archive`` is understood by gbt7714 and biblatex-gb7714."""
    kind = "inbook" if reference.kind == BOOK and reference.locator else _BIBTEX_TYPES.get(reference.kind, "misc")
    host = reference.host
    fields = {
        "author": _corporate(reference.author),
        "title": _tex(reference.title),
        "editor": _corporate(host.author if host else ""),
        "booktitle": _tex(host.title if host else ""),
        "edition": _tex(reference.edition),
        "address": _tex(reference.place),
        "publisher": _tex(reference.publisher),
        "year": _tex(f"[{reference.date}]" if reference.estimated else reference.date),
        "chapter" if kind == "inbook" and not _PAGES.match(reference.locator) else "pages": _tex(reference.locator),
        "langid": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{identifier},\n{lines}}}"


def to_csl_json(identifier: str, reference: Reference, _marks: Marks = FULL) -> str:
    """A list of one item (CSL-JSON 1.0, as Zotero reads it). Unknown fields are left out."""
    host = reference.host
    item: dict[str, object] = {"id": identifier, "type": _CSL_TYPES.get(reference.kind, "document")}
    item |= _known(
        {
            "title": reference.title,
            "container-title": host.title if host else "",
            "edition": reference.edition,
            "publisher-place": reference.place,
            "publisher": reference.publisher,
            "page": reference.locator,
        }
    )
    for role, name in (("author", reference.author), ("editor", host.author if host else "")):
        if name:
            item[role] = [{"literal": name}]
    if reference.date:
        parts = reference.date.split("-")
        known = all(part.isdigit() for part in parts)
        date = {"date-parts": [[int(part) for part in parts]]} if known else {"literal": reference.date}
        item["issued"] = {**date, "circa": True} if reference.estimated else date
    return json.dumps([item | {"language": "zh-CN"}], ensure_ascii=False, indent=1)


FORMATS: Mapping[str, Callable[[str, Reference, Marks], str]] = {
    "text": to_text, "markdown": to_markdown, "bibtex": to_bibtex, "csl-json": to_csl_json,
}  # fmt: skip
"""Name of a format → function of the id, the reference, and the marks of an entry."""


def _known(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _corporate(name: str) -> str:
    """In braces of its own, or BibTeX would part it into given name and family name."""
    return f"{{{_tex(name)}}}" if name else ""
