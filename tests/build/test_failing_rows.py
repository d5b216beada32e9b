"""What the 引文核对表 and the report say of a quotation that fails: never that it agrees, never another speech's place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from book import Book, Built

WRONG_SPEECH = """
:::{excerpt} river
守灯人的本分，是天黑之前把灯点亮。
:::
"""


def row(built: Built, words: str) -> list[str]:
    """The cells of the row of the table that quotes these words."""
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in built.page("chapters/tables").find_all("tr")
    ]
    return next(cells for cells in rows if len(cells) > 1 and words in cells[1])


def reported(book: Book, words: str) -> dict[str, Any]:
    folder = book.build("verify", warns=True).app.outdir
    excerpts = json.loads((folder / "report.json").read_text(encoding="utf-8"))["excerpts"]
    return next(item for item in excerpts if words in item["quoted"] and not item["pass"])


@pytest.fixture
def misattributed(book: Book) -> Book:
    """The lamp's words under the river's name; river has four paragraphs, and no p8."""
    book.edit(
        "chapters/two.md",
        "# 渡河\n",
        f"# 渡河\n{WRONG_SPEECH.replace('守灯人的本分，是天黑之前把灯点亮。', '守灯不能图省事，更不能拿天气好当借口。')}",
    )
    return book


def test_a_misattributed_excerpt_is_no_verbatim_one(misattributed: Book) -> None:
    _, _, place, result, accepted = row(misattributed.build(warns=True), "守灯不能图省事")
    assert result == "张冠李戴；待处理"
    assert place == "《在渡口管理所的讲话》"
    assert accepted == "未认可"


def test_a_misattributed_excerpt_is_not_called_after_a_place_of_the_other_speech(misattributed: Book) -> None:
    item = reported(misattributed, "守灯不能图省事")
    assert item["speech"] == "river"
    assert item["locator"] == ""
    assert item["id"].startswith("q.river.x")
    assert item["found"]["speech"] == "lamp"
    assert item["found"]["locator"] == "p8"


def test_an_excerpt_of_a_changed_speech_is_pending(book: Book) -> None:
    """The words are still there; but nobody has looked at the new text."""
    path = book.path("source_speeches/lamp.txt")
    book.write("source_speeches/lamp.txt", path.read_text(encoding="utf-8") + "散会。\n")
    book.repin("lamp")
    assert row(book.build(warns=True), "守灯人的本分")[3] == "逐字一致；待处理"


def test_a_new_excerpt_is_pending(new_book: Book) -> None:
    assert row(new_book.build(warns=True), "守灯人的本分")[3] == "逐字一致；待处理"


def test_an_altered_excerpt_is_pending(book: Book) -> None:
    book.edit("chapters/one.md", "把灯点亮。", "把灯点着。")
    _, _, place, result, _ = row(book.build(warns=True), "守灯人的本分")
    assert result == "不一致；待处理"
    assert "p4" not in place


def test_an_excerpt_that_passes_is_not_pending(book: Book) -> None:
    assert row(book.build(), "守灯人的本分")[3] == "逐字一致"


def test_an_excerpt_at_a_wrong_place_says_so(book: Book) -> None:
    book.edit("chapters/one.md", "lamp p4.s1", "lamp p5.s1")
    assert row(book.build(warns=True), "守灯人的本分")[3] == "逐字一致；位置不符；待处理"
