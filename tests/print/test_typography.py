"""What a typographer would mind: planted on small pages and found, looked for in every edition of the real book."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import typst
from printing import FONTS, Edition, have_fonts

from support import require
from zhprint.filling import Filled, read_filled
from zhprint.fitting import NOTHING, SHORTEST, breaks, let_out, springs, white
from zhprint.paper import MM, type_area
from zhprint.positions import Sheet, read_layout
from zhprint.typography import SMALLEST, Finding, check_typography, ends_by_will, lines_short

AREA = type_area("a4", "四号")
PAGE = f"""
#set page(width: 210mm, height: 297mm, margin: (top: 37mm, bottom: {AREA.bottom}pt, left: {AREA.inside}pt, right: 67pt),
  footer: align(center)[1])
#set text(font: "Noto Serif SC", size: 14pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 11pt, spacing: 11pt)
"""
_PATH = 2
"""What PDFium calls an object that is drawn."""
TEXT = "办公室的工作连着上下左右每一件都要有人经手有人负责"


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[Finding]]:
    """``found(body)``: what is wrong with a document of this body."""
    require(have_fonts(), "没有字体：请先运行 make fonts")

    def check(body: str) -> list[Finding]:
        source = tmp_path / "page.typ"
        source.write_text(PAGE + body, encoding="utf-8")
        typst.compile(str(source), output=str(tmp_path / "page.pdf"), font_paths=[str(FONTS)], ignore_system_fonts=True)
        return check_typography(tmp_path / "page.pdf")

    return check


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (f"{TEXT}\\ ；{TEXT}", "first", "；办公室"),
        (f"{TEXT}“\\ {TEXT}", "last", "负责“"),
        (f"{TEXT}\\ 人。", "runt", "/人。"),
        (f"#text(tracking: 2.5pt)[{TEXT[:20]}]", "loose", "办公室"),
        (f"{TEXT[:9]}；#metadata(1)“{TEXT[:5]}", "apart", "；“"),
        (f"{TEXT}#text(size: 7.5pt)[第七页]", "small", "第七页"),
        (f"#h(-30pt){TEXT}", "outside", TEXT[:5]),
        (f"= {TEXT[:4]}\n#pagebreak()\n{TEXT}", "heading", TEXT[:4]),
        (f"{TEXT}\n#pagebreak()\n{TEXT}", "hole", "少24行"),
    ],
)
def test_each_defect_is_found_by_its_words(
    found: Callable[[str], list[Finding]], body: str, kind: str, words: str
) -> None:
    told = [finding for finding in found(body) if finding.kind == kind]
    assert len(told) == 1 and words in told[0].words and "印刷文件第1页" in str(told[0])


def test_good_text_has_nothing(found: Callable[[str], list[Finding]]) -> None:
    text = f"{TEXT}，" * 6
    assert (
        found(f"#set par(justify: true, first-line-indent: (amount: 2em, all: true))\n{text}\n\n{text}。“{TEXT}。”")
        == []
    )


def test_a_table_that_goes_on_without_its_head_is_found(found: Callable[[str], list[Finding]]) -> None:
    rows = "".join(f"[第{n}行], [{TEXT}], " for n in range(60))
    for header, kinds in (("table.header([编号], [事项]),", []), ("[编号], [事项],", ["headless"])):
        body = f"#set text(size: 10.5pt)\n#table(columns: 2, {header} {rows})\n#set text(size: 14pt)\n{TEXT * 12}"
        assert sorted({finding.kind for finding in found(body) if finding.grave}) == kinds


# Editions of the real book ----------------------------------------------------------------------------------------

EDITIONS = {
    "pdf": (),
    "all": ("-D", "zhprint_exclude=none", "-D", "zhprint_size=三号"),
    "table": ("-D", "zhprint_marks=table"),
    "a5": ("-D", "zhprint_paper=a5"),
    **{name: ("-D", f"zhprint_chapter={name}") for name in ("dingwei", "suzhi", "nengli", "zuofeng", "baozhang")},
}


@pytest.mark.parametrize("name", EDITIONS)
def test_no_edition_has_what_misleads_a_reader(request: pytest.FixtureRequest, edition: Edition, name: str) -> None:
    file: Path = request.getfixturevalue("pdf") if name == "pdf" else edition(name, *EDITIONS[name])
    findings = check_typography(file)
    assert [str(finding) for finding in findings if finding.grave or finding.kind == "apart"] == []


def test_a_page_to_tear_out_is_one_leaf_in_large_print_too(edition: Edition) -> None:
    layout = read_layout(edition("all", *EDITIONS["all"]))
    start = next(at for at, title in layout.titles if title == "意见反馈页")
    following = next(at for at in sorted(layout.openers) if at > start)
    assert start % 2 and following == start + 2


def test_a_text_that_begins_with_its_title_again_is_no_heading(found: Callable[[str], list[Finding]]) -> None:
    assert "heading" not in {finding.kind for finding in found(f"= {TEXT[:4]}\n{TEXT[:4]}\n#pagebreak()\n{TEXT}")}


def test_the_book_has_at_most_120_pages(pdf: Path) -> None:
    assert len(read_layout(pdf).sheets) <= 120


def test_what_is_looked_up_has_its_title_at_the_head_of_its_text(pdf: Path) -> None:
    layout = read_layout(pdf)
    page = dict(map(reversed, layout.titles))["接电话"]
    at = next(at for at, line in enumerate(layout.sheets[page - 1].lines) if line.text == "接电话")
    title, text = layout.sheets[page - 1].lines[at : at + 2]
    assert text.text.startswith("报单位和姓名") and text.y == title.y and text.glyphs[0].font != title.glyphs[0].font


def test_pages_end_on_their_last_line(pdf: Path) -> None:
    """Of pages that run on nearly all are full, and hardly one is more than two lines short."""
    layout = read_layout(pdf)
    running = [
        lines_short(sheet, layout)
        for sheet, after in zip(layout.sheets, layout.sheets[1:], strict=False)
        if sheet.folio and after.folio and after.number not in layout.openers | {n + 1 for n in layout.turned}
    ]
    assert sum(short <= 1 for short in running) >= 0.95 * len(running) > 50
    assert sum(short > SHORTEST for short in running) <= 2


def test_no_part_ends_on_a_page_of_a_line_or_two(pdf: Path) -> None:
    layout = read_layout(pdf)
    starts = [*sorted(layout.openers), len(layout.sheets)]
    for start, following in pairwise(starts):
        last = [sheet for sheet in layout.sheets[start - 1 : following - 1] if sheet.lines and sheet.folio][-1]
        assert lines_short(last, layout) <= layout.area.lines - 3, last.folio


def test_a_table_that_goes_on_says_so_over_its_head(pdf: Path) -> None:
    layout = read_layout(pdf)
    going_on = [sheet for sheet in layout.sheets if sheet.lines and sheet.lines[0].text == "续表"]
    assert going_on
    for sheet in going_on:
        before = {line.text for line in layout.sheets[sheet.number - 2].lines}
        assert sheet.lines[1].text in before, sheet.folio


def test_a_checklist_can_be_filled_in(pdf: Path) -> None:
    """Rows 12 mm high, 整改 40 mm wide."""
    for sheet in read_layout(pdf).sheets:
        boxes = [glyph for line in sheet.lines for glyph in line.glyphs if glyph.text == "□" and _has(sheet, "检查项")]
        column = sorted(glyph.y for glyph in boxes if glyph.x == boxes[0].x)
        assert all(below - above >= 12 * MM - 0.1 for above, below in pairwise(column)), sheet.folio
        if boxes:
            *_, left, right = _upright_rules(pdf, sheet.number, column[0])
            assert right - left >= 40 * MM - 0.1, sheet.folio


def test_who_answers_the_items_of_a_checklist_is_not_parted_from_them(pdf: Path, edition: Edition) -> None:
    for file in (pdf, edition("all", *EDITIONS["all"])):
        feet = {sheet.lines[-1].text for sheet in read_layout(file).sheets if sheet.lines}
        assert not feet & {"新人", "主任", "检查项是否不适用整改"}


def test_boxes_to_tick_are_4_mm_wide_and_high(pdf: Path) -> None:
    """Of checklists and of forms, by their ink."""
    document = pypdfium2.PdfDocument(pdf)
    inks = [ink for page in document for ink in _boxes(page)]
    document.close()
    assert len(inks) > 150
    assert all(min(right - left, top - foot) >= 4 * MM - 0.1 for left, foot, right, top in inks)


def _boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    return [text.get_charbox(at) for at, character in enumerate(text.get_text_range()) if character == "□"]


def _upright_rules(pdf: Path, number: int, at: float) -> list[float]:
    """Where the upright rules of a page stand that cross a height of it; points from the left and the upper edge."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1]
    bounds = [thing.get_bounds() for thing in page.get_objects(max_depth=3) if thing.type == _PATH]
    height = page.get_height()
    document.close()
    return sorted(left for left, foot, right, top in bounds if right - left < 2 and foot < height - at < top)


def test_questions_have_lines_to_write_on_and_answers_are_set_smaller(pdf: Path) -> None:
    layout = read_layout(pdf)
    pages = {title: at for at, title in layout.titles}
    answers = layout.sheets[pages["思考题答题要点"]]
    sizes = {glyph.size for line in answers.lines for glyph in line.glyphs}
    assert sizes and 10.5 < max(sizes) < 14 and min(sizes) >= SMALLEST
    asked = next(sheet for sheet in layout.sheets if sheet.number > pages["第一章　定位"] and _has(sheet, "思考题"))
    lines = asked.lines[next(at for at, line in enumerate(asked.lines) if line.text == "思考题") :]
    # From the last line of a question to the first of the next there is a line of the grid to write on.
    second = next(line for line in lines if line.text.startswith("2."))
    above = lines[lines.index(second) - 1]
    assert second.y - above.y >= 1.75 * layout.area.leading - 0.5


def _has(sheet: Sheet, title: str) -> bool:
    return any(line.text == title for line in sheet.lines)


# Fitting ----------------------------------------------------------------------------------------------------------


def _filled(*lines: int) -> Filled:
    """Pages with so many lines of text each, of which all but the last are gone on from."""
    lows = tuple(AREA.paper.text_top + (count - 1) * AREA.leading + AREA.size for count in lines)
    return Filled(AREA, lows, frozenset(range(1, len(lines))))


def _place(page: int, line: int) -> list[object]:
    return [str(page), page, AREA.paper.text_top + line * AREA.leading]


def test_a_short_page_gets_as_many_lines_as_it_is_short_by() -> None:
    places = {"gap:1": _place(1, 5), "gap:2": _place(1, 12), "gap:3": _place(1, 16), "gap:4": _place(2, 8)}
    assert springs(_filled(23, 25, 20), places, {}) == {"gap:2": 1, "gap:3": 1}


def test_white_goes_over_headings_first() -> None:
    places = {"over:1": _place(1, 5), "gap:2": _place(1, 12), "gap:3": _place(1, 16)}
    assert springs(_filled(24, 25), places, {}) == {"over:1": 1}


def test_questions_get_more_lines_to_write_on_before_anything_gets_white() -> None:
    places = {f"answer:{n}": _place(1, 2 * n) for n in range(1, 7)} | {"gap:1": _place(1, 14)}
    assert springs(_filled(19, 25), places, {}) == {f"answer:{n}": 1 for n in range(1, 7)}


def test_a_page_that_has_its_lines_gets_no_more_unless_it_is_a_hole() -> None:
    places = {"gap:1": _place(1, 5), "gap:2": _place(1, 12), "gap:3": _place(2, 8)}
    assert springs(_filled(24, 21, 25), places, {"gap:1": 1}) == {"gap:3": 1}


def test_a_place_at_the_head_or_the_foot_of_a_page_gets_nothing() -> None:
    assert springs(_filled(22, 25), {"gap:1": _place(1, 0), "gap:2": _place(1, 22)}, {}) == {}


def test_a_table_is_parted_where_it_leaves_half_a_page_white() -> None:
    filled = _filled(14, 25, 23, 25)
    places = {"whole:fit:1": _place(2, 1), "whole:fit:2": _place(4, 0), "whole:fit:3": _place(2, 15)}
    assert breaks(filled, places, NOTHING)["parted"] == ["fit:1"]


def test_a_long_lead_goes_back_to_the_facing_page_that_is_short() -> None:
    filled = _filled(25, 20, 25)
    assert breaks(filled, _lead(3, 0, 3), NOTHING)["loosened"] == ["lead:1"]
    for other in (_lead(3, 5, 3), _lead(2, 0, 3), _lead(3, 0, 2)):
        assert breaks(filled, other, NOTHING)["loosened"] == []


def _lead(page: int, line: int, lines: int) -> dict[str, list[object]]:
    return {"lead:1": _place(page, line), "lead:1:end": _place(page, line + lines - 1)}


def test_a_title_gives_back_lines_when_the_last_page_holds_next_to_nothing() -> None:
    filled, places = _filled(1, 25, 25, 2, 25, 9), {"part:1": _place(2, 0), "part:2": _place(5, 0)}
    first = breaks(filled, places, NOTHING)
    assert first["lean"] == ["part:1"] and breaks(filled, places, first) == first


def test_the_rows_of_a_checklist_take_up_what_nothing_else_on_its_last_page_can() -> None:
    filled, places = _filled(25, 20, 25), {"sign:fit:1": _place(2, 19)}
    assert breaks(filled, places, NOTHING)["tall"] == {"fit:1": 4}
    gaps = {f"gap:{n}": _place(2, 2 * n) for n in range(1, 7)}
    assert breaks(filled, places | gaps, NOTHING)["tall"] == {}


def test_a_page_that_cannot_be_filled_gets_lines_from_the_one_before() -> None:
    filled, places = _filled(25, 20, 25), {"gap:1": _place(1, 5), "gap:2": _place(1, 12), "gap:3": _place(2, 9)}
    assert white(filled, range(1, 4)) == 3 and white(filled, [1, 3]) == 0
    given = let_out(filled, places, NOTHING | {"springs": {"gap:3": 1}})["springs"]
    assert given == {"gap:1": 1, "gap:2": 1, "gap:3": 1}
    full = _filled(25, 24, 25)
    assert white(full, range(1, 4)) == 0 and let_out(full, places, NOTHING | {"springs": {"gap:3": 1}})["springs"] == {
        "gap:3": 1
    }


def test_a_draft_is_read_as_the_whole_book_is(pdf: Path) -> None:
    """Of a page's objects alone as of its every character."""
    layout = read_layout(pdf)
    filled = read_filled(pdf, layout.area, {})
    assert filled.area == layout.area
    for sheet, low in zip(layout.sheets, filled.lows, strict=True):
        assert abs(sheet.low - low) < 0.5, sheet.number
    assert filled.running == {s.number for s in layout.sheets if s.folio and not ends_by_will(s, layout)} | {
        at for at in layout.turned if layout.sheets[at].number not in layout.openers
    }
