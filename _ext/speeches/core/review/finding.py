"""What keeps a quotation or a page from passing, and which findings have one cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Subtype(StrEnum):
    """The closed list of warnings (type ``speech``). ``suppress_warnings = ["speech.moved"]`` silences one."""

    ARCHIVE = "archive"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DUPLICATE = "duplicate"
    REFERENCE = "reference"
    UNCHECKED = "unchecked"
    ALTERED = "altered"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"
    ELSEWHERE = "elsewhere"
    MOVED = "moved"
    SOURCE = "source"
    CLIPPED = "clipped"
    RESTRICTED = "restricted"
    SECONDHAND = "secondhand"
    NEW = "new"
    CHANGED = "changed"
    PULLED = "pulled"
    STALE = "stale"
    GONE = "gone"
    LOCK = "lock"
    EMPTY = "empty"
    UNATTRIBUTED = "unattributed"
    UNSOURCED = "unsourced"
    MARKUP = "markup"
    ATTRIBUTION = "attribution"
    WITHHELD = "withheld"
    BUILD = "build"
    """Told by Sphinx, docutils or MyST under a type of their own, and counted here."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that keeps a quotation or a page from passing, for an editor: what, and what to do.

    ``cause``: what it follows from, where several findings follow from one thing (a speech that was changed, a broken
    lock); empty where it stands for itself.
    """

    subtype: Subtype
    message: str
    path: str = ""
    line: int = 0
    cause: str = ""


def told(findings: Iterable[Finding]) -> list[Finding]:
    """One message for one cause: the first finding of each, with the number of those that follow from it."""
    every = list(findings)
    following = Counter(finding.cause for finding in every if finding.cause)
    out = []
    for finding in every:
        if not finding.cause:
            out.append(finding)
        elif count := following.pop(finding.cause, 0):
            rest = f"\n  ……以及由此引起的 {count - 1} 条。" if count > 1 else ""
            out.append(replace(finding, message=finding.message + rest))
    return out
