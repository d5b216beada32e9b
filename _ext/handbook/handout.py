"""``handbook handout``: one chapter, printed for a class."""

from __future__ import annotations

from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import build_option, root_option, sphinx_options
from .pdf import print_book

_LINES_TO_ANSWER_ON = "3"
"""The book has a 笔记栏 besides; who sits in a class writes here."""


@click.command(cls=ChineseCommand, epilog="例：handbook handout zuofeng --trainer")
@click.argument("chapter", metavar="章")
@click.option("--trainer", is_flag=True, help="讲课用的一种，后面附答题要点和情景提示，放在 _build/handout-trainer")
@build_option
@root_option
@sphinx_options
def command(chapter: str, trainer: bool, build: Path, root: Path, options: tuple[str, ...]) -> int:
    """只印一章的讲义，写章节文件名，如 zuofeng。印在 _build/handout 里，思考题下面留出写答案的横线。"""
    values = {"zhprint_chapter": chapter, "zhprint_answer_lines": _LINES_TO_ANSWER_ON}
    if trainer:
        return print_book(root, build, "handout-trainer", values | {"zhprint_handout_for": "trainer"}, options)
    return print_book(root, build, "handout", values, options)
