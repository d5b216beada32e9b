"""Pure parts: escaping, pinyin order, widths of columns."""

from __future__ import annotations

from zhindex import initial, pinyin_key
from zhprint.escape import markup, string
from zhprint.tables import Cell, balanced, width_of


def test_markup_escapes_what_typst_would_read() -> None:
    assert markup("#a[1] $x$ //") == r"\#a\[1\] \$x\$ \/\/"
    assert string('a"b\\') == r'"a\"b\\"'


def test_pinyin_order_knows_polyphones() -> None:
    assert sorted(["作风", "重要", "定位", "重复", "阿"], key=pinyin_key) == ["阿", "重复", "定位", "重要", "作风"]
    assert (initial("重复"), initial("重量"), initial("2026")) == ("C", "Z", "#")


def test_short_columns_keep_one_line() -> None:
    widths = balanced([[Cell("编号"), Cell("长" * 200), Cell("是")]], 3)
    assert widths[1] > 20 and widths[0] >= width_of("编号")


def test_heads_keep_one_line_beside_long_columns() -> None:
    head = [Cell("引文"), Cell("出处"), Cell("核对结果")]
    widths = balanced([head, [Cell("长" * 300), Cell("长" * 200), Cell("一致（字形、标点样式归一）")]], 3, 40)
    assert widths[2] >= width_of("核对结果") + 1 and abs(sum(widths) - 40) < 0.1
    dated = [Cell("日期"), Cell("长" * 300)]
    assert balanced([dated, [Cell("2026-11-21：" + "长" * 60), Cell("长" * 900)]], 2)[0] >= width_of("2026-11-21：") + 1
