"""The book itself, built once from the tree: every quotation and every page number, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from printing import ROOT, build, have_fonts, have_pdftotext, need, once
from pypdf import PdfReader

from speeches.core.archive import Archive
from speeches.proof import Proof, check_pdf, printed_form
from zhprint.reading import Printed, read_pdf, second_reading, squeeze

Items = list[dict[str, Any]]
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.fixture(scope="session")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need(have_fonts(), "没有字体：请先运行 make fonts")
    folder = once(tmp_path_factory, "real-pdf", lambda folder: build(ROOT, folder / "pdf", **EPOCH))
    return folder / "pdf/handbook.pdf"


@pytest.fixture(scope="session")
def paper(pdf: Path) -> Printed:
    return read_pdf(pdf)


@pytest.fixture(scope="session")
def proof(pdf: Path, real_items: Items, archive: Archive) -> Proof:
    return check_pdf(pdf, real_items, archive)


def test_every_quotation_and_every_page_number_is_true(proof: Proof, real_items: Items) -> None:
    assert proof.problems == []
    assert proof.quotations == len(real_items) > 200
    assert set(proof.pages) >= {item["id"] for item in real_items if item["kind"] == "excerpt"}
    assert proof.numbers > 500


def test_both_readers_find_every_excerpt(pdf: Path, paper: Printed, real_items: Items) -> None:
    need(have_pdftotext(), "没有 pdftotext（poppler-utils）")
    for text in ("".join(second_reading(pdf) or ()), "".join(page.text for page in paper.pages)):
        missing = [item["id"] for item in real_items if printed_form(item) not in text]
        assert missing == []


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
    assert [page.folio for page in paper.pages if page.text.startswith("摘录")] == []


@pytest.mark.parametrize(
    ("options", "name"),
    [(("-D", "zhprint_chapter=zuofeng"), "handout-zuofeng"), (("-D", "zhprint_size=三号"), "handbook")],
)
def test_handout_and_large_print(
    pdf: Path, real_items: Items, archive: Archive, tmp_path: Path, options: tuple[str, ...], name: str
) -> None:
    build(ROOT, tmp_path / "out", *options, doctrees=pdf.parent.parent / "doctrees")
    items = [item for item in real_items if name == "handbook" or item["docname"] == "chapters/zuofeng"]
    found = check_pdf(tmp_path / f"out/{name}.pdf", items, archive)
    assert items and found.problems == []
    if name != "handbook":
        text = squeeze("".join(page.extract_text() for page in PdfReader(tmp_path / f"out/{name}.pdf").pages))
        assert "讲义" in text
