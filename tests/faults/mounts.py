"""File systems that have no room or may not be written, in a name space of their own (``unshare``, Linux)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from book import Book

from faults.kills import COMMANDS, Tally, Trial, copied, run, tracked

_ALONE = "unshare --user --map-root-user --mount sh -c"


def can_mount() -> bool:
    """Whether an ordinary user may mount here."""
    if not shutil.which("unshare"):
        return False
    return not subprocess.run(
        [*_ALONE.split(), "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False
    ).returncode


def full_lock(finished: Path, folder: Path, tally: Tally) -> None:
    """The lock lies on a file system that has not a byte left: ``accept`` says so, and the lock is as it was."""
    with copied(finished, folder) as root:
        book = Book(root)
        with book.path("conf.py").open("a", encoding="utf-8") as conf:
            conf.write('\nspeeches_lock = "small/excerpts.lock"\n')
        lock = book.write("small/excerpts.lock", book.path("excerpts.lock").read_bytes())
        COMMANDS["accept"].prepare(book)
        before = lock.read_bytes()
        mounted = (
            "cp small/excerpts.lock kept; mount -t tmpfs -o size=16k tmpfs small; cp kept small/excerpts.lock;"
            ' cat /dev/zero > small/ballast 2>/dev/null; "$@"; code=$?;'
            " cmp kept small/excerpts.lock || echo CHANGED; ls -A small; exit $code"
        )
        status, told = run(root, "accept", "--all", "--by", "李科长", shell=f"{_ALONE} '{mounted}' sh \"$@\"")
        tally.trials += 1
        tally.refused += status == 2 and "excerpts.lock 写不进去，没有改动" in told
        if (
            not tally.refused
            or "CHANGED" in told
            or ".tmp" in told
            or "Traceback" in told
            or lock.read_bytes() != before
        ):
            tally.wrong.append(f"full lock: {status} {told}")


def read_only(trial: Trial, folder: Path, tally: Tally) -> None:
    """The whole tree is read only: one message in Chinese, exit status 2."""
    with copied(trial.ready, folder) as root:
        before = tracked(root)
        fixed = 'mount --bind . .; mount -o remount,ro,bind "$PWD"; cd "$PWD"; exec "$@"'
        status, told = run(root, *trial.command.arguments, shell=f"{_ALONE} '{fixed}' sh \"$@\"")
        tally.trials += 1
        tally.refused += status == 2
        if status != 2 or "Traceback" in told or tracked(root) != before or "写不进去" not in told:
            tally.wrong.append(f"{trial.command.arguments[0]} in a read-only tree: {status} {told[-400:]}")
