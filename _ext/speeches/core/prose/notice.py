"""What is worth an editor's look and does not fail the check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Told at ``path`` and ``line``, and no more."""

    message: str
    path: str = ""
    line: int = 0
