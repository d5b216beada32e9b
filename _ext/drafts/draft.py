"""What a reader of a draft sees: paragraphs in order, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

DRAWN = "\ufffc"
"""Stands for what is no text in a line: a picture, a formula, a character made by a field, a line struck through the words
that follow. Unicode's own for an object."""


class DraftError(Exception):
    """A file that cannot be read as a draft; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text`` of one paragraph as one version of the draft has it.

    ``where``: 第3段, 表1第2行第1格, 脚注2. ``version``: "" where nothing is tracked, else 原稿 or 改后.
    ``excerpt``: set as a block quotation. ``row``: first cell of its table row. ``source``: which paragraph of the
    file it is; both versions of one paragraph share it.
    """

    text: str
    where: str
    version: str = ""
    excerpt: bool = False
    row: str = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read. ``unreadable``: why nothing could be read ("" when it could): a scanned page has no text.

    ``unread``: what a reader sees beside it and could not be looked at; a draft that has any does not pass.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[str, ...] = field(default=())
    unreadable: str = ""
    unread: tuple[str, ...] = field(default=())
