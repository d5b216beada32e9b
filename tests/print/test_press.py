"""For the printing house: booklets, bleed, standards, papers, covers."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import build, run
from pypdf import PdfReader

from zhprint.front import spine, title_lines
from zhprint.imposing import impose, main, sides
from zhprint.paper import FEWEST, MM, PAPERS, SIZES, type_area
from zhprint.reading import read_pdf


def test_a_folded_pile_reads_in_order() -> None:
    """The imposition table of eight pages on two sheets: outside and inside of each."""
    assert list(sides(8)) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert list(sides(6)) == [(0, 1), (2, 0), (6, 3), (4, 5)]
    assert list(sides(12, section=8)) == [(8, 1), (2, 7), (6, 3), (4, 5), (12, 9), (10, 11)]


@pytest.mark.parametrize(("pages", "section"), [(1, 0), (24, 0), (146, 0), (146, 16)])
def test_every_page_is_on_one_side_and_leaves_of_a_sheet_follow(pages: int, section: int) -> None:
    pairs = list(sides(pages, section))
    assert sorted(number for pair in pairs for number in pair if number) == list(range(1, pages + 1))
    for (_, outer), (inner, _) in zip(pairs[::2], pairs[1::2], strict=True):
        assert inner in (outer + 1, 0)


def test_a_booklet_holds_the_pages_two_to_a_side(book: Path, tmp_path: Path) -> None:
    source = book / "out/handbook.pdf"
    pages = [page.text for page in read_pdf(source).pages]
    sheets = impose(source, tmp_path / "booklet.pdf")
    made = PdfReader(tmp_path / "booklet.pdf").pages
    assert len(made) == 2 * sheets and sheets == -(-len(pages) // 4)
    assert (round(made[0].mediabox.width / MM), round(made[0].mediabox.height / MM)) == (420, 297)
    shown = "".join(made[0].extract_text().split())
    assert pages[0][:6] in shown


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.pdf").write_bytes(b"")
    assert main([str(tmp_path / "no.pdf")]) == 1 and "读不懂" in capsys.readouterr().err


def test_bleed_standards_and_the_date_of_the_edition(book: Path, tmp_path: Path) -> None:
    options = (
        "-D",
        "zhprint_bleed=3",
        "-D",
        "zhprint_standard=ua-1,a-2a",
        "-D",
        "release=2026.11",
        "-D",
        "zhprint_cover=band",
        "-D",
        "zhprint_wrap=1",
        "-D",
        "zhprint_leaf_thickness=1000",
        "-D",
        "zhprint_permit_blank=1",
    )
    build(book / "source", tmp_path / "out", *options)
    reader = PdfReader(tmp_path / "out/handbook.pdf")
    page = reader.pages[0]
    assert abs(page.trimbox.width / MM - 210) < 0.1 and abs(page.mediabox.width / MM - 216) < 0.1
    xmp = reader.xmp_metadata
    assert xmp is not None and xmp.pdfaid_part == "2" and xmp.pdfaid_conformance == "A"
    assert str(reader.metadata.creation_date)[:10] == "2026-11-01" if reader.metadata else False
    trimmed = [sheet.text for sheet in read_pdf(tmp_path / "out/handbook.pdf").pages]
    whole = [sheet.text for sheet in read_pdf(book / "out/handbook.pdf").pages]
    assert trimmed[4:-1] == whole[4:-1]
    # A number that is awaited has a place on both covers; the sheet for the binder is as wide as they and the spine.
    assert (
        "准印证号：" in reader.pages[0].extract_text() and "准印证号：" in trimmed[-1] and "准印证号" not in whole[-1]
    )
    sheet = PdfReader(tmp_path / "out/cover.pdf").pages[0]
    thick = spine(len(whole), 1000)
    assert abs(sheet.trimbox.width / MM - (2 * 210 + thick)) < 0.1 and abs(sheet.trimbox.height / MM - 297) < 0.1
    assert abs(sheet.mediabox.width / MM - sheet.trimbox.width / MM - 6) < 0.1
    assert thick > 5 and "".join(sheet.extract_text().split()).count("小册子") == 2


def test_a_spine_is_as_thick_as_the_leaves() -> None:
    assert spine(128, 100) == pytest.approx(6.4) and spine(127, 100) == spine(128, 100)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("zhprint_paper=a3", "zhprint_paper"),
        ("zhprint_cover=gold", "zhprint_cover"),
        ("zhprint_cover_colour=red", "六位色号"),
        ("zhprint_standard=x-4", "zhprint_standard"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_chinese(book: Path, tmp_path: Path, option: str, told: str) -> None:
    done = run(book / "source", tmp_path / "out", "-D", option)
    assert done.returncode != 0 and told in done.stderr and "请" in done.stderr


def test_a_small_paper_refuses_type_too_large_for_it(book: Path, tmp_path: Path) -> None:
    done = run(book / "source", tmp_path / "out", "-D", "zhprint_paper=a5", "-D", "zhprint_size=三号")
    assert done.returncode != 0 and "一行只有" in done.stderr


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", SIZES)
def test_the_type_area_is_whole_characters_by_whole_lines(paper: str, size: str) -> None:
    area = type_area(paper, size)
    sheet = PAPERS[paper]
    assert area.width == area.characters * area.size
    assert area.inside >= sheet.inside * MM - 0.01 and area.bottom >= sheet.foot * MM - 1
    assert area.inside + area.width + sheet.outside * MM == pytest.approx(sheet.width * MM)
    if (paper, size) == ("a4", "三号"):
        assert (area.characters, area.lines) == (28, 22)  # GB/T 9704-2012
    assert area.characters >= FEWEST or paper == "a5"


def test_a_long_title_is_broken_once_at_a_good_place() -> None:
    assert title_lines("办公室工作手册", []) == ["办公室工作手册"]
    assert title_lines("全县办公室系统工作人员的学习培训手册", []) == ["全县办公室系统工作人员的", "学习培训手册"]
    assert title_lines("办公室工作手册", ["办公室", "工作手册"]) == ["办公室", "工作手册"]
