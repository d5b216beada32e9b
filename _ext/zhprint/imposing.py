"""A booklet: the pages of a PDF two to a sheet's side, so that a folded and stapled pile reads in order.

A4 pages lie on A3 sheets, A5 pages on A4. ``python -m zhprint.imposing handbook.pdf`` writes handbook-booklet.pdf; print it
on both sides, turned over the short edge. A thick book is folded in sections: ``--section 16``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from zh.terminal import say

_FOLDED = 4
"""Pages of a folded sheet."""
_THICK = 80
"""Pages that one staple holds."""


def sides(pages: int, section: int = 0) -> Iterator[tuple[int, int]]:
    """Left and right page of each side of each sheet, from 1; 0 is an empty place.

    ``section``: pages of a section, a multiple of four; 0 makes one of the whole.
    """
    whole = -(-pages // _FOLDED) * _FOLDED
    step = section or whole
    for start in range(0, whole, step):
        first, last = start + 1, min(start + step, whole)
        while first < last:
            for pair in ((last, first), (first + 1, last - 1)):
                left, right = (number if number <= pages else 0 for number in pair)
                yield left, right
            first, last = first + 2, last - 2


def impose(source: Path, target: Path, section: int = 0) -> int:
    """Write the booklet; the number of its sheets. PyPdfError or OSError when the PDF cannot be read."""
    from pypdf import PageObject, PdfReader, PdfWriter, Transformation

    pages = PdfReader(source).pages
    trim = pages[0].trimbox
    width, height = float(trim.width), float(trim.height)
    writer = PdfWriter()
    count = 0
    for pair in sides(len(pages), section):
        sheet = PageObject.create_blank_page(width=2 * width, height=height)
        for place, number in enumerate(pair):
            if number:
                page = pages[number - 1]
                page.mediabox, page.cropbox = page.trimbox, page.trimbox
                moved = Transformation().translate(place * width - float(trim.left), -float(trim.bottom))
                sheet.merge_transformed_page(page, moved, expand=False)
        writer.add_page(sheet)
        count += 1
    with target.open("wb") as file:
        writer.write(file)
    return count // 2


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 when there is nothing to impose."""
    parser = argparse.ArgumentParser(prog="zhprint.imposing", description="把印刷文件拼成对折装订的小册子。")
    parser.add_argument("pdf", type=Path, help="印刷文件")
    parser.add_argument("--section", type=int, default=0, metavar="页数", help="每一叠的页数，4的倍数；不写就是一整叠")
    given = parser.parse_args(arguments)
    if given.section % _FOLDED or given.section < 0:
        parser.error("--section 要是4的倍数，例如16")
    target = given.pdf.with_name(f"{given.pdf.stem}-booklet.pdf")
    from pypdf.errors import PyPdfError

    try:
        sheets = impose(given.pdf, target, given.section)
    except (PyPdfError, OSError, ValueError) as error:
        say(f"{given.pdf.name} 读不懂，不能拼版：{error}", err=True)
        return 1
    say(f"{target.name}：{sheets}张纸。双面打印，沿短边翻转，对折后骑马订。")
    if not given.section and sheets * _FOLDED > _THICK:
        say(f"超过{_THICK}页，一叠订不住：加 --section 16 分叠，锁线或胶装。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
