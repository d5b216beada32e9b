"""A speech (讲话) and what its record says about it: frozen data, no behaviour beyond looking itself up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from .folding import Folded, fold
from .outline import Outline, build_outline


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of the received text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class EmendationKind(StrEnum):
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    TRANSCRIPTION = "transcription"


class RestrictionKind(StrEnum):
    WITHHOLD = "withhold"
    NOQUOTE = "noquote"
    SECONDHAND = "secondhand"


@dataclass(frozen=True, slots=True)
class Emendation:
    """A recorded correction (原文校订): the received ``original`` at ``span`` should read ``reading``.

    ``change`` is the smallest span that differs and ``replacement`` what stands there in ``reading``.
    """

    line: int
    span: Span
    original: str
    reading: str
    kind: EmendationKind
    change: Span
    replacement: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A span that must not be quoted freely, and why."""

    span: Span
    first_line: int
    last_line: int
    kind: RestrictionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Dated:
    """时效: wording of its time, whose time that was, and in what kind of document the current wording stands."""

    wording: str
    period: str
    look_up: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What ``<id>.toml`` says of a speech. Texts are empty where a thing is not known.

    ``called``: what the prose calls the speech, its short name first. ``order``: its place among the speeches.
    ``received``: the file as it came, and its digest; ``extracted``: how the text was taken from it.
    """

    title: str
    sha256: str
    called: tuple[str, ...] = ()
    order: int = 0
    occasion: str = ""
    level: str = ""
    speaker: str = ""
    date: str = ""
    date_basis: str = ""
    received: str = ""
    received_sha256: str = ""
    extracted: str = ""
    provenance: str = ""
    checked_against_original: bool = False
    rights: str = "internal"
    period_note: str = ""
    skip: tuple[tuple[int, int], ...] = ()
    join: tuple[tuple[int, int], ...] = ()


def left_out(length: int) -> str:
    """What is printed in place of that many withheld characters."""
    return f"（此处略去{length}字）"


@dataclass(frozen=True)
class Speech:
    """One archived text. ``text`` is the file as stored, decoded, line ends and byte order mark included."""

    id: str
    text: str
    digest: str
    record: Record | None = None
    record_digest: str = ""
    emendations: tuple[Emendation, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    cut: tuple[Span, ...] = field(default=())
    dated: tuple[Dated, ...] = ()
    record_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Where each key of the record stands, lines from 1."""

    @cached_property
    def outline(self) -> Outline:
        """Headings, paragraphs and sentences."""
        record = self.record
        return build_outline(self.text, record.skip if record else (), record.join if record else ())

    @cached_property
    def folded(self) -> Folded:
        """The folded text, lines that are not the speech cut out."""
        return fold(self.text, tuple((span.start, span.end) for span in self.cut))

    @cached_property
    def title(self) -> str:
        """The recorded title, else the first line of the text."""
        if self.record and self.record.title:
            return self.record.title
        return next((line.strip() for line in self.text.splitlines() if line.strip("\ufeff \u3000")), self.id)

    @property
    def called(self) -> str:
        """What the prose calls it: the recorded short name, else 《题名》."""
        if self.record and self.record.called:
            return self.record.called[0]
        return f"《{self.title}》"

    @cached_property
    def withheld(self) -> tuple[Span, ...]:
        """What stands on no page, in no search data and in no report, in the order of the text."""
        return tuple(sorted(r.span for r in self.restrictions if r.kind is RestrictionKind.WITHHOLD))

    def withholds(self, span: Span) -> bool:
        """Whether any of a span is withheld."""
        return any(secret.overlaps(span) for secret in self.withheld)

    def shown(self, span: Span) -> str:
        """The text of a span, withheld words replaced by how many they are."""
        out, position = [], span.start
        for secret in self.withheld:
            start, end = max(position, secret.start), min(span.end, secret.end)
            if start < end:
                out += [self.text[position:start], left_out(end - start)]
                position = end
        return "".join([*out, self.text[position : span.end]])

    @property
    def state(self) -> str:
        """Digest of text and record together: what a page that cites this speech depends on."""
        return f"{self.digest}:{self.record_digest}"
