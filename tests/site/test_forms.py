"""A form on the site, and the file that goes with it."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from docx import Document
from one_page import build_page

from wordxml import faults

FORM = """# 书

(biao-jiaoban)=
## 交办四问

听清再动手。

:::{form}
交办人 | | 日期 |
办什么 | 高3行

# 时间 | 进展
空2行
:::
"""


def test_a_form_is_blank_cells_and_a_file(tmp_path: Path) -> None:
    out, warnings = build_page(tmp_path, FORM)
    assert warnings == ""
    page = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [td.get_text().strip() for td in page.select(".form td.label")] == ["交办人", "日期", "办什么"]
    assert len(page.select(".form td.blank")) == 3 + 4
    link = page.select_one("a.form-file")
    assert link is not None
    document = Document(str(out / str(link["href"])))
    assert [p.text for p in document.paragraphs if p.text] == ["交办四问", "听清再动手。"]
    sheet, register = document.tables
    assert [cell.text for cell in sheet.rows[0].cells[::4]] == ["交办人", "", ""]
    assert [cell.text for cell in register.rows[0].cells] == ["时间", "进展"]
    assert faults(out / str(link["href"])) == []


def test_the_file_is_the_same_in_each_build(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        out, _ = build_page(tmp_path / name, FORM)
        made.append(next((out / "forms").iterdir()).read_bytes())
    assert made[0] == made[1]


def test_a_line_that_is_no_row_is_told_with_its_place(tmp_path: Path) -> None:
    _, warnings = build_page(tmp_path, "# 书\n\n:::{form}\n一|二|三|四|五\n:::\n")
    assert "表单：“一|二|三|四|五”有5格" in warnings
    assert "index.md:3" in warnings
