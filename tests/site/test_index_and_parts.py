"""The index in pinyin order, and the parts of a training handbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from one_page import build_page

from zhindex import in_pinyin_order, initial


def test_terms_come_in_pinyin_order_with_letter_groups() -> None:
    terms = ["作风", "办公室", "保密", "参谋", "重要", "长处", "A4纸", "“四风”"]
    groups = in_pinyin_order((term, None) for term in terms)
    assert [letter for letter, _ in groups] == ["A", "B", "C", "Z", "#"]
    assert [term for term, _ in dict(groups)["B"]] == ["办公室", "保密"]
    assert {term for term, _ in dict(groups)["C"]} == {"参谋", "长处"}


@pytest.mark.parametrize(("term", "letter"), [("参谋", "C"), ("三服务", "S"), ("Wi-Fi", "W"), ("①", "#"), ("", "#")])
def test_initials(term: str, letter: str) -> None:
    assert initial(term) == letter


def test_the_index_page_is_sorted(tmp_path: Path) -> None:
    source = "# 书\n\n```{index} 作风, 保密\n```\n第一段。\n\n```{index} 办公室\n```\n第二段。\n"
    out, warnings = build_page(tmp_path, source)
    assert warnings == ""
    page = BeautifulSoup((out / "genindex.html").read_text(encoding="utf-8"), "html.parser")
    assert [h.get_text() for h in page.select("h2")] == ["B", "Z"]
    assert [a.get_text() for a in page.select(".genindextable a")] == ["办公室", "保密", "作风"]


def test_a_checklist_becomes_boxes(tmp_path: Path) -> None:
    out, warnings = build_page(
        tmp_path, "# 书\n\n:::{checklist}\n- 核对引文\n- 检查页码\n:::\n\n:::{notes-space}\n:::\n"
    )
    assert warnings == ""
    page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = page.select("table.checklist tbody tr")
    assert [row.select_one("td").get_text().strip() for row in rows if row.select_one("td")] == ["核对引文", "检查页码"]
    assert [td.get_text().strip() for td in rows[0].select("td")[1:4]] == ["□", "□", "□"]
    assert page.select_one(".notes-space") is not None


@pytest.mark.parametrize("body", ["没有列表", "- 核对引文\n\n1. 检查页码"])
def test_a_checklist_holds_lists_only(tmp_path: Path, body: str) -> None:
    _, warnings = build_page(tmp_path, f"# 书\n\n:::{{checklist}}\n{body}\n:::\n")
    assert "自查清单里只能有项目列表" in warnings
    assert "index.md:3" in warnings


def test_a_checklist_says_who_answers(tmp_path: Path) -> None:
    out, warnings = build_page(tmp_path, "# 书\n\n:::{checklist}\n新人\n- 核对引文\n\n主任\n- 检查页码\n:::\n")
    assert warnings == ""
    rows = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser").select(
        "table.checklist tbody tr"
    )
    assert [(row.td.get_text().strip(), row.td.get("colspan")) for row in rows if row.td] == [
        ("新人", "5"), ("核对引文", None), ("主任", "5"), ("检查页码", None),
    ]  # fmt: skip


def test_a_page_is_described_by_its_first_paragraph(tmp_path: Path) -> None:
    text = "这一段文字有二十个字以上，可以用来说明这一页讲的是什么内容。"
    out, _ = build_page(tmp_path, f"# 书\n\n短。\n\n{text}\n")
    page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    description = page.select_one('meta[name="description"]')
    assert description is not None
    assert description["content"] == text
