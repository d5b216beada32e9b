"""What a typographer would mind, looked for on every page of the real book from where its lines stand."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from positions import FOOT, Sheet, neighbours, runs_on, sheets
from printing import have_pdftotext

from support import require
from zhprint.reading import Printed, squeeze

_SOURCE = re.compile(r"摘录[0-9]+-[0-9]+——")
_NUMBERED = re.compile(r"[0-9]+\.\S*")


@pytest.fixture(scope="session", params=["pdf", "large_pdf"])
def pages(request: pytest.FixtureRequest) -> list[Sheet]:
    require(have_pdftotext(), "没有 pdftotext（poppler-utils）")
    pdf: Path = request.getfixturevalue(request.param)
    return sheets(pdf)


@pytest.fixture(scope="session")
def titles(paper: Printed) -> set[str]:
    return {squeeze(title) for _, title, _ in paper.titles}


def test_no_line_stands_outside_the_type_area(pages: list[Sheet]) -> None:
    """Half a character of compressed punctuation may hang over either edge: its ink does not."""
    wide = [
        (sheet.number, word)
        for sheet in pages[4:]
        for word in sheet.words
        if word.x0 < sheet.left - word.size * 0.55 or word.x1 > sheet.right + word.size * 0.55 or word.y1 > FOOT
    ]
    assert wide == []


def test_lines_of_a_paragraph_reach_the_edge(pages: list[Sheet]) -> None:
    short = [
        (sheet.number, upper.text)
        for sheet in pages[4:]
        for upper, lower in neighbours(sheet)
        if runs_on(upper, lower, sheet) and upper.y1 + 2 * upper.size > lower.y1 and upper.x1 < sheet.right - 8
    ]
    assert short == []


def test_no_page_begins_with_the_last_line_of_an_excerpt(pages: list[Sheet]) -> None:
    """A source line is under at least two lines of its excerpt, or under the whole of it."""
    found = []
    for sheet in pages:
        lines = sheet.lines()
        tops = [number for number, line in enumerate(lines[:2]) if _SOURCE.match(squeeze(line.text))]
        # One line above it that is indented is an excerpt of one line.
        if 0 in tops or (1 in tops and lines[0].x0 < sheet.left + 3 * lines[0].size):
            found.append((sheet.number, lines[0].text))
    assert found == []


def test_no_page_begins_with_the_last_line_of_a_paragraph(pages: list[Sheet], titles: set[str]) -> None:
    found = []
    for sheet in pages:
        first, second = (*sheet.lines(), None, None)[:2]
        if first and second and abs(first.x0 - sheet.left) < 8 and 13 < first.size < 16.5:
            indent = second.x0 - sheet.left
            same = abs(first.size - second.size) < 0.6 and squeeze(first.text) not in titles
            if same and 1.8 * second.size < indent < 2.2 * second.size and second.y1 - first.y1 < 32:
                found.append((sheet.number, first.text))
    assert found == []


def test_no_heading_ends_a_page(pages: list[Sheet], titles: set[str]) -> None:
    """Ruled lines to write on are no text: under 笔记栏 there must be room for eight of them."""
    ends = [(sheet.number, sheet.lines()[-1]) for sheet in pages[4:] if sheet.words]
    room = {"笔记栏": 8 * 28}
    found = [(number, end.text) for number, end in ends if squeeze(end.text) in titles and end.size > 13]
    found = [(number, text) for number, text in found if dict(ends)[number].y1 + room.get(text, FOOT) > FOOT]
    assert found == []


def test_no_numbered_item_is_parted_from_its_list(pages: list[Sheet]) -> None:
    found = []
    for sheet, after in pairwise(pages):
        if sheet.words and after.words:
            last, first = sheet.lines()[-1], after.lines()[0]
            nested = first.x0 - after.left > last.x0 - sheet.left + 2.5 * first.size and first.size < last.size + 0.6
            if _NUMBERED.match(last.text) and nested and last.size > 13:
                found.append((sheet.number, last.text))
    assert found == []


def test_no_line_holds_a_single_character(pages: list[Sheet]) -> None:
    found = [
        (sheet.number, line.text)
        for sheet in pages[4:]
        for _, line in neighbours(sheet)
        if line.size > 13 and re.fullmatch(r"[\u4e00-\u9fff][。，；：、？！”）》]*", squeeze(line.text))
    ]
    assert found == []


def test_no_line_of_text_begins_with_the_page_of_a_reference(pages: list[Sheet]) -> None:
    """见摘录4-15, and on the next line 44页: the number would be read as part of the next words."""
    found = [
        (sheet.number, line.text)
        for sheet in pages[4:]
        for line in sheet.lines()
        if re.match(r"[0-9]+ ?页", line.text) and line.x0 < sheet.left + 6 * line.size and line.x1 > sheet.right - 60
    ]
    assert found == []


def test_index_columns_end_level_and_no_letter_ends_one(pages: list[Sheet], paper: Printed) -> None:
    index = next(number for number, sheet in enumerate(pages) if sheet.words and sheet.lines()[0].text == "主题索引")
    ends = []
    for sheet in pages[index:]:
        middle = sheet.left + 442 / 2
        columns = [[w for w in sheet.words if w.x0 < middle], [w for w in sheet.words if w.x0 >= middle]]
        lowest = [max(column, key=lambda word: word.y1) for column in columns if column]
        assert not [word.text for word in lowest if re.fullmatch("[A-Z#]", word.text)], sheet.number
        ends.append([word.y1 for word in lowest])
    assert len(ends) >= 3
    assert len(ends[-1]) == 2 and abs(ends[-1][0] - ends[-1][1]) < 40


def test_a_table_over_many_pages_has_its_head_on_each(pages: list[Sheet]) -> None:
    heads = [
        s.number for s in pages if s.words and squeeze(s.lines()[0].text).startswith("编号引文出处和位置核对结果认可")
    ]
    assert len(heads) > 10
    assert heads == list(range(heads[0], heads[-1] + 1))
