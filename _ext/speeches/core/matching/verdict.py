"""What is verified, and the outcome (核对): four fields, not one word."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..source.selector import Selector
from ..source.speech import Restriction, Span


@dataclass(frozen=True, slots=True)
class Request:
    """One quotation to verify. ``nested``: printed by the ``quote`` role, one level of quotation marks down.

    ``in_handbook``: quotation marks must come in pairs; a draft checked from outside may cut through them.
    """

    text: str
    speech: str
    selector: Selector = field(default_factory=Selector)
    nested: bool = False
    in_handbook: bool = False


class TextStatus(StrEnum):
    """How the printed text stands to the archived one. In order of precedence."""

    UNCHECKED = "unchecked"
    ALTERED = "altered"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"
    ELIDED = "elided"
    EMENDED = "emended"
    TYPOGRAPHIC = "typographic"
    EXACT = "exact"


class PlaceStatus(StrEnum):
    AS_CITED = "as-cited"
    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class SourceStatus(StrEnum):
    PINNED = "pinned"
    UNPINNED = "unpinned"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class ReviewStatus(StrEnum):
    NONE = "none"
    APPROVED = "approved"
    STALE = "stale"


class Flag(StrEnum):
    """What a person must look at."""

    CLIPPED = "clipped"
    FAR = "far"
    UNRECORDED_MARK = "unrecorded-mark"
    PARAGRAPH = "paragraph"
    SECONDHAND = "secondhand"
    DEICTIC = "deictic"


class Reason(StrEnum):
    """Why a text is unchecked, altered or absent: chooses the advice."""

    EMPTY = "empty"
    FORBIDDEN = "forbidden"
    UNPAIRED = "unpaired"
    SHORT_FRAGMENT = "short-fragment"
    NO_SOURCE = "no-source"
    LOCATOR = "locator"
    CHANGED_WORDS = "changed-words"
    STITCHED = "stitched"
    ORDER = "order"
    OVERLAP = "overlap"
    NOTHING_OMITTED = "nothing-omitted"
    SWALLOWED = "swallowed"
    CROSSED = "crossed"
    REVERSED_MARKS = "reversed-marks"
    MARK = "mark"
    NOT_FOUND = "not-found"


class EditKind(StrEnum):
    """Worst first."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    WORDING = "wording"
    MARK = "mark"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """The source says ``source`` where ``printed`` is printed; either may be empty."""

    kind: EditKind
    source: str
    printed: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a speech: locator as text ("" where none fits), span of the received text, and its words."""

    speech: str
    locator: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Clipping:
    """``words`` that turn the sense stand in ``context``, which was left out; ``where``: 前文 后文 省略处.

    Withheld words are replaced in ``context``, not in ``words``: a person must know which word turns the sense.
    """

    where: str
    words: tuple[str, ...]
    context: str


TRUE_TO_SOURCE = frozenset({TextStatus.EXACT, TextStatus.TYPOGRAPHIC, TextStatus.EMENDED, TextStatus.ELIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying one quotation against the archive on disk gave. Spans are code points of the received text."""

    speech: str
    text: TextStatus
    place: PlaceStatus
    source: SourceStatus
    features: tuple[TextStatus, ...] = ()
    flags: tuple[Flag, ...] = ()
    fragments: tuple[Span, ...] = ()
    edit: TextEdit | None = None
    reason: Reason | None = None
    detail: str = ""
    nearest: Passage | None = None
    found: Passage | None = None
    candidates: tuple[Passage, ...] = ()
    clippings: tuple[Clipping, ...] = ()
    omitted: tuple[Span, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    unmarked: tuple[str, ...] = ()
    """Recorded corrections (original→reading) that lie inside the quotation and are not marked in it."""

    @property
    def agrees(self) -> bool:
        """Whether the quotation agrees with the archived text: the ``pass`` of ``handbook verify --jsonl``."""
        return (
            self.text in TRUE_TO_SOURCE
            and self.place in (PlaceStatus.AS_CITED, PlaceStatus.MOVED)
            and self.source in (SourceStatus.PINNED, SourceStatus.UNPINNED)
        )
