"""The factory of small handbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from book import Book, MakeBook, copy_root
from permanent import with_templates


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """``make_book(files={name: content}, root="book", accept=True)``: a small handbook, its quotations accepted."""

    def make(files: dict[str, str | bytes] | None = None, *, root: str = "book", accept: bool = True) -> Book:
        book = copy_root(root, tmp_path / "book")
        for name, content in (files or {}).items():
            book.write(name, content)
        if accept:
            assert book.handbook("accept", "--all", "--by", "王主任") == 0
        return book

    return make


@pytest.fixture(scope="session")
def accepted_lock(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The lock of the root ``book``, made once by the command itself."""
    book = copy_root("book", tmp_path_factory.mktemp("accepted") / "book")
    assert book.handbook("accept", "--all", "--by", "王主任") == 0
    return book.path("excerpts.lock").read_text(encoding="utf-8")


@pytest.fixture
def book(make_book: MakeBook, accepted_lock: str) -> Book:
    """The root ``book`` with every quotation accepted, never built."""
    return make_book({"excerpts.lock": accepted_lock}, accept=False)


@pytest.fixture
def new_book(make_book: MakeBook) -> Book:
    """The root ``book`` before anyone accepted anything."""
    return make_book(accept=False)


@pytest.fixture
def permanent(make_book: MakeBook) -> Book:
    """The root ``permanent``, accepted, its ids published."""
    book = with_templates(make_book(root="permanent"))
    assert book.handbook("ids", "--publish") == 0
    return book
