"""A technical manual of somebody else's, printed once: everything that it says is on paper, or told with file and line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from printing import FONTS, ROOT, have_fonts, once, run

from support import require
from zhprint.coverage import Ink, check_coverage
from zhprint.faces import find_fonts
from zhprint.mathml import MathMLError, typst_of
from zhprint.messages import PrintError
from zhprint.outside import off_the_area
from zhprint.paper import type_area
from zhprint.positions import Layout, read_layout
from zhprint.reading import read_pdf, squeeze


@dataclass(frozen=True)
class Manual:
    """What the builder said of the manual, where its characters stand, and its text without white space."""

    said: str
    layout: Layout
    text: str
    file: Path


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    require(have_fonts(), "没有字体：请先运行 make fonts")
    folder = once(tmp_path_factory, "technical", _print)
    file = folder / "out/handbook.pdf"
    text = "".join(page.text for page in read_pdf(file).pages)
    return Manual((folder / "said.txt").read_text(encoding="utf-8"), read_layout(file), text, file)


def _print(folder: Path) -> None:
    source = shutil.copytree(ROOT / "tests/roots/technical", folder / "source")
    done = run(source, folder / "out", "-D", f"zhprint_font_cache={FONTS}")
    assert done.returncode == 0, done.stderr
    (folder / "said.txt").write_text(done.stderr, encoding="utf-8")


def test_no_node_is_unknown_and_nothing_stands_off_the_type_area(manual: Manual) -> None:
    assert "不认识的内容" not in manual.said and "超出版心" not in manual.said
    assert list(off_the_area(manual.file, type_area("a4", ""))) == []


@pytest.mark.parametrize(("place", "told"), [
    ("blocks.rst", "“🎉”（U+1F389"), ("blocks.rst", "网上的图片不去取"), ("blocks.rst", "图片文件坏了"),
    ("blocks.rst", r"\nosuchcommand"), ("blocks.rst", "raw HTML"),
])  # fmt: skip
def test_what_is_not_printed_is_told_with_file_and_line(manual: Manual, place: str, told: str) -> None:
    source = (ROOT / "tests/roots/technical" / place).read_text(encoding="utf-8")
    (line,) = (line for line in manual.said.split("\n") if told in line and place in line)
    at = line.partition(": WARNING")[0].rpartition(":")[2]
    assert at.isdigit() and 1 <= int(at) <= source.count("\n")


@pytest.mark.parametrize("words", [
    "开始页上的话，也要印出来。", "名字里有Łukasz、ĥ、˚和⚓", "文件‣打开，庆祝一下1F389。", "LIFO（后进先出）", "书名",
    "/etc/name.conf", "ls(1)", "见图1（第", "、列表1（第", "、(1)（第", "[文献1]作者：《文献正文》。", "名词（类别）",
    "字段字段的值", "--long=V长选项", "行一行二缩进的行", "自定的标题自定的内容。", "专题专题的内容。", "边栏边栏的内容。",
    "横排甲横排乙横排丙横排丁", "expr::=term\"+\"expr", "居中的话", "图1图的说明图例的话。", "〔图〕远处的图", "表1表的说明",
    "合并的一格", "标签乙乙的内容。", "展开里面的话。", "卡片乙另一张。", "[2]没有人引的脚注。", "列表1带说明的代码",
    "train(epochs:int=1,*hooks:str,resume:bool=False,**options:object)→dict[str,int]", "compress(source[,level[,window]])",
    "intbar(char*s,intn)", "抛出ValueError--目录不存在。", "☑做完的☐没做的", "点开的标题", "使用第一章块和行", "其他第五章很长的东西",
])  # fmt: skip
def test_every_construct_is_on_paper(manual: Manual, words: str) -> None:
    assert words in manual.text


def test_nothing_of_a_cell_a_box_or_a_field_is_lost_at_the_end_of_a_page(manual: Manual) -> None:
    """Each is longer than a page."""
    sentence = "格子里的话一句接一句，"
    source = squeeze((ROOT / "tests/roots/technical/long.rst").read_text(encoding="utf-8"))
    assert manual.text.count(sentence) == source.count(sentence)


def test_a_long_word_of_prose_goes_on_in_the_next_line_and_is_copied_whole(manual: Manual) -> None:
    document = pypdfium2.PdfDocument(manual.file)
    copied = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    key = "MIICXQIBAAKBgQCZrCNLoEyAKF9UNcFaz5Osa6jf7qkbUl8si5xQrY3ZYC7juunL1dZLnVbEFIITaUOgvBtPv1qUWTJGwga62END"
    assert key in copied and "/share/handbook/templates/with/a/very/long/path/that/goes/on/and/on/until" in copied
    assert "DistributedDataParallelWithAVeryLongNameThatGoesOn.forward_and_backward_of_everything" in copied


def test_the_d_of_an_integral_stands_upright() -> None:
    assert typst_of(r"\int f\,\mathrm{d}x") == "∫ f #h(0.167em) upright(d) x"
    assert typst_of(r"\frac{\mathrm d y}{\mathrm{d}x}") == "frac(upright(d) y, upright(d) x)"


def test_mathematics_is_set_and_never_raw(manual: Manual) -> None:
    assert "〔公式，LaTeX写法〕\\nosuchcommand" in manual.text
    assert "\\pi" not in manual.text and "\\begin" not in manual.text and "\\frac" not in manual.text
    fonts = {glyph.font for sheet in manual.layout.sheets for line in sheet.lines for glyph in line.glyphs}
    assert any("NewCMMath" in font for font in fonts)


def test_code_is_monospaced_coloured_and_broken_with_a_mark(manual: Manual) -> None:
    lines = [line for sheet in manual.layout.sheets for line in sheet.lines]
    long = next(at for at, line in enumerate(lines) if line.text.startswith("unbroken_word"))
    broken = lines[long].text + lines[long + 1].text
    assert lines[long].text.endswith("↩") and broken.endswith("two_END")
    assert {glyph.font.partition("+")[2] or glyph.font for glyph in lines[long].glyphs[:-1]} == {"DejaVuSansMono"}
    aligned, here = (next(line for line in lines if line.text.endswith(word)) for word in ("aligned", "here"))
    assert aligned.glyphs[-7].x == pytest.approx(here.glyphs[-4].x, abs=0.3), "a Chinese character is two columns"


def test_a_character_without_a_font_stops_a_quotation_alone() -> None:
    require(have_fonts(), "没有字体：请先运行 make fonts")
    ink = Ink(find_fonts(None, FONTS, use_system=False)[0])
    assert ink.missing("body", "Łĥ˚⚓‣臵🎉") == {"🎉"} and ink.legible("mono", "a🎉", "x") == "a□"
    check_coverage(ink)
    ink.refuse("kai", "引文🎉", "one.md:3")
    with pytest.raises(PrintError, match=r"one\.md:3：“🎉”"):
        check_coverage(ink)


@pytest.mark.parametrize("latex", [r"\frac{a", r"\nosuch{x}", r"x^", r"\begin{nosuch}x", "{", r"\left( x"])
def test_what_is_no_formula_is_refused_or_set(latex: str) -> None:
    """Whatever is written, the compiler gets what it can set, or nothing."""
    import typst

    try:
        body = typst_of(latex, block=True)
    except MathMLError:
        return
    assert typst.compile(f"$ {body} $".encode(), format="pdf")
