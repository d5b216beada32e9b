"""What was told of a page is told again without judging it, and never when anything that it follows from is another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from book import Book

from speeches.check import kept
from speeches.check.kept import Told
from speeches.check.pages import Judge
from speeches.core.prose.reading import ReadingText

PAGES = 5  # and what conf.py prints
UNSOURCED = "\n他常说“天黑以后不要一个人走夜路”。\n"
KEPT = "_build/doctrees/speeches-prose.json"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are judged from now on."""
    pages: list[str] = []
    told = Judge.told

    def noted(self: Judge, docpath: str, reading: ReadingText) -> Iterator[Told]:
        pages.append(docpath)
        return told(self, docpath, reading)

    monkeypatch.setattr(Judge, "told", noted)
    return pages


@pytest.fixture
def built(book: Book, judged: list[str]) -> Book:
    """Built once, with something to tell."""
    page = book.path("chapters/one.md")
    page.write_text(page.read_text(encoding="utf-8") + UNSOURCED, encoding="utf-8")
    assert len(book.build(warns=True).warned("unsourced")) == 1
    assert len(judged) == PAGES
    judged.clear()
    return book


@pytest.mark.parametrize("builder", ["html", "verify"])
def test_unchanged_pages_are_told_again_without_judging(built: Book, judged: list[str], builder: str) -> None:
    assert len(built.build(builder, warns=True).warned("unsourced")) == 1
    assert judged == []


def test_a_changed_page_alone_is_judged(built: Book, judged: list[str]) -> None:
    built.edit("chapters/one.md", UNSOURCED, "\n")
    assert built.build().warned("unsourced") == []
    assert judged == ["chapters/one.md"]


def test_one_character_of_a_speech(built: Book, judged: list[str]) -> None:
    """Then the words in quotation marks stand in a speech: another message."""
    text = built.path("source_speeches/lamp.txt")
    text.write_bytes(text.read_bytes() + "天黑以后不要一个人走夜路。\n".encode())
    built.repin("lamp")
    (warning,) = built.build(warns=True).warned("unsourced")
    assert "没有作为引语核对" in warning
    assert len(judged) == PAGES


def test_one_byte_of_a_record(built: Book, judged: list[str]) -> None:
    record = built.path("source_speeches/lamp.toml")
    record.write_bytes(record.read_bytes() + b"#\n")
    built.build(warns=True)
    assert len(judged) == PAGES


def test_one_term(built: Book, judged: list[str]) -> None:
    terms = built.path("terms.txt")
    terms.write_text(
        (terms.read_text(encoding="utf-8") if terms.exists() else "") + "天黑以后不要一个人走夜路\n", encoding="utf-8"
    )
    assert built.build().warned("unsourced") == []
    assert len(judged) == PAGES


def test_one_byte_of_the_program(
    built: Book, judged: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    for package in ("speeches", "zh"):
        shutil.copytree(kept._PROGRAM / package, program / package)
    monkeypatch.setattr(kept, "_PROGRAM", program)
    built.build(warns=True)
    assert judged == []
    rule = program / "speeches/core/prose/leftover.py"
    rule.write_bytes(rule.read_bytes() + b"#\n")
    built.build(warns=True)
    assert len(judged) == PAGES


@pytest.mark.parametrize("harm", ["cut", "emptied", "changed", "not text", "of another basis"])
def test_a_file_that_is_not_as_it_was_written(built: Book, judged: list[str], harm: str) -> None:
    path = built.path(KEPT)
    data = path.read_bytes()
    seal, _, _rest = data.partition(b"\n")
    path.write_bytes(
        {
            "cut": data[:-20],
            "emptied": b"",
            "changed": data.replace(b"chapters/one.md", b"chapters/two.md"),
            "not text": b"\xff\xfe" + data,
            "of another basis": seal + b"\n{}",
        }[harm]
    )
    assert len(built.build(warns=True).warned("unsourced")) == 1
    assert len(judged) == PAGES
    assert path.read_bytes() == data
