"""Fixtures of the printed book."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing import EPOCH, ROOT, Edition, build, have_fonts, once, run, write_book

from handbook.building import verified
from handbook.proof import Expected, expect
from speeches.core.source.archive import Archive, load_archive
from support import require
from zhprint.reading import Printed, read_pdf


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book, built: book/source, book/out/handbook.pdf, book/verify/report.json."""
    require(have_fonts(), "没有字体：请先运行 make fonts")
    return once(tmp_path_factory, "small-book", _make_book)


def _make_book(folder: Path) -> None:
    source = write_book(folder / "source")
    build(source, folder / "out", **EPOCH)
    # The verify builder fails on quotations that nobody accepted; the report is written all the same.
    run(source, folder / "verify", builder="verify")


@pytest.fixture(scope="session")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book as a Word file: source/, out/handbook.docx, verify/report.json."""
    return once(tmp_path_factory, "word-book", _make_word)


def _make_word(folder: Path) -> None:
    source = write_book(folder / "source")
    conf = source / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace('"zhprint"]', '"zhprint", "zhword"]'), encoding="utf-8")
    build(source, folder / "out", builder="docx")
    run(source, folder / "verify", builder="verify", doctrees=folder / "doctrees")


@pytest.fixture(scope="session")
def printed(book: Path) -> Printed:
    return read_pdf(book / "out/handbook.pdf")


def _expected(source: Path, out: Path) -> Callable[..., Expected]:
    """``expected(**printing)``: what must be printed, resolved in this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sphinx_design asks Sphinx for what it is giving up
        app, _ = verified(source, out / "verify-again", out / "doctrees-again")

    def make(**printing: object) -> Expected:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return expect(app, printing)

    return make


@pytest.fixture(scope="session")
def expected_of(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Expected]:
    return _expected(book / "source", tmp_path_factory.mktemp("expected"))


@pytest.fixture(scope="session")
def expected(expected_of: Callable[..., Expected]) -> Expected:
    """What the small book must say."""
    return expected_of()


@pytest.fixture(scope="session")
def real_expected(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Expected]:
    """``real_expected(**printing)``: what the real book must say."""
    return _expected(ROOT, tmp_path_factory.mktemp("real-expected"))


@pytest.fixture
def items(book: Path) -> list[dict[str, Any]]:
    data = json.loads((book / "verify/report.json").read_text(encoding="utf-8"))
    return list(data["excerpts"])


@pytest.fixture(scope="session")
def book_archive(book: Path) -> Archive:
    return load_archive(book / "source/source_speeches")


@pytest.fixture(scope="session")
def real_items(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the report of the real handbook says of every quotation."""
    folder = once(tmp_path_factory, "real-verify", lambda folder: run(ROOT, folder / "verify", builder="verify"))
    data = json.loads((folder / "verify/report.json").read_text(encoding="utf-8"))
    return list(data["excerpts"])


@pytest.fixture(scope="session")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real book, built once; its doctrees serve the other editions."""
    require(have_fonts(), "没有字体：请先运行 make fonts")
    folder = once(tmp_path_factory, "real-pdf", lambda folder: build(ROOT, folder / "pdf", **EPOCH))
    return folder / "pdf/handbook.pdf"


@pytest.fixture(scope="session")
def edition(pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """``edition(name, *options)``: another edition of the real book from the same doctrees, built once; its PDF."""

    def make(name: str, *options: str) -> Path:
        trees = pdf.parent.parent / "doctrees"
        folder = once(
            tmp_path_factory,
            f"real-{name}",
            lambda folder: build(ROOT, folder / "pdf", *options, doctrees=trees, **EPOCH),
        )
        return next((folder / "pdf").glob("*.pdf"))

    return make


@pytest.fixture(scope="session")
def paper(pdf: Path) -> Printed:
    return read_pdf(pdf)
