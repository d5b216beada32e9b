"""The shape of ``report.json`` and of the lines of ``handbook verify --jsonl`` (DESIGN, "Contracts"), for writer and readers.

Offsets are code points into the UTF-8 text of ``source_speeches/<speech>.txt`` as stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

VERSION = 1


class Spot(TypedDict):
    """Where a fragment stands in its speech."""

    start: int
    end: int


class PassageItem(Spot):
    """A place of a speech and what it says."""

    speech: str
    locator: str
    text: str


class EditItem(TypedDict):
    """The worst difference: its kind, what the source says, what is printed."""

    kind: str
    source: str
    printed: str


_Passed = TypedDict("_Passed", {"pass": bool})  # a keyword of Python, so no name in a class


class Line(_Passed):
    """The outcome of one request; ``id`` as it was given."""

    id: object
    text: str
    place: str
    source: str
    flags: list[str]
    fragments: list[Spot]
    edit: EditItem | None
    nearest: PassageItem | None
    found: PassageItem | None
    features: list[str]
    candidates: list[PassageItem | None]


class Status(TypedDict):
    """The four questions of a verdict."""

    text: str
    place: str
    source: str
    review: str


class CutItem(TypedDict):
    """Words beside a cut that may turn the sense."""

    where: str
    words: list[str]
    context: str


class Accepted(TypedDict):
    """Who accepted a quotation, when (ISO date), and why."""

    by: str
    on: str
    reason: str


class Item(_Passed):
    """One quotation as printed. ``line`` counts from 1.

    Equal quotes of one document and place share their ``id``, which is their line of the lock: ``count`` says how many
    they are, ``occurrence`` which of them this is, from 1; id and occurrence together are unique. ``page`` (as printed) and
    ``pdf_page`` (from 1) are of the first of them.
    """

    id: str
    occurrence: int
    count: int
    number: str
    docname: str
    path: str
    line: int
    kind: str
    speech: str
    locator: str
    quoted: str
    status: Status
    flags: list[str]
    features: list[str]
    fragments: list[Spot]
    edit: EditItem | None
    nearest: PassageItem | None
    found: PassageItem | None
    candidates: list[PassageItem | None]
    omitted: list[str]
    clipped: list[CutItem]
    accepted: Accepted | None
    findings: list[str]
    page: NotRequired[str]
    pdf_page: NotRequired[int]


class FindingItem(TypedDict):
    """What is wrong with no single quotation. ``line`` 0: the whole file."""

    subtype: str
    path: str
    line: int
    message: str


class SpeechItem(TypedDict):
    """A speech, and the SHA-256 of its text and of its record."""

    title: str
    digest: str
    record: str


class ChapterItem(TypedDict):
    """A document of the book; ``number`` 0: none."""

    title: str
    number: int


class Edition(TypedDict):
    """Which edition was verified."""

    title: str
    version: str
    release: str
    date: str
    kind: str


class Summary(TypedDict):
    """Counts of everything that a reviewer asks first."""

    quotations: int
    excerpts: int
    quotes: int
    passed: int
    failed: int
    other_findings: int
    text: dict[str, int]
    review: dict[str, int]
    flags: dict[str, int]
    ok: bool


class Printed(TypedDict):
    """What the proof of one made file found."""

    ok: bool
    problems: list[str]


class Book(TypedDict):
    """What is said of the edition; an older report may lack it.

    ``ids``: permanent id → page; ``print``: by what was made, added by ``handbook check-print``.
    """

    edition: NotRequired[Edition]
    chapters: NotRequired[Mapping[str, ChapterItem]]
    ids: NotRequired[Mapping[str, str]]
    print: NotRequired[Mapping[str, Printed]]


class Report(Book):
    """The file."""

    version: int
    speeches: Mapping[str, SpeechItem]
    excerpts: Sequence[Item]
    findings: Sequence[FindingItem]
    summary: Summary
