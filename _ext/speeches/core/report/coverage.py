"""Which passages of the archive are quoted, in which chapters; which are not, and which are restricted."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zh.encoding import UnreadableError, bounded

from ..errors import CoreError
from ..review.review import Reviewed
from ..source.archive import Archive
from ..source.speech import RestrictionKind, Span, Speech

LEAST_OVERLAP = 8
"""Characters of a passage that a quotation must share for the passage to count as quoted."""


class Use(StrEnum):
    """What became of a sentence. A sentence that is only partly restricted counts by the rest of it."""

    QUOTED = "quoted"
    UNQUOTED = "unquoted"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class SentenceUse:
    """One sentence, its locator, and the documents that quote it."""

    locator: str
    span: Span
    use: Use
    docnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechCoverage:
    """A speech's sentences in order; counts are of code points."""

    speech: str
    sentences: tuple[SentenceUse, ...]
    quoted: int
    quotable: int
    total: int


@dataclass(frozen=True, slots=True)
class ThemeLabel:
    """A passage that carries a theme, by one reader's judgement."""

    id: str
    speech: str
    span: Span
    theme: str
    second_theme: str = ""


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """How many labelled passages of a theme may be quoted, and how many are."""

    theme: str
    free: int
    quoted: int
    missing: tuple[ThemeLabel, ...]


def speech_coverage(speech: Speech, reviewed: Iterable[Reviewed]) -> SpeechCoverage:
    """Coverage of one speech by the quotations that agree with it."""
    uses = [
        (span, item.claim.docname)
        for item in reviewed
        if item.claim.speech == speech.id and item.verdict.agrees
        for span in item.verdict.fragments
    ]
    uses.sort()
    starts = [used.start for used, _ in uses]
    longest = max((used.end - used.start for used, _ in uses), default=0)
    restricted = sorted(r.span for r in speech.restrictions if r.kind is not RestrictionKind.SECONDHAND)
    sentences = []
    quoted_characters = quotable = total = 0
    for paragraph in speech.outline.paragraphs:
        for sentence in paragraph.sentences:
            span = Span(sentence.start, sentence.end)
            length = span.end - span.start
            blocked = _covered(span, restricted)
            near = uses[bisect_left(starts, span.start - longest) : bisect_left(starts, span.end)]
            shared = [(docname, _overlap(span, used)) for used, docname in near]
            quoted = _covered(span, [used for used, _ in near])
            docnames = tuple(
                sorted({docname for docname, size in shared if size >= max(1, min(LEAST_OVERLAP, length))})
            )
            use = Use.QUOTED if docnames else Use.RESTRICTED if blocked * 2 > length else Use.UNQUOTED
            sentences.append(SentenceUse(f"p{paragraph.line}.s{sentence.number}", span, use, docnames))
            total += length
            quotable += length - blocked
            quoted_characters += quoted
    return SpeechCoverage(speech.id, tuple(sentences), quoted_characters, quotable, total)


def matrix(archive: Archive, reviewed: Sequence[Reviewed]) -> dict[str, dict[str, int]]:
    """speech → document → number of quotations that agree."""
    counts: dict[str, dict[str, int]] = {speech.id: {} for speech in archive}
    for item in reviewed:
        if item.verdict.agrees:
            row = counts[item.claim.speech]
            row[item.claim.docname] = row.get(item.claim.docname, 0) + 1
    return counts


def theme_coverage(
    archive: Archive, reviewed: Sequence[Reviewed], labels: Iterable[ThemeLabel]
) -> tuple[ThemeCoverage, ...]:
    """Coverage by theme, of labelled passages of which more than half may be quoted."""
    by_theme: dict[str, list[tuple[ThemeLabel, bool]]] = {}
    for label in labels:
        speech = archive.speeches.get(label.speech)
        if speech is None:
            continue
        blocked = _covered(label.span, sorted(r.span for r in speech.restrictions))
        if blocked * 2 > label.span.end - label.span.start:
            continue
        quoted = any(
            item.claim.speech == label.speech and item.verdict.agrees and _overlap(label.span, span) >= LEAST_OVERLAP
            for item in reviewed
            for span in item.verdict.fragments
        )
        by_theme.setdefault(label.theme, []).append((label, quoted))
    return tuple(
        ThemeCoverage(theme, len(found), sum(q for _, q in found), tuple(label for label, q in found if not q))
        for theme, found in by_theme.items()
    )


def read_labels(path: Path) -> tuple[ThemeLabel, ...]:
    """JSON Lines of id, speech, start, end (code points), theme. A missing file has none; CoreError for a bad line."""
    if not path.is_file():
        return ()
    labels = []
    try:
        lines = bounded(path).splitlines()
    except UnreadableError as error:
        raise CoreError(f"{path.name}: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            data = json.loads(line.decode("utf-8"))
            span = Span(data["start"], data["end"])
            labels.append(ThemeLabel(data["id"], data["speech"], span, data["theme"], data.get("second_theme", "")))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise CoreError(f"{path.name}:{number}: 不是完整的一条主题标注。") from None
    return tuple(labels)


def _overlap(first: Span, second: Span) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _covered(span: Span, others: Iterable[Span]) -> int:
    """Code points of ``span`` that at least one of ``others``, which are sorted, covers."""
    covered = 0
    position = span.start
    for other in others:
        start, end = max(position, other.start), min(span.end, other.end)
        if start < end:
            covered += end - start
            position = end
    return covered
