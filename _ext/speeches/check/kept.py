"""What was told of each page, kept beside the doctrees under digests of everything that it follows from.

Only what stands on a page in the editor's own words; a quotation is verified in every build. The archive is hashed in
every build, so that a kept finding answers for the bytes on the disk: when one of a page, of any speech or record, of
the list of terms or of this program is another, nothing is found under its digest, and the page is judged again.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from zh.files import write_atomically
from zh.typed import typed

from ..core.prose.notice import Notice
from ..core.review.finding import Finding, Subtype
from ..core.source.archive import Archive

Told = Finding | Notice
_PROGRAM = Path(__file__).parents[2]


def basis_of(archive: Archive, terms: Iterable[str], folder: str) -> str:
    """Digest of what findings on any page rest on: archive, terms, program, and how a command is typed here."""
    program = [
        hashlib.sha256(path.read_bytes()).digest()
        for package in ("speeches", "zh")
        for path in sorted((_PROGRAM / package).rglob("*.py"))
    ]
    libraries = sys.version, version("rapidfuzz"), typed("handbook")
    speeches = [(speech.id, speech.state) for speech in archive]
    return _digest(repr((program, libraries, speeches, archive.ids(), tuple(terms), folder)).encode())


def page_key(docpath: str, said: bytes) -> str:
    """Digest of a page: of its path and of all that it says, as it is recorded."""
    return _digest(b"%s\0%s" % (docpath.encode(), said))


def read_kept(path: Path, basis: str) -> dict[str, tuple[Told, ...]]:
    """Page key → what was told; nothing where it rests on something else, or where the file is not as it was written."""
    try:
        seal, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    if seal != _seal(basis, text):
        return {}
    return {key: tuple(map(_told, rows)) for key, rows in json.loads(text).items()}


def write_kept(path: Path, basis: str, pages: Mapping[str, tuple[Told, ...]]) -> None:
    """Whole or not at all."""
    text = json.dumps({key: [_row(told) for told in page] for key, page in pages.items()})
    write_atomically(path, f"{_seal(basis, text)}\n{text}")


def _seal(basis: str, text: str) -> str:
    return _digest(f"{basis}\n{text}".encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _row(told: Told) -> list[str | int]:
    if isinstance(told, Notice):
        return [told.message, told.path, told.line]
    return [told.message, told.path, told.line, told.subtype, told.cause]


def _told(row: list[str | int]) -> Told:
    message, path, line, *rest = row
    if rest:
        return Finding(Subtype(str(rest[0])), str(message), str(path), int(line), str(rest[1]))
    return Notice(str(message), str(path), int(line))
