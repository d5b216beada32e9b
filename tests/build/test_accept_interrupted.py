"""A kill in the middle of ``accept`` leaves the old lock whole; two people accepting at once lose nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from book import Book

from handbook import accept
from speeches.core.review.lockfile import read_lock

_EXT = Path(__file__).resolve().parents[2] / "_ext"
_KILL = """
import os, signal, sys
from zh import files
def die(*_args, **_keywords):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(files.os, {at!r}, die)
from handbook import main
sys.exit(main(["accept", "--root", {root!r}, "--all", "--by", "李科长"]))
"""


def killed(book: Book, at: str) -> int:
    """Run ``accept`` in a process that is killed when it calls ``os.<at>``."""
    done = subprocess.run(
        [sys.executable, "-c", _KILL.format(at=at, root=str(book.root))],
        env={**os.environ, "PYTHONPATH": str(_EXT)},
        capture_output=True,
        check=False,
    )
    return done.returncode


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_killed_while_writing(book: Book, at: str) -> None:
    book.build("verify")
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    before = book.path("excerpts.lock").read_bytes()
    assert killed(book, at) == -signal.SIGKILL
    assert book.path("excerpts.lock").read_bytes() == before
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert book.lock["q.river.p3.s2"].by == "李科长"


def test_someone_else_accepts_meanwhile(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between reading the lock and writing it another process writes: its work must not be overwritten."""
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    original = accept.make_plan
    other = book.path("excerpts.lock").read_text(encoding="utf-8").replace("王主任", "赵科长")

    def slow(*args: object, **keywords: object) -> accept.Plan:
        plan = original(*args, **keywords)  # type: ignore[arg-type]
        book.write("excerpts.lock", other)
        return plan

    monkeypatch.setattr(accept, "make_plan", slow)
    assert book.handbook("accept", "--all", "--by", "李科长") == 2
    assert book.path("excerpts.lock").read_text(encoding="utf-8") == other
    assert "被别人改动过" in capsys.readouterr().err


def test_chapter_saved_while_accepting_is_found_at_the_next_check(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at is what is written: the text that was verified, not what the editor saved since."""
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    original = accept.make_plan

    def slow(*args: object, **keywords: object) -> accept.Plan:
        book.edit("chapters/two.md", "船工先要数清人数。", "数清人数。")
        return original(*args, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(accept, "make_plan", slow)
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert read_lock(book.path("excerpts.lock")).quotations["q.river.p3.s2"].text == "船工先要数清人数。"
    assert book.handbook("check") == 1


def test_lock_that_cannot_be_replaced_is_told(
    book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open in another program on a shared folder, or a full disk."""
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    before = book.path("excerpts.lock").read_bytes()

    def fail(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(accept, "write_atomically", fail)
    assert book.handbook("accept", "--all", "--by", "李科长") == 2
    assert book.path("excerpts.lock").read_bytes() == before
    assert "excerpts.lock" in capsys.readouterr().err
