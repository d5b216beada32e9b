"""One command at a time in a folder: who comes second waits. The system itself frees the lock of a process that was killed."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from zh.files import clear_left
from zh.terminal import say

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_EVERY = 0.2
"""Seconds between two tries."""


@contextmanager
def alone(folder: Path) -> Iterator[tuple[int, ...]]:
    """Hold ``<folder>.lock``. ClickException where there is no place for it. Not to be nested for the same folder.

    Yields what a process started inside is to be given (``pass_fds``), so that it holds the lock too: when this one is
    killed and that one works on, who comes next waits for it. Nothing on Windows, where no such thing can be handed on.
    """
    path = folder.with_name(f"{folder.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except (FileExistsError, NotADirectoryError):
        taken = next((p for p in path.parents if p.exists() and not p.is_dir()), path.parent)
        raise click.ClickException(
            f"{taken} 是一个文件，生成的东西没有地方放。请把它移走或改名，再运行一次。"
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"{path.parent} 写不进去：{error.strerror or error}。请核对磁盘空间和文件夹权限。"
        ) from None
    with file:
        told = False
        while not _held(file):
            if not told:
                say("另一个命令正在用这个文件夹，等它做完……（不想等，按 Ctrl+C）", err=True)
                told = True
            time.sleep(_EVERY)
        yield () if sys.platform == "win32" else (file.fileno(),)


@contextmanager
def writing(root: Path, *paths: Path) -> Iterator[None]:
    """Hold what two commands must not write at once; what killed ones left of these files is cleared first."""
    with alone(root / "_build" / "tracked"):
        clear_left(*paths)
        yield


def _held(file: BinaryIO) -> bool:
    """Whether this process has the lock now. A file system that knows no locks keeps nobody out."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _BUSY
    return True
