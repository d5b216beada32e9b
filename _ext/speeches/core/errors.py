"""Errors of the core, each with a Chinese message that says what to do."""

from __future__ import annotations

from dataclasses import dataclass


class CoreError(Exception):
    """Something an editor wrote cannot be read; the message is for the editor."""


class LocatorError(CoreError):
    """A locator that has no meaning, or none in this speech."""


class LockError(CoreError):
    """``excerpts.lock`` cannot be read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file of the archive. ``line`` counts from 1; None where no line can be named."""

    path: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {f'[{self.key}] ' if self.key else ''}{self.message}"
