"""Which archive and which verified text an edition was made from: two SHA-256 digests, and the short stamp printed of them."""

from __future__ import annotations

import hashlib
import json

from ..source.archive import Archive
from .shape import Report

_NOT_TEXT = {"page", "pdf_page", "line", "path"}
"""Where a quotation stands in files and on paper; the same book set in larger type has the same stamp."""


def archive_digest(archive: Archive) -> str:
    """Digest of every speech and record: hexadecimal SHA-256 over lines of id, text digest and record digest."""
    lines = sorted(f"{speech.id} {speech.digest} {speech.record_digest}\n" for speech in archive)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def report_digest(report: Report) -> str:
    """Digest of what was verified: every quotation with its outcome, without where it is printed."""
    items = [{key: value for key, value in item.items() if key not in _NOT_TEXT} for item in report["excerpts"]]
    text = json.dumps(items, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def book_digest(reading: str, report: Report) -> str:
    """Digest of everything that the book says and of what was verified. ``reading``: the digest of its reading text."""
    return hashlib.sha256(f"{reading} {report_digest(report)}".encode()).hexdigest()


_PRINTED = ("id", "kind", "number", "docname", "speech", "locator", "quoted", "pass")


def text_digest(report: Report) -> str:
    """Digest of what is printed as quoted, and from where: the same in every edition and size of one text."""
    items = [{key: value for key, value in item.items() if key in _PRINTED} for item in report["excerpts"]]
    return hashlib.sha256(
        json.dumps(items, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    ).hexdigest()


def short_stamp(archive: str, text: str) -> str:
    """核验码: the first eight digits of each, of the archive with its records and of the text."""
    return f"{archive[:8]}-{text[:8]}"
