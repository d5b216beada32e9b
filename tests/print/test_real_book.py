"""The book itself, built once from the tree: every quotation and every page number, read back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from shutil import ignore_patterns as ignored
from typing import Any

import pytest
from printing import EPOCH, FONTS, ROOT, Edition, build
from pypdf import PdfReader

from handbook.proof import Expected, Proof, check_pdf
from speeches.core.source.archive import Archive
from zhprint.reading import Printed

pytestmark = pytest.mark.this_book


@pytest.fixture(scope="session")
def archive(real_archive: Archive) -> Archive:
    """Of this very book: its own speeches, not the specimens."""
    return real_archive


Items = list[dict[str, Any]]


@pytest.fixture(scope="session")
def proof(pdf: Path, real_expected: Callable[..., Expected], real_items: Items, archive: Archive) -> Proof:
    return check_pdf(pdf, real_expected(), real_items, archive)


def test_every_quotation_and_every_page_number_is_true(proof: Proof, real_items: Items) -> None:
    assert proof.problems == []
    assert proof.quotations == len(real_items) > 200
    assert set(proof.pages) >= {item["id"] for item in real_items if item["kind"] == "excerpt"}
    assert proof.numbers > 500


def test_contents_and_index_are_there_with_their_numbers(paper: Printed) -> None:
    tops = [title for level, title, _ in paper.titles if level == 1]
    assert tops[0] == "目录" and "主题索引" in tops
    contents = next(at for _, title, at in paper.titles if title == "目录")
    for text, target in paper.pages[contents].links:
        assert text.endswith(paper.pages[target].folio) and paper.pages[target].folio


def test_fonts_are_embedded_none_is_type_3_and_nothing_is_tofu(pdf: Path, paper: Printed) -> None:
    fonts: dict[str, Any] = {}
    for page in PdfReader(pdf).pages:
        resources: Any = page["/Resources"]
        for font in (resources.get("/Font") or {}).values():
            fonts[str(font.get_object()["/BaseFont"])] = font.get_object()
    assert len(fonts) >= 4
    for font in fonts.values():
        assert font["/Subtype"] == "/Type0"
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    text = "".join(page.text for page in paper.pages)
    assert "\ufffd" not in text
    assert "臵" in text, "which only the fallback face has"


def test_no_page_begins_with_a_source_line(paper: Printed) -> None:
    assert [page.folio for page in paper.pages if page.text.startswith("——")] == []


# The names and options are those of test_typography.py, so that each edition is built once.
_EDITIONS = {
    "zuofeng": ("-D", "zhprint_chapter=zuofeng"),
    "trainer": ("-D", "zhprint_chapter=suzhi", "-D", "zhprint_handout_for=trainer"),
    "table": ("-D", "zhprint_marks=table"),
    "all": ("-D", "zhprint_exclude=none", "-D", "zhprint_size=三号"),
}

_PRINTING: dict[str, dict[str, Any]] = {
    "zuofeng": {"chapter": "zuofeng"},
    "trainer": {"chapter": "suzhi", "handout_for": "trainer"},
    "table": {"marks": "table"},
    "all": {"exclude": ("none",)},
}
"""Fields of ``PrintConfig`` that change what is printed."""


@pytest.mark.parametrize("name", _EDITIONS)
def test_every_edition_is_proved(
    edition: Edition, real_expected: Callable[..., Expected], real_items: Items, archive: Archive, name: str
) -> None:
    file = edition(name, *_EDITIONS[name])
    printing = _PRINTING.get(name, {})
    chapter = printing.get("chapter")
    printed = {f"chapters/{chapter}", f"chapters/answers/{chapter}"} if name == "trainer" else {f"chapters/{chapter}"}
    items = [item for item in real_items if not chapter or item["docname"] in printed]
    # A handout has neither 目录 nor index.
    lists = () if chapter else ("目录", "主题索引")
    found = check_pdf(file, real_expected(**printing), items, archive, lists=lists)
    assert items and found.problems == []
    assert set(found.pages) >= {item["id"] for item in items if item["kind"] == "excerpt"}


def test_equal_sources_give_equal_files_wherever_they_lie(pdf: Path, tmp_path: Path) -> None:
    """Built again from a copy at another path, with other folders, by several processes in another hash order."""
    copy = tmp_path / "另一 处/手册"
    shutil.copytree(ROOT, copy, ignore=ignored("_build", ".*", "__pycache__", "node_modules", "tests"))
    build(
        copy, tmp_path / "elsewhere/pdf", "-j", "2", "-D", f"zhprint_font_cache={FONTS}",
        PYTHONPATH=str(copy / "_ext"), PYTHONHASHSEED="7", **EPOCH,
    )  # fmt: skip
    assert (tmp_path / "elsewhere/pdf/handbook.pdf").read_bytes() == pdf.read_bytes()
