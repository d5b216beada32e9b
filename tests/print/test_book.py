"""The PDF itself: pages, numbers, faces, fonts, what is on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from printing import build, have_fonts, run, write_book
from pypdf import PdfReader

from support import require
from zhprint.reading import Printed, squeeze


def test_two_builds_are_byte_identical(book: Path, tmp_path: Path) -> None:
    build(book / "source", tmp_path / "again", "-j", "4", SOURCE_DATE_EPOCH="1700000000")
    assert (tmp_path / "again/handbook.pdf").read_bytes() == (book / "out/handbook.pdf").read_bytes()


def test_a4_tagged_with_metadata_and_outline(book: Path, printed: Printed) -> None:
    reader = PdfReader(book / "out/handbook.pdf")
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {(595, 842)}
    assert reader.metadata is not None and reader.metadata.title == "小册子"
    marked: Any = reader.root_object["/MarkInfo"]
    assert marked["/Marked"]
    assert [t for level, t, _ in printed.titles if level == 1] == [
        "目录", "编写说明", "第一章　定位", "第二章　能力", "出处", "主题索引",
    ]  # fmt: skip


def test_fonts_are_embedded_and_none_is_type_3(book: Path) -> None:
    seen = 0
    for page in PdfReader(book / "out/handbook.pdf").pages:
        resources: Any = page["/Resources"]
        for font in (resources.get("/Font") or {}).values():
            assert font.get_object()["/Subtype"] == "/Type0"
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            seen += 1
    assert seen


def test_chapters_open_on_right_hand_pages_and_blank_pages_are_bare(book: Path, printed: Printed) -> None:
    openers = [at for level, title, at in printed.titles if level == 1 and title.startswith("第")]
    assert all(at % 2 == 0 for at in openers)  # index 0 is page 1
    pages = PdfReader(book / "out/handbook.pdf").pages
    blank = [at for at, page in enumerate(printed.pages) if not page.text]
    assert blank
    assert all(not squeeze(pages[at].extract_text()) for at in blank)


def test_front_matter_is_numbered_apart_and_folios_stand_at_the_outer_edge(book: Path, printed: Printed) -> None:
    folios = [page.folio for page in printed.pages]
    assert folios[:4] == ["", "", "", ""]
    first = next(at for level, title, at in printed.titles if title == "第一章　定位")
    assert folios[4] == "i" and folios[first] == "1"
    for number, page in enumerate(PdfReader(book / "out/handbook.pdf").pages, 1):
        places: list[float] = []

        def visit(text: str, cm: list[float], tm: list[float], *_: object, found: list[float] = places) -> None:
            if text.strip() and tm[5] * cm[3] + cm[5] < 99:
                found.append(tm[4] * cm[0] + cm[4])

        page.extract_text(visitor_text=visit)
        if places:
            assert (places[0] > 300) == (number % 2 == 1)


def test_running_head_does_not_lag_on_openers(book: Path, printed: Printed) -> None:
    pages = PdfReader(book / "out/handbook.pdf").pages
    opener = next(at for _, title, at in printed.titles if title == "第二章　能力")
    assert "定位" not in pages[opener].extract_text()
    assert "第二章" in squeeze(pages[opener + 1].extract_text())[:20]


def test_everything_of_the_page_is_on_paper(printed: Printed) -> None:
    text = "".join(page.text for page in printed.pages)
    for piece in ("卡片甲", "内容乙，长一些。", "标签甲", "标签内容甲。", "展开", "下拉内容。", "一张表", "甲注。", "□",
                  "GB/T9704—2012#", "code", "强调", "加粗", "@<>[]\\与$号，http://example.org/a_b也在。",
                  "准印证号", "内部资料，免费交流", "某办公室"):  # fmt: skip
        assert piece in text, piece


def test_source_line_is_never_parted(printed: Printed) -> None:
    for page in printed.pages:
        assert not page.text.startswith("——")


def test_index_is_in_pinyin_order(printed: Printed) -> None:
    page = printed.pages[next(at for _, title, at in printed.titles if title == "主题索引")].text
    terms = ["定位", "重要性", "作风"]
    assert [page.index(term) for term in terms] == sorted(page.index(term) for term in terms)


def test_a_character_without_a_glyph_stops_a_quotation_and_is_told_elsewhere(tmp_path: Path) -> None:
    require(have_fonts(), "没有字体：请先运行 make fonts")
    source = write_book(tmp_path / "source")
    end = "(end)=\n# 出处\n\n这里有 \U000131f2 字。\n\n> 引文里有 \U000131f3 字。\n"
    (source / "chapters/end.md").write_text(end, encoding="utf-8")
    done = run(source, tmp_path / "out")
    assert done.returncode != 0
    warned, stopped = done.stderr.split("排印不能进行")
    assert "chapters/end.md:4: WARNING: “\U000131f2”（U+131F2" in warned and "U+131F2" not in stopped
    assert "chapters/end.md:6：“\U000131f3”（U+131F3" in stopped
    assert not (tmp_path / "out/handbook.pdf").exists()


def test_no_fonts_at_all_is_told(tmp_path: Path) -> None:
    source = write_book(tmp_path / "source")
    done = run(source, tmp_path / "out", "-D", "zhprint_font_cache=nowhere")
    assert done.returncode != 0 and "handbook fonts" in done.stderr


def test_handout_is_one_chapter_with_its_own_pages(book: Path, tmp_path: Path) -> None:
    build(book / "source", tmp_path / "out", "-D", "zhprint_chapter=two")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "out/handout-two.pdf").pages)
    assert "讲义" in text and "第二章" in squeeze(text) and "卡片甲" not in text


def test_marks_table_prints_the_corrected_text(book: Path, tmp_path: Path) -> None:
    build(book / "source", tmp_path / "out", "-D", "zhprint_marks=table", "-D", "zhprint_size=三号")
    text = squeeze("".join(page.extract_text() for page in PdfReader(tmp_path / "out/handbook.pdf").pages))
    # A note about a quotation that nobody accepted shows it as written; the excerpt itself does not.
    assert "摘录1-1办公室工作无小事。位置要摆正……都要认真。——《" in text
    assert "位臵〔置〕要摆正……都要认真。——《" not in text
