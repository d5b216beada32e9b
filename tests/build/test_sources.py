"""Chapters are files that anyone may save in any program: their bytes count, not their times, and none stops the book."""

from __future__ import annotations

import os

import pytest
from book import Book

OLD = 1_577_836_800
"""The first of January 2020, in seconds."""


def test_a_changed_chapter_with_an_old_time_is_read_again(book: Book) -> None:
    book.build("verify")
    book.edit("chapters/two.md", "数清人数", "数清船数")
    os.utime(book.path("chapters/two.md"), (OLD, OLD))
    built = book.build("verify", warns=True)
    assert built.read == ("chapters/two",) and len(built.warned("altered")) == 1


@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")  # MyST asks for it
def test_a_changed_included_file_with_an_old_time_is_read_again(book: Book) -> None:
    book.write("parts/boat.md", "{quote}`绳索每月换一次 <river>`\n")
    book.edit("chapters/two.md", "船上的规矩", "```{include} ../parts/boat.md\n```\n\n船上的规矩")
    book.accepted().build("verify")
    book.edit("parts/boat.md", "每月", "每季")
    os.utime(book.path("parts/boat.md"), (OLD, OLD))
    assert "chapters/two" in book.build("verify", warns=True).read
    assert book.handbook("check") == 1


def test_a_new_time_alone_changes_no_verdict_and_nothing_else_is_read(book: Book) -> None:
    book.build("verify")
    book.path("chapters/two.md").touch()
    assert set(book.build("verify").read) <= {"chapters/two"}
    assert book.build("verify").read == ()


@pytest.mark.parametrize(
    ("encoding", "named"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("big5", "GB18030")]
)
def test_a_chapter_in_another_encoding_is_one_message(
    book: Book, encoding: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# 渡河\n\n船工先要" + ("數清人數" if encoding == "big5" else "数清人数") + "。\n"
    book.write("chapters/two.md", text.encode(encoding))
    assert book.handbook("check") == 1
    told = capsys.readouterr().err
    assert told.startswith("chapters/two.md:") and named in told.splitlines()[0] and "另存为" in told
    assert "Traceback" not in told and told.count("[speech.") + told.count("[ref.") == 1
    assert book.handbook("check") == 1  # and again: nothing of it was kept


def test_a_byte_order_mark_and_dos_line_ends_do_no_harm(book: Book) -> None:
    text = book.path("chapters/two.md").read_bytes().replace(b"\n", b"\r\n")
    book.write("chapters/two.md", b"\xef\xbb\xbf" + text)
    assert book.handbook("check") == 0


def test_lost_characters_fail_with_file_and_line(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.edit("chapters/two.md", "不算规矩", "不算规\ufffd")
    assert book.handbook("check") == 1
    assert capsys.readouterr().err.startswith("chapters/two.md:7: 有1个字在转换编码时丢掉了")


def test_a_chapter_that_was_converted_is_read_again(book: Book) -> None:
    good = book.path("chapters/two.md").read_bytes()
    book.write("chapters/two.md", good.decode().encode("gb18030"))
    assert book.handbook("check") == 1
    book.write("chapters/two.md", good)
    assert book.handbook("check") == 0


@pytest.mark.parametrize(
    "name", ["terms.txt", "excerpts.lock", "source_speeches/river.toml", "source_speeches/river.txt"]
)
def test_other_files_in_another_encoding_are_told_without_a_traceback(
    book: Book, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write(name, "办公室，字句都在\n".encode("gb18030"))
    assert book.handbook("check") in (1, 2)
    told = capsys.readouterr().err
    assert name in told.splitlines()[0] and "不是 UTF-8" in told and "Traceback" not in told


def test_an_included_file_in_another_encoding_is_told(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("parts/boat.md", "绳索每月换一次\n".encode("gb18030"))
    book.edit("chapters/two.md", "船上的规矩", "```{include} ../parts/boat.md\n```\n\n船上的规矩")
    assert book.handbook("check") in (1, 2)
    told = capsys.readouterr().err
    assert "Traceback" not in told and "要插入的文件 boat.md" in told and str(book.root) not in told


def test_terms_in_another_encoding_do_not_stop_the_site(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("terms.txt", "办公室\n".encode("gb18030"))
    conf = book.path("conf.py").read_text(encoding="utf-8").replace('"speeches"]', '"speeches", "zhsearch"]')
    book.write("conf.py", conf + 'zhsearch_words = "terms.txt"\n')
    assert book.handbook("html") == 0
    assert "Traceback" not in capsys.readouterr().err
