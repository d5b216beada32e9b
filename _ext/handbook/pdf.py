"""``handbook pdf``: the printed book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from zh.terminal import say

from .building import make
from .chinese import ChineseCommand
from .fonts import FOLDER
from .options import build_option, root_option, sphinx_options
from .told import Listener


@click.command(cls=ChineseCommand, epilog="例：handbook pdf --booklet")
@click.option("--large", is_flag=True, help="三号大字本，放在 _build/pdf-large")
@click.option("--booklet", is_flag=True, help="另拼一份两页一面的，双面打印、对折成册，放在旁边")
@click.option(
    "--wrap", is_flag=True, help="另排一张封面展开图 cover.pdf（封底、书脊、封面相连，四边出血3毫米），交给印刷厂胶订"
)
@click.option("--section", default=0, metavar="页数", help="拼版时每一叠的页数，4的倍数；不写就是一整叠")
@build_option
@root_option
@sphinx_options
def command(
    large: bool, booklet: bool, wrap: bool, section: int, build: Path, root: Path, options: tuple[str, ...]
) -> int:
    """生成 A4 印刷文件 _build/pdf/handbook.pdf。第一次要联网取字体。"""
    if section % 4 or section < 0:
        raise click.ClickException("--section 要是4的倍数，例如16。")
    values = {"zhprint_size": "三号"} if large else {}
    if wrap:
        values |= {"zhprint_wrap": "1", "zhprint_bleed": "3"}
    name = "pdf-large" if large else "pdf"
    print_book(root, build, name, values, options)
    if booklet:
        from zhprint.imposing import main as impose

        return impose([str(root / build / name / "handbook.pdf"), "--section", str(section)])
    return 0


def print_book(
    root: Path,
    build: Path,
    name: str,
    values: Mapping[str, str],
    options: Iterable[str],
    listener: Listener | None = None,
) -> int:
    """Bring the fonts, set the book, say where it is. ClickException when it was not made."""
    from zhprint.fetch import fetch, font_folder

    if fetch(font_folder(root / FOLDER)):
        raise click.ClickException("字体不全，没有生成印刷文件。")
    say("正在排版……", err=True)
    if make(root, "typst", build / name, build / "doctrees", values, options, listener):
        raise click.ClickException("印刷文件没有生成好，原因见上。")
    for file in sorted((root / build / name).glob("*.pdf")):
        say(f"印刷文件：{file}")
    return 0
