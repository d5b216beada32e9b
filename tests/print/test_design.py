"""sphinx-design's parts on paper: open, in order, side by side where they were, of equal height."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from positions import Line, sheets
from printing import FONTS, build, have_fonts, have_pdftotext
from pypdf import PdfReader

from support import require
from zhprint.reading import read_pdf

CONF = f"""
project = "样张"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_design", "zhprint"]
smartquotes = False
myst_enable_extensions = ["colon_fence"]
zhprint_system_fonts = False
zhprint_font_cache = {str(FONTS)!r}
zhprint_standard = ""
"""

LONG = "内容乙长得多，要占好几行，这样两张卡片的高度就不一样，排出来应当一样高才好看。" * 2

PARTS = f"""# 部件

::::{{grid}} 2
:::{{grid-item-card}} 卡片甲
短。
:::
:::{{grid-item-card}} 卡片乙
{LONG}
:::
:::{{grid-item-card}} 卡片丙
也短。
:::
::::

::::{{grid}} 3
:::{{grid-item}}
格一
:::
:::{{grid-item}}
格二
:::
:::{{grid-item}}
格三
:::
::::

::::{{tab-set}}
:::{{tab-item}} 办文
收文发文。
:::
:::{{tab-item}} 办会
会前会后。
:::
::::

::::{{dropdown}} 点开才见
里面的话。

:::{{tab-set}}
```{{tab-item}} 里签
里签的话。
```
:::
::::

::::{{card-carousel}} 2
:::{{card}} 轮甲
一张。
:::
:::{{card}} 轮乙
又一张。
:::
::::

后文。
"""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require(have_fonts(), "没有字体：请先运行 make fonts")
    folder = tmp_path_factory.mktemp("design")
    source = folder / "source"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# 样张\n\n```{toctree}\n:numbered:\n\nparts\n```\n", encoding="utf-8")
    (source / "parts.md").write_text(PARTS, encoding="utf-8")
    assert build(source, folder / "out") == ""
    return folder / "out/handbook.pdf"


@pytest.fixture(scope="session")
def words(sample: Path) -> dict[str, Line]:
    """Where each word stands on the page of the parts."""
    require(have_pdftotext(), "没有 pdftotext（poppler-utils）")
    return {word.text: word for sheet in sheets(sample)[6:7] for word in sheet.words}


def test_everything_is_printed_in_order(sample: Path) -> None:
    text = "".join(page.text for page in read_pdf(sample).pages)
    pieces = ("卡片甲", "短。", "卡片乙", LONG, "卡片丙", "也短。", "格一", "格二", "格三", "办文", "收文发文。", "办会",
              "会前会后。", "点开才见", "里面的话。", "里签", "里签的话。", "轮甲", "一张。", "轮乙", "又一张。", "后文。")  # fmt: skip
    at = -1
    for piece in pieces:
        at = text.index(piece, at + 1)


def test_cards_and_cells_of_a_row_stand_side_by_side(words: dict[str, Line]) -> None:
    for left, right in (("卡片甲", "卡片乙"), ("格一", "格二"), ("格二", "格三"), ("轮甲", "轮乙")):
        assert abs(words[left].y0 - words[right].y0) < 1 and words[left].x1 < words[right].x0
    assert words["卡片丙"].y0 > words["卡片乙"].y1 and abs(words["卡片丙"].x0 - words["卡片甲"].x0) < 1


def test_cards_of_a_row_are_equally_high(sample: Path) -> None:
    """Their frames: two upright lines each, which begin and end at one height; and no frame where there is no card."""
    content = PdfReader(sample).pages[6].get_contents()
    assert content is not None
    upright = re.findall(rb"1 0 0 -1 ([\d.]+) ([\d.]+) cm[^\n]* 0 0 m 0 ([\d.]+) l\n", content.get_data())
    rows: dict[float, list[float]] = {}
    for _, top, height in upright:
        rows.setdefault(float(top), []).append(float(height))
    first, second, carousel = (rows[top] for top in sorted(rows, reverse=True))
    assert len(first) == len(carousel) == 4 and len(set(first)) == len(set(carousel)) == 1
    assert len(second) == 2 and second[0] < first[0]


def test_the_label_of_a_tab_runs_in_and_a_dropdown_is_open_under_its_title(words: dict[str, Line]) -> None:
    for label, text in (("办文", "收文发文。"), ("办会", "会前会后。"), ("里签", "里签的话。")):
        assert abs(words[label].y0 - words[text].y0) < 1 and words[label].x1 < words[text].x0
    assert words["办文"].y1 < words["办会"].y0
    assert words["点开才见"].y1 <= words["里面的话。"].y0 < words["里签"].y0
