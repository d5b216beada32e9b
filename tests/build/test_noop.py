"""A build that reads nothing still checks everything: verdicts come from the disk, not from the last build."""

from __future__ import annotations

import os

import pytest
from book import Book

WRONG = ("天黑之前把灯点亮。\n:::", "天黑之后把灯点亮。\n:::")


def test_second_build_reads_and_writes_nothing(book: Book) -> None:
    first = book.build()
    second = book.build()
    assert len(first.read) == 6
    assert (second.read, second.written) == ((), ())


@pytest.mark.parametrize("builder", ["html", "verify"])
def test_second_build_still_reports_the_failing_quotation(book: Book, builder: str) -> None:
    book.edit("chapters/one.md", *WRONG)
    first = book.build(builder, warns=True)
    second = book.build(builder, warns=True)
    assert second.read == ()
    assert first.warned("altered") == second.warned("altered")
    (warning,) = second.warned("altered")
    assert "chapters/one.md:5: WARNING: " in warning


def test_first_build_of_a_new_builder_on_old_doctrees_reports_too(book: Book) -> None:
    book.edit("chapters/one.md", *WRONG)
    book.build("html", warns=True)
    later = book.build("latex", warns=True)
    assert later.read == ()
    assert len(later.warned("altered")) == 1


def test_lock_is_read_from_disk(book: Book) -> None:
    book.build()
    book.path("excerpts.lock").unlink()
    built = book.build(warns=True)
    assert built.read == ()
    assert len(built.warned("new")) == 4


def test_verdict_changes_when_only_another_speech_changes(book: Book) -> None:
    """What no speech holds may be put into another one: then it is misattributed, and nothing was read again."""
    book.edit("chapters/two.md", "渡船离岸之前，船工先要数清人数。", "守灯不怕路远，就怕心里没有那盏灯。")
    first = book.build(warns=True)
    assert len(first.warned("absent")) == 1
    text = book.path("source_speeches/lamp.txt")
    text.write_bytes(text.read_bytes() + "守灯不怕路远，就怕心里没有那盏灯。\n".encode())
    book.repin("lamp")
    second = book.build(warns=True)
    assert not second.warned("absent")
    assert len(second.warned("elsewhere")) == 1


def test_same_size_and_older_time_is_noticed(book: Book) -> None:
    book.build()
    text = book.path("source_speeches/lamp.txt")
    old = text.stat()
    book.edit("source_speeches/lamp.txt", "把灯点亮", "把灯熄灭")
    book.repin("lamp")
    assert text.stat().st_size == old.st_size
    os.utime(text, ns=(old.st_atime_ns - 10**12, old.st_mtime_ns - 10**12))
    record = book.path("source_speeches/lamp.toml")
    os.utime(record, ns=(old.st_atime_ns - 10**12, old.st_mtime_ns - 10**12))
    built = book.build(warns=True)
    assert len(built.warned("altered")) == 1
    assert built.read == ("chapters/one", "source_speeches/lamp")
    assert "把灯熄灭" in built.page("source_speeches/lamp").get_text()


def test_speech_without_record_is_not_read_again_and_again(book: Book) -> None:
    book.speech("bare", "没有登记的讲话\n这一篇没有登记文件。\n", None)
    book.write("chapters/tables.md", "# 附表\n\n:::{toctree}\n../source_speeches/bare\n:::\n")
    book.build(warns=True)
    assert book.build(warns=True).read == ()
