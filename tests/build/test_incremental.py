"""An incremental build ends with the pages of a clean one, byte for byte, whatever was edited and however often built."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from book import Book, pages
from docutils import nodes
from sphinx.application import Sphinx

_BODY = re.compile(r'<div class="body".*?<div class="clearer">', re.DOTALL)
Edit = Callable[[Book], object]


def clean_copy(book: Book) -> Book:
    """The same handbook, never built."""
    target = book.root.parent / "clean"
    shutil.copytree(book.root, target, ignore=shutil.ignore_patterns("_build"))
    return Book(target)


def assert_equals_clean(book: Book, incremental: Path, part: str = "") -> None:
    clean = pages(clean_copy(book).build(warns=True).app.outdir)
    now = pages(incremental)
    for name, text in clean.items():
        same = now[name] == text or (part and _BODY.findall(now[name]) == _BODY.findall(text) != [])
        assert same, name


def insert_excerpt_before(book: Book) -> None:
    book.edit(
        "chapters/one.md",
        "先看灯塔站",
        "先引后段：\n\n:::{excerpt} lamp p8.s1\n守灯不能图省事，更不能拿天气好当借口。\n:::\n\n先看灯塔站",
    )


def break_excerpt(book: Book) -> None:
    book.edit("chapters/one.md", "天黑之前把灯点亮。\n:::", "天黑之后把灯点亮。\n:::")


def edit_speech(book: Book) -> None:
    book.edit("source_speeches/lamp.txt", "二、交班的规矩", "二、交接班的规矩")
    book.repin("lamp")


def rename_excerpt(book: Book) -> None:
    book.edit("chapters/one.md", ":name: watch", ":name: wick")
    book.edit("chapters/one.md", "{excerpt}`watch`", "{excerpt}`wick`")


def remove_excerpt(book: Book) -> None:
    book.edit("chapters/two.md", ":::{excerpt} river p3.s2\n渡船离岸之前，船工先要数清人数。\n:::\n", "")


def spoil_speech(book: Book) -> None:
    book.write("source_speeches/river.txt", b"\xb6\xc9\xbf\xda")


def retitle_chapter(book: Book) -> None:
    book.edit("chapters/two.md", "# 渡河", "# 过河")


EDITS = [insert_excerpt_before, break_excerpt, edit_speech, rename_excerpt, remove_excerpt]


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: str(e.__name__))
def test_incremental_equals_clean(book: Book, edit: Edit) -> None:
    book.build()
    edit(book)
    assert_equals_clean(book, book.build(warns=True).app.outdir)


def test_spoilt_speech_leaves_no_trace_on_pages(book: Book) -> None:
    """Sphinx does not write a page again when its neighbour goes: the links to next and previous pages are not compared."""
    book.build()
    spoil_speech(book)
    assert_equals_clean(book, book.build(warns=True).app.outdir, "body")


@pytest.mark.parametrize("edit", [insert_excerpt_before, break_excerpt], ids=lambda e: str(e.__name__))
@pytest.mark.parametrize("between", ["verify", "text"])
def test_another_builder_in_between_leaves_no_page_stale(book: Book, edit: Edit, between: str) -> None:
    """`make check` after an edit, then `make html`: builders share their doctrees."""
    book.build()
    edit(book)
    book.build(between, warns=True)
    assert_equals_clean(book, book.build(warns=True).app.outdir)


def test_speech_edited_and_checked_before_pages_are_made(book: Book) -> None:
    """The check reads the pulled excerpt anew; the page that prints it must still be written later."""
    book.build()
    book.edit("source_speeches/lamp.txt", "灯芯要一根一根地剪", "灯芯要一根根地剪")
    book.repin("lamp")
    book.build("verify", warns=True)
    built = book.build(warns=True)
    assert "灯芯要一根根地剪" in built.page("chapters/one").get_text()
    assert_equals_clean(book, built.app.outdir)


def test_a_build_that_failed_in_the_middle_leaves_no_page_stale(book: Book) -> None:
    def fail(_app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        if docname == "chapters/one":
            raise RuntimeError("power cut")

    built = book.build()
    break_excerpt(book)
    with pytest.raises(Exception, match="power cut"):
        book.build(warns=True, handlers={"doctree-resolved": fail})
    book.build(warns=True)
    assert_equals_clean(book, built.app.outdir)


def test_acceptance_shows_on_pages_that_were_not_touched(new_book: Book) -> None:
    first = new_book.build(warns=True)
    assert "王主任" not in first.page("chapters/tables").get_text()
    new_book.accepted()
    second = new_book.build()
    assert second.read == ()
    assert "王主任" in second.page("chapters/tables").get_text()


def test_environment_of_another_version_is_read_anew(book: Book) -> None:
    book.build()
    path = book.path("_build/doctrees/environment.pickle")
    with path.open("rb") as file:
        env = pickle.load(file)
    env.version = {**env.version, "speeches": 0}
    with path.open("wb") as file:
        pickle.dump(env, file, pickle.HIGHEST_PROTOCOL)
    assert len(book.build().read) == 6


def test_damaged_environment_is_read_anew(book: Book) -> None:
    book.build()
    book.write("_build/doctrees/environment.pickle", b"not a pickle")
    assert len(book.build().read) == 6


def test_archive_and_verdicts_are_not_pickled(book: Book) -> None:
    book.build()
    data = book.path("_build/doctrees/environment.pickle").read_bytes()
    assert "值夜的人每隔半个时辰上塔巡看".encode() not in data
    assert b"speeches.core.matching.verdict" not in data
    assert b"speeches.core.source.archive" not in data
