"""付印前核对: true files pass, tampered ones do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from printing import FONTS, have_pdftotext, run

from handbook.proof import check_html, check_pdf, printed_form
from speeches.core.source.archive import Archive
from support import require
from zhprint.reading import ReadingError, read_pdf, second_reading, squeeze

Items = list[dict[str, Any]]
Table = dict[str, list[Any]]


def test_a_true_book_passes_and_every_excerpt_has_its_page(book: Path, items: Items, book_archive: Archive) -> None:
    proof = check_pdf(book / "out/handbook.pdf", items, book_archive)
    assert proof.problems == []
    assert proof.quotations == len(items) == 4
    assert proof.pages["q.one"][0] == "1"
    assert proof.numbers > 10


def test_every_quotation_is_extracted_verbatim_by_both_readers(book: Path, items: Items) -> None:
    require(have_pdftotext(), "没有 pdftotext（poppler-utils）")
    other = second_reading(book / "out/handbook.pdf")
    assert other is not None
    for text in ("".join(other), "".join(page.text for page in read_pdf(book / "out/handbook.pdf").pages)):
        for item in items:
            assert printed_form(item) in text


def _set_again(book: Path, folder: Path, change: Callable[[str, Table], str]) -> Path:
    """The book set once more from altered source or an altered table of pages, as a fault of the program would: its PDF."""
    import typst

    for file in (book / "out").iterdir():
        if file.suffix in (".typ", ".json"):
            (folder / file.name).write_bytes(file.read_bytes())
    source, table = folder / "handbook.typ", folder / "pages.json"
    places = json.loads(table.read_text(encoding="utf-8"))
    source.write_text(change(source.read_text(encoding="utf-8"), places["places"]), encoding="utf-8")
    table.write_text(json.dumps(places), encoding="utf-8")
    target = folder / "tampered.pdf"
    target.write_bytes(typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True))
    return target


def test_the_book_set_again_without_a_change_passes(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path
) -> None:
    same = _set_again(book, tmp_path, lambda source, _: source)
    assert check_pdf(same, items, book_archive).problems == []


@pytest.mark.parametrize(
    ("old", "new", "identifier"),
    [
        ("办公室工作无小事。", "办公室工作有小事。", "q.one"),
        ("要摆正……都要", "要摆正都要", "q.one"),
        ("〔置〕", "〔致〕", "q.one"),
        ("工作无小事”，再说", "工作无大事”，再说", "iq."),
        ("一件一件办好", "一件一件办", "q.two"),
    ],
)
def test_a_tampered_text_fails(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path, old: str, new: str, identifier: str
) -> None:
    """The report knows nothing of it; the reader's own text is different."""

    def change(source: str, _: Table) -> str:
        start = source.index("#excerpt(") if identifier.startswith("q.") else 0
        assert old in source[start:]
        return source[:start] + source[start:].replace(old, new, 1)

    file = _set_again(book, tmp_path, change)
    assert [p.text for p in read_pdf(file).pages] != [p.text for p in read_pdf(book / "out/handbook.pdf").pages]
    problems = check_pdf(file, items, book_archive).problems
    assert problems and all(f"（{identifier}" in problem for problem in problems)


def test_a_list_that_is_not_found_fails(book: Path, items: Items, book_archive: Archive) -> None:
    """A renamed index must not take its page numbers out of the proof."""
    (problem,) = check_pdf(book / "out/handbook.pdf", items, book_archive, lists=("目录", "词语索引")).problems
    assert "没有找到“词语索引”" in problem


@pytest.mark.parametrize(
    ("label", "where"),
    [("chapters/one:q.one", "页：“"), ("chapters/two:id4", "页（目录）：“"), ("ix:3", "页（主题索引）：“")],
)
def test_a_wrong_page_number_fails(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path, label: str, where: str
) -> None:
    true: list[str] = []

    def change(source: str, places: Table) -> str:
        true.append(places[label][0])
        places[label][0] = str(int(places[label][0]) + 1)
        return source

    problems = check_pdf(_set_again(book, tmp_path, change), items, book_archive).problems
    assert problems
    for problem in problems:
        assert f"印的页码是{int(true[0]) + 1}，实际在{true[0]}。" in problem and where in problem


def test_a_report_that_the_archive_contradicts_fails(book: Path, items: Items, book_archive: Archive) -> None:
    items[0] = {**items[0], "fragments": [{"start": 0, "end": 3}]}
    assert any("讲话库" in problem for problem in check_pdf(book / "out/handbook.pdf", items, book_archive).problems)


def test_the_site_is_proved_too(book: Path, items: Items, book_archive: Archive, tmp_path: Path) -> None:
    run(book / "source", tmp_path / "html", builder="html")
    assert check_html(tmp_path / "html", items, book_archive).problems == []
    page = tmp_path / "html/chapters/one.html"
    page.write_text(page.read_text(encoding="utf-8").replace("要摆正", "要端正"), encoding="utf-8")
    problems = check_html(tmp_path / "html", items, book_archive).problems
    assert len(problems) == 1 and "q.one" in problems[0]


def test_an_excerpt_that_is_in_no_report_fails(book: Path, items: Items, book_archive: Archive) -> None:
    """A report that is older than the book: what was written since was verified by nobody."""
    older = [item for item in items if item["id"] != "q.one"]
    problems = check_pdf(book / "out/handbook.pdf", older, book_archive).problems
    assert problems and all("没有人核对过" in problem for problem in problems)


def test_a_quotation_on_the_site_that_is_in_no_report_fails(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path
) -> None:
    run(book / "source", tmp_path / "html", builder="html")
    for kind in ("excerpt", "quote"):
        gone = next(item for item in items if item["kind"] == kind)
        older = [item for item in items if item is not gone]
        (problem,) = check_html(tmp_path / "html", older, book_archive).problems
        assert "没有人核对过" in problem


def test_a_wrong_source_line_fails_on_paper_and_on_the_site(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path
) -> None:
    title = book_archive.speeches["alpha"].title

    def change(source: str, _places: Table) -> str:
        assert f"《{title}》" in source
        return source.replace(f"《{title}》", "《另一篇讲话》")

    problems = check_pdf(_set_again(book, tmp_path, change), items, book_archive).problems
    assert problems and all("出处不对" in problem and "《另一篇讲话》" in problem for problem in problems)
    run(book / "source", tmp_path / "html", builder="html")
    page = tmp_path / "html/chapters/one.html"
    page.write_text(page.read_text(encoding="utf-8").replace(f"《{title}》", "《另一篇讲话》"), encoding="utf-8")
    assert any("《另一篇讲话》" in problem for problem in check_html(tmp_path / "html", items, book_archive).problems)


def test_words_put_before_an_excerpt_fail(book: Path, items: Items, book_archive: Archive, tmp_path: Path) -> None:
    first = next(item["quoted"] for item in items if item["id"] == "q.one").split("。")[0]

    def change(source: str, _places: Table) -> str:
        at = source.index(first, source.index("#excerpt("))
        return source[:at] + "谁都不要说" + source[at:]

    problems = check_pdf(_set_again(book, tmp_path, change), items, book_archive).problems
    assert any("没有这条引文" in problem and "摘录1-1谁都不要说" in problem for problem in problems)


def test_a_page_left_over_from_another_name_fails(
    book: Path, items: Items, book_archive: Archive, tmp_path: Path
) -> None:
    run(book / "source", tmp_path / "html", builder="html")
    page = tmp_path / "html/chapters/one.html"
    page.with_name("draft.html").write_text(
        page.read_text(encoding="utf-8").replace("要摆正", "要端正"), encoding="utf-8"
    )
    (problem,) = check_html(tmp_path / "html", items, book_archive).problems
    assert "chapters/draft.html" in problem and "不在书里" in problem


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", "不是 PDF".encode("gbk")])
def test_a_file_that_is_no_pdf_is_told(items: Items, book_archive: Archive, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "handbook.pdf"
    file.write_bytes(content)
    with pytest.raises(ReadingError, match=r"handbook.pdf 读不懂"):
        check_pdf(file, items, book_archive)


def test_squeeze_takes_white_space_alone() -> None:
    assert squeeze("甲 乙\n丙\u3000，。……——") == "甲乙丙，。……——"
