"""Put a speech into the archive folder: all of its files or none, and never over one that is there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from zh.files import write_atomically

RECEIVED = "received"
"""Folder under the archive for files as they came; no page and no check reads it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Everything that is written for one speech. ``original``: name and bytes of the file as it came."""

    speech: str
    text: bytes
    record: str
    original: tuple[str, bytes]


class TakenError(Exception):
    """A file of that name is there; its path is the message."""


def places(folder: Path, incoming: Incoming) -> tuple[Path, Path, Path]:
    """Where the received file, the text and the record belong."""
    return (
        folder / RECEIVED / incoming.original[0], folder / f"{incoming.speech}.txt", folder / f"{incoming.speech}.toml"
    )  # fmt: skip


def store(folder: Path, incoming: Incoming) -> tuple[Path, ...]:
    """Write the received file, the text and, last, the record, without which a text is told as unfinished.

    TakenError before anything is written where a name is taken; OSError with nothing left behind where the disk fails.
    A text that a killed run left without its record is taken up again when it is the same.
    """
    paths = places(folder, incoming)
    contents: tuple[str | bytes, ...] = (incoming.original[1], incoming.text, incoming.record)
    unfinished = not paths[2].exists()
    for path, content in zip(paths, contents, strict=True):
        if os.path.lexists(path) and not (unfinished and path.is_file() and path.read_bytes() == content):
            raise TakenError(str(path))
    written = []
    try:
        for path, content in zip(paths, contents, strict=True):
            if not path.exists():
                written.append(path)
                write_atomically(path, content)
    except BaseException:
        for path in reversed(written):
            path.unlink(missing_ok=True)
        raise
    return paths
