"""付印前核对: true files pass, tampered ones do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from printing import have_pdftotext, need, run

from speeches.core.archive import Archive
from speeches.proof import check_html, check_pdf, printed_form
from zhprint.reading import read_pdf, second_reading, squeeze

SOURCES = ("handbook.typ", "zhprint.typ", "look.typ", "pages.json")
Items = list[dict[str, Any]]


def test_a_true_book_passes_and_every_excerpt_has_its_page(book: Path, items: Items, book_archive: Archive) -> None:
    proof = check_pdf(book / "out/handbook.pdf", items, book_archive)
    assert proof.problems == []
    assert proof.quotations == len(items) == 4
    assert proof.pages["q.one"][0] == "1"
    assert proof.numbers > 10


def test_every_quotation_is_extracted_verbatim_by_both_readers(book: Path, items: Items) -> None:
    need(have_pdftotext(), "没有 pdftotext（poppler-utils）")
    other = second_reading(book / "out/handbook.pdf")
    assert other is not None
    for text in ("".join(other), "".join(page.text for page in read_pdf(book / "out/handbook.pdf").pages)):
        for item in items:
            assert printed_form(item) in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("办公室工作无小事。", "办公室工作有小事。"),
        ("要摆正……都要", "要摆正都要"),
        ("〔置〕", "〔致〕"),
        ("“工作无小事”，再说", "“工作无大事”，再说"),
        ("一件一件办好", "一件一件办"),
    ],
)
def test_a_tampered_text_fails(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path, old: str, new: str
) -> None:
    """The typeset text is altered, as a fault of the template or of a font would; the report knows nothing of it."""
    import typst

    for name in SOURCES:
        (tmp_path / name).write_bytes((book / "out" / name).read_bytes())
    source = (tmp_path / "handbook.typ").read_text(encoding="utf-8")
    assert old in source
    (tmp_path / "handbook.typ").write_text(source.replace(old, new, 1), encoding="utf-8")
    fonts = [str(Path(__file__).parents[2] / ".fonts")]
    target = tmp_path / "tampered.pdf"
    target.write_bytes(typst.compile(str(tmp_path / "handbook.typ"), font_paths=fonts, ignore_system_fonts=True))
    assert check_pdf(target, items, book_archive).problems


def test_a_wrong_page_number_fails(book: Path, items: Items, book_archive: Archive, tmp_path: Path) -> None:
    import typst

    for name in SOURCES:
        (tmp_path / name).write_bytes((book / "out" / name).read_bytes())
    table = json.loads((tmp_path / "pages.json").read_text(encoding="utf-8"))
    place = table["places"]["chapters/one:q.one"]
    place[0] = str(int(place[0]) + 1)
    (tmp_path / "pages.json").write_text(json.dumps(table), encoding="utf-8")
    fonts = [str(Path(__file__).parents[2] / ".fonts")]
    target = tmp_path / "tampered.pdf"
    target.write_bytes(typst.compile(str(tmp_path / "handbook.typ"), font_paths=fonts, ignore_system_fonts=True))
    assert any("页码" in problem for problem in check_pdf(target, items, book_archive).problems)


def test_a_report_that_the_archive_contradicts_fails(book: Path, items: Items, book_archive: Archive) -> None:
    items[0] = {**items[0], "fragments": [{"start": 0, "end": 3}]}
    assert any("讲话库" in problem for problem in check_pdf(book / "out/handbook.pdf", items, book_archive).problems)


def test_the_site_is_proved_too(book: Path, items: Items, tmp_path: Path) -> None:
    run(book / "source", tmp_path / "html", builder="html")
    assert check_html(tmp_path / "html", items).problems == []
    page = tmp_path / "html/chapters/one.html"
    page.write_text(page.read_text(encoding="utf-8").replace("要摆正", "要端正"), encoding="utf-8")
    problems = check_html(tmp_path / "html", items).problems
    assert len(problems) == 1 and "q.one" in problems[0]


def test_squeeze_takes_white_space_alone() -> None:
    assert squeeze("甲 乙\n丙\u3000，。……——") == "甲乙丙，。……——"
