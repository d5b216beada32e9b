"""File names of other systems, and archives in which two names are one."""

from __future__ import annotations

from pathlib import Path

from book import Book, copy_root

from speeches.core.source.archive import load_archive
from support import messages, write_archive


def test_a_received_file_keeps_its_name_apart_from_the_speech(tmp_path: Path) -> None:
    """A decomposed name (NFD) and one of other case give an id of ASCII letters; nothing is overwritten."""
    book: Book = copy_root("book", tmp_path / "book")
    for number, name in enumerate(("u\u0308bung.txt", "\u00fcbung.txt", "\u00dcBUNG.TXT")):
        line = f"第{number}次灯塔管理工作，归根到底是让夜里走船的人心里有底，这里各有各的说法{number * 7}。"
        book.write(f"_in/{name}", f"在第{'一二三'[number]}次会议上的讲话\n\n{line * (number + 1)}\n")
        assert book.handbook("add", str(book.path(f"_in/{name}")), "--even-if-alike") == 0
    archive = load_archive(book.root / "source_speeches")
    assert not archive.faults and len(archive.speeches) == 5
    assert all(path.name.isascii() for path in (book.root / "source_speeches").rglob("*"))


def test_a_twin_in_other_case_is_a_fault_of_its_own(tmp_path: Path) -> None:
    archive = load_archive(
        write_archive(tmp_path / "speeches", {"lamp": "好的。\n", "Lamp": "坏的。\n", "la\u0308mp": "。\n"})
    )
    assert list(archive.speeches) == ["lamp"] and sorted(archive.faults) == ["Lamp", "la\u0308mp"]
    assert all("小写英文字母" in messages(fault) for fault in archive.faults.values())
