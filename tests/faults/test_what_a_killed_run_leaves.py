"""Kills, full disks, damaged files, two at once: nothing half-written is used, and the next run heals."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from book import Book, copy_root, pages

from handbook import accept, main
from handbook.alone import alone
from support import ROOT
from zh import files

EXTENSIONS = 'extensions += ["booksite"]\n'


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook, accepted, its site built; never changed."""
    book = copy_root("book", tmp_path_factory.mktemp("finished") / "book")
    with book.path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write(EXTENSIONS)
    assert book.handbook("accept", "--all", "--by", "王主任") == 0
    assert book.handbook("html") == 0
    return book.root


@pytest.fixture
def book(finished: Path, tmp_path: Path) -> Book:
    """A copy in a place of its own, its site built there."""
    shutil.copytree(finished, tmp_path / "book", symlinks=True, ignore=shutil.ignore_patterns("_build"))
    copy = Book(tmp_path / "book")
    assert copy.handbook("html") == 0
    return copy


def site(book: Book) -> dict[str, str]:
    return pages(book.path("_build/html"))


def start(book: Book, *arguments: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "handbook", arguments[0], "--root", str(book.root), *arguments[1:]],
        env={**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def damage(path: Path) -> Iterator[Callable[[], object]]:
    """Ways in which a file is spoilt, each as a call that does it."""
    whole = path.read_bytes()
    for spoilt in (b"", whole[: len(whole) // 2], b"junk", whole[:-1], b"\x80\x04cos\nno_such_thing\n."):
        yield lambda spoilt=spoilt: path.write_bytes(spoilt)


def test_a_damaged_doctree_or_environment_is_made_anew(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    good = site(book)
    for name in ("chapters/one.doctree", "environment.pickle"):
        for spoil in damage(book.path("_build/doctrees") / name):
            spoil()
            book.path("_build/html/chapters/one.html").unlink()
            assert book.handbook("html") == 0
            assert "Traceback" not in capfd.readouterr().err
            assert site(book) == good


def test_a_page_that_was_saved_over_is_made_anew(book: Book) -> None:
    good = site(book)
    for name in ("chapters/one.html", "index.html", "search.html", "genindex.html"):
        book.write(f"_build/html/{name}", "别的东西")
        assert book.handbook("html") == 0
        assert site(book) == good, name


@pytest.mark.parametrize("name", [".intact.json", "../doctrees/.intact.json"])
def test_damaged_sums_make_everything_anew(book: Book, name: str) -> None:
    good = site(book)
    for spoil in damage(book.path("_build/html") / name):
        spoil()
        assert book.handbook("html") == 0
        assert site(book) == good


def test_a_file_in_the_place_of_the_folder_is_one_message(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(book.path("_build"))
    book.write("_build", "别的东西")
    for command in ("html", "check", "edition"):
        assert book.handbook(command) == 2
        told = capfd.readouterr().err
        assert "_build 是一个文件" in told and "Traceback" not in told and told.count("错误：") == 1


def test_two_builds_at_once_give_the_good_pages(book: Book) -> None:
    good = site(book)
    shutil.rmtree(book.path("_build"))
    runs = [start(book, "html") for _ in range(2)]
    told = [run.communicate()[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert sum("等它做完" in text for text in told) == 1, told
    assert site(book) == good


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_after_a_kill_the_next_run_has_the_good_pages(book: Book) -> None:
    good, lock = site(book), book.path("excerpts.lock").read_bytes()
    chance = random.Random(17)
    for command in ("html", "check", "html"):
        shutil.rmtree(book.path("_build/doctrees"), ignore_errors=True)
        run = start(book, command)
        time.sleep(chance.uniform(0.3, 1.5))  # any moment of the run
        run.kill()
        run.communicate()
    assert book.handbook("html") == 0
    assert site(book) == good
    assert book.path("excerpts.lock").read_bytes() == lock


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod", "mkstemp"])
def test_a_disk_that_is_full_at_the_very_write_of_the_lock(
    book: Book, call: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    before = book.path("excerpts.lock").read_bytes()
    lock = book.path("excerpts.lock")
    holder = {"fsync": files.os, "mkstemp": files.tempfile}.get(call, Path)

    def full(*_arguments: object, **_keywords: object) -> object:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(path: Path, content: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(holder, call, full)
            files.write_atomically(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(accept, "write_atomically", write)
        assert book.handbook("accept", "--all", "--by", "李科长") == 2
    assert "excerpts.lock 写不进去，没有改动" in capfd.readouterr().err
    assert lock.read_bytes() == before
    assert not list(book.root.glob(".excerpts.lock.*"))
    assert book.handbook("accept", "--all", "--by", "李科长") == 0


def test_what_a_killed_write_left_is_cleared_and_nothing_else(book: Book) -> None:
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    left = book.write(".excerpts.lock.a1b2c3d4.tmp", "半")
    kept = [book.write(name, "留") for name in (".excerpts.lock.mine.tmp", "excerpts.lock.tmp", ".other.a1b2c3d4.tmp")]
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert not left.exists()
    assert all(path.exists() for path in kept)


def test_who_comes_second_waits_for_the_lock(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    order = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with alone(tmp_path / "doctrees"):
            inside.set()
            assert leave.wait(20)
            order.append("first")

    def second() -> None:
        with alone(tmp_path / "doctrees"):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert inside.wait(20)
    threads[1].start()
    while "等它做完" not in capfd.readouterr().err:
        assert threads[1].is_alive()
    leave.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second"]


@pytest.mark.skipif(sys.platform == "win32", reason="no lock can be handed on there")
def test_what_a_killed_run_started_keeps_the_next_one_waiting(tmp_path: Path) -> None:
    """Else it would write into a folder that the next run has cleared."""
    parent = (
        "import subprocess, sys\nfrom pathlib import Path\nfrom handbook.alone import alone\n"
        "with alone(Path(sys.argv[1])) as held:\n"
        "    subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'], pass_fds=held)\n"
        "    print('started', flush=True)\n    import signal, os; os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", parent, str(tmp_path / "release")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "_ext")}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdin and run.stdout and run.stdout.readline() == b"started\n" and run.wait() == -signal.SIGKILL
    free = threading.Event()

    def after() -> None:
        with alone(tmp_path / "release"):
            free.set()

    waiting = threading.Thread(target=after)
    waiting.start()
    assert not free.wait(1)
    run.stdin.close()
    assert free.wait(20)
    waiting.join(20)
    run.stdout.close()


def test_a_clock_that_went_backwards(book: Book) -> None:
    """Everything that was made bears a date to come; a change of today is seen all the same."""
    future = time.time() + 400 * 86400
    for path in book.path("_build").rglob("*"):
        os.utime(path, (future, future))
    book.edit("chapters/one.md", "# ", "# 新的 ")
    assert book.handbook("html") == 0
    assert "新的" in site(book)["chapters/one.html"]


def test_a_tree_that_cannot_be_written_is_one_message(
    book: Book, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    original = Path.open

    def read_only(path: Path, mode: str = "r", *arguments: object, **keywords: object) -> object:
        if set(mode) & set("wax+") and path.is_relative_to(book.root):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return original(path, mode, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", read_only)
    for command in ("html", "check", "edition"):
        assert main([command, "--root", str(book.root)]) == 2
        told = capfd.readouterr().err
        assert "写不进去" in told and "Traceback" not in told
