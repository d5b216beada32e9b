"""The text of a form."""

from __future__ import annotations

import pytest

from teaching.sheet import GRID, SheetError, parse_sheets


def test_labels_and_blanks_lie_on_one_grid() -> None:
    (sheet,) = parse_sheets(["交办人 | | 日期 |", "办什么 | 高3行"])
    assert [[(c.text, c.span, c.lines) for c in row] for row in sheet.rows] == [
        [("交办人", 2, 1), ("", 4, 1), ("日期", 2, 1), ("", 4, 1)],
        [("办什么", 2, 1), ("", 10, 3)],
    ]
    assert all(sum(cell.span for cell in row) == GRID for row in sheet.rows)


def test_a_head_has_widths_and_blank_rows() -> None:
    sheet, other = parse_sheets(["# 序号 | 来文:4", "空2行", "", "签名 |"])
    assert (sheet.heads, sheet.widths, len(sheet.rows)) == (("序号", "来文"), (1, 4), 2)
    assert (other.heads, other.rows[0][0].text) == ((), "签名")


def test_rows_under_a_head_may_begin_with_words() -> None:
    (sheet,) = parse_sheets(["# 方面 | 已掌握 | 还缺", "上情 | 高2行 |"])
    assert [(c.text, c.lines) for c in sheet.rows[0]] == [("上情", 1), ("", 2), ("", 1)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "表单是空的"),
        (["空3行"], "没有表头"),
        (["# 序号 | 来文", "只有一格"], "应有2格，与表头相同"),
        (["一|二|三|四|五"], "应有1、2、3、4或6格"),
        (["# 序号", "空99999999行"], "请写 1 到 60"),
        (["# 序号", "空0行"], "请写 1 到 60"),
        (["# 序号:99999999"], "请写 1 到 60"),
        ([f"办什么 | 高{'9' * 5000}行"], "请写 1 到 60"),
        (["#" + "|" * 20], "最多12栏"),
    ],
)
def test_what_is_no_row_is_told(lines: list[str], told: str) -> None:
    with pytest.raises(SheetError, match=told):
        parse_sheets(lines)
