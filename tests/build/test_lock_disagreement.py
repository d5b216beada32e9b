"""Chapters and lock disagree: each kind has a message of its own, nothing but accept settles it, builds never write."""

from __future__ import annotations

import pytest
from book import Book
from mistakes import CASES, apply


@pytest.mark.parametrize("kind", ["new", "changed", "pulled", "stale", "gone"])
def test_accept_settles_what_the_check_found(book: Book, kind: str) -> None:
    apply(book, CASES[kind])
    assert book.handbook("check") == 1
    assert book.handbook("accept", "--all", "--by", "李科长") == 0
    assert book.handbook("check") == 0


def test_messages_differ(book: Book, make_messages: list[str]) -> None:
    assert len(set(make_messages)) == len(make_messages) == 5


@pytest.fixture
def make_messages(book: Book) -> list[str]:
    """The first words of each message, from one build in which all five stand."""
    book.edit("chapters/one.md", ":name: watch", ":name: wick")  # new, and gone
    book.edit("chapters/one.md", "{excerpt}`watch`", "{excerpt}`wick`")
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")  # changed
    book.edit("source_speeches/lamp.txt", "交班的人", "交班人员")  # stale
    book.edit("source_speeches/lamp.txt", "灯芯要一根一根地剪", "灯芯要一根根地剪")
    book.repin("lamp")
    lock = book.path("excerpts.lock").read_text(encoding="utf-8")
    book.edit("chapters/one.md", "行内也可以说", ":::{excerpt} lamp p7.s2\n:name: log\n:::\n\n行内也可以说")
    line = next(line for line in lock.splitlines() if '"q.watch"' in line)
    book.write("excerpts.lock", lock + line.replace("q.watch", "q.log") + "\n")  # pulled
    built = book.build("verify", warns=True)
    return [built.warned(kind)[0].split("WARNING: ")[1][:12] for kind in ("new", "changed", "pulled", "stale", "gone")]


@pytest.mark.parametrize("builder", ["html", "verify", "text"])
def test_ordinary_builds_write_nothing_outside_their_folders(book: Book, builder: str) -> None:
    book.edit("chapters/two.md", "渡船离岸之前，船工", "船工")
    before = {p: p.read_bytes() for p in book.root.rglob("*") if p.is_file()}
    book.build(builder, warns=True)
    after = {p: p.read_bytes() for p in book.root.rglob("*") if p.is_file() and "_build" not in p.parts}
    assert after == before


def test_check_writes_nothing_but_its_report(book: Book) -> None:
    book.path("excerpts.lock").unlink()
    assert book.handbook("check") == 1
    assert not book.path("excerpts.lock").exists()


@pytest.mark.parametrize("content", [
    b"", b"\n\n", b"{}\n", b'{"version": 3}\n', b'{"version": 1}\n<<<<<<< HEAD\n', b"\xff\xfe\x00", b'{"version": 1}\n[1]\n',
    b'{"version": 1}\n{"id": "x", "colour": 1}\n',
], ids=range(8))  # fmt: skip
def test_damaged_lock_fails_without_a_traceback(book: Book, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("excerpts.lock", content)
    assert book.handbook("check") == 1
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "[speech.lock]" in told or "[speech.new]" in told


def test_damaged_lock_is_not_overwritten(book: Book) -> None:
    damaged = book.path("excerpts.lock").read_bytes() + b"<<<<<<< HEAD\n"
    book.write("excerpts.lock", damaged)
    assert book.handbook("accept", "--all", "--by", "李科长") == 2
    assert book.path("excerpts.lock").read_bytes() == damaged


def test_lock_with_crlf_and_bom_is_understood(book: Book) -> None:
    source = book.path("excerpts.lock").read_bytes()
    book.write("excerpts.lock", b"\xef\xbb\xbf" + source.replace(b"\n", b"\r\n"))
    assert book.handbook("check") == 0
