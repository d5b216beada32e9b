"""What may be wrong with a received file or its record: one clear message, and the rest of the book is still built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from book import Book

LINE = "果树要在入冬之前剪枝。"
TEXT = f"果园里的讲话\n同志们：\n{LINE}\n"


def spoil(book: Book, make: Callable[[Book], object]) -> None:
    """Put a spoilt speech ``orchard`` beside good ones."""
    book.speech("orchard", TEXT)
    make(book)


def linked(book: Book, target: Path) -> None:
    book.path("source_speeches/orchard.txt").unlink()
    book.path("source_speeches/orchard.txt").symlink_to(target)


def folder(book: Book) -> None:
    book.path("source_speeches/orchard.txt").unlink()
    book.path("source_speeches/orchard.txt").mkdir()


def outside(book: Book) -> None:
    linked(book, book.write("../outside.txt", TEXT))


def loop(book: Book) -> None:
    linked(book, Path("orchard.txt"))


FAULTS: dict[str, tuple[Callable[[Book], object], str]] = {
    "gb18030": (lambda b: b.speech("orchard", TEXT.encode("gb18030")), "不是 UTF-8 编码，看起来像 GB18030"),
    "utf-16": (lambda b: b.speech("orchard", TEXT.encode("utf-16")), "不是 UTF-8 编码，看起来像 UTF-16"),
    "empty": (lambda b: b.speech("orchard", ""), "文件是空的"),
    "blank": (lambda b: b.speech("orchard", "\ufeff \r\n\n"), "文件是空的"),
    "50 MB": (lambda b: b.speech("orchard", (LINE * 2_000_000).encode()), "不像一篇讲话"),
    "link out of the folder": (outside, "链接"),
    "link to itself": (loop, "orchard.txt"),
    "dangling link": (lambda b: linked(b, Path("nothing.txt")), "orchard.txt:1: WARNING: "),
    "folder": (folder, "orchard.txt:1: WARNING: "),
    "changed": (lambda b: b.write("source_speeches/orchard.txt", TEXT + "又一行。\n"), "[sha256]"),
    "record not TOML": (lambda b: b.write("source_speeches/orchard.toml", "title = \n"), "orchard.toml:1: WARNING: 不是合法的 TOML"),
    "record in GB18030": (lambda b: b.write("source_speeches/orchard.toml", 'title = "果园"'.encode("gb18030")), "看起来像 GB18030"),
    "unknown key": (lambda b: b.speech("orchard", TEXT, 'colour = "red"\n'), "orchard.toml:3: WARNING: [colour] 没有这个键"),
    "wrong type": (lambda b: b.speech("orchard", TEXT, "date = 2015\n"), "orchard.toml:3: WARNING: [date] 应为文字"),
    "emendation elsewhere": (
        lambda b: b.speech("orchard", TEXT, '[[emendation]]\nline = 2\noriginal = "剪枝"\nreading = "修枝"\n'), "第2行里没有“剪枝”",
    ),
    "record without text": (lambda b: b.path("source_speeches/orchard.txt").unlink(), "有登记而没有文本"),
    "name in Chinese": (lambda b: b.path("source_speeches/orchard.txt").rename(b.path("source_speeches/果园.txt")), "讲话编号只能用小写英文字母"),
    "name with brackets": (lambda b: b.write("source_speeches/or[c]hard.txt", TEXT), "讲话编号只能用小写英文字母"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_is_told_once_and_the_rest_is_built(book: Book, kind: str) -> None:
    make, says = FAULTS[kind]
    spoil(book, make)
    built = book.build(warns=True)
    assert any(says in warning for warning in built.warned("archive")), built.warnings
    assert len(built.page("chapters/one").select("blockquote.excerpt")) == 2
    assert built.page("source_speeches/lamp").find(id="lamp.p4") is not None
    others = [line for line in built.warnings.split("\n") if "WARNING" in line and "[speech.archive]" not in line]
    assert [w for w in others if "这一页没有列入目录" not in w and "unreadable document" not in w] == []


@pytest.mark.parametrize("text", [
    "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT.replace("\n", "\r\n"), TEXT.replace("枝", "枝\u00ad"),
], ids=["bom", "crlf", "bom-crlf", "soft-hyphen"])  # fmt: skip
def test_odd_but_harmless_text_can_be_quoted(book: Book, text: str) -> None:
    book.speech("orchard", text.encode())
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    book.edit("chapters/two.md", "船上的规矩见", f":::{{excerpt}} orchard p3.s1\n{LINE}\n:::\n\n船上的规矩见")
    page = book.accepted().build().page("source_speeches/orchard")
    passage = page.find(id="orchard.p3")
    assert passage is not None and passage.select_one(".quoted") is not None
    assert "\ufeff" not in page.get_text() and "\r" not in page.get_text()


@pytest.mark.parametrize(
    "character", ["\ufffd", "\ue123", "\x01", "\u202e"], ids=["U+FFFD", "private", "control", "bidi"]
)
def test_forbidden_characters_are_told_and_cannot_be_quoted(book: Book, character: str) -> None:
    book.speech("orchard", TEXT.replace("剪", character))
    book.edit(
        "chapters/two.md",
        "船上的规矩见",
        f":::{{excerpt}} orchard p3.s1\n{LINE.replace('剪', character)}\n:::\n\n船上的规矩见",
    )
    built = book.build("verify", warns=True)
    assert "source_speeches/orchard.txt:3: WARNING: 有1个不该出现在正文里的字符" in "".join(built.warned("archive"))
    assert built.app.statuscode == 1
    assert len(built.warned("unchecked")) + len(built.warned("altered")) + len(built.warned("absent")) == 1


@pytest.mark.parametrize(
    "wrong", ["../lamp", "/etc/passwd", "source_speeches/lamp", "LAMP", "lamp.txt", "..", "%00", "<lamp>"]
)
def test_path_as_speech_id_is_only_an_unknown_id(book: Book, wrong: str) -> None:
    book.edit("chapters/two.md", "{excerpt} river p3.s2", f"{{excerpt}} {wrong} p3.s2")
    built = book.build(warns=True)
    (warning,) = built.warned("source")
    assert f"chapters/two.md:3: WARNING: 没有编号为“{wrong}”的讲话" in warning
    assert built.page("chapters/two").select_one("blockquote.excerpt") is not None


def test_archive_outside_the_book_is_refused(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.edit("conf.py", "\nlanguage =", '\nspeeches_archive = "../elsewhere"\nlanguage =')
    assert book.handbook("check") == 2
    assert "讲话库必须放在手册文件夹之内" in capsys.readouterr().err


def test_missing_archive_is_told_in_chinese(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.path("source_speeches").rename(book.path("talks"))
    assert book.handbook("check") == 2
    assert "错误：核对不能进行：找不到讲话库文件夹 source_speeches" in capsys.readouterr().err
