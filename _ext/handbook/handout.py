"""``handbook handout``: one chapter, printed for a class."""

from __future__ import annotations

from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import build_option, root_option, sphinx_options
from .pdf import print_book


@click.command(cls=ChineseCommand)
@click.argument("chapter", metavar="章")
@build_option
@root_option
@sphinx_options
def command(chapter: str, build: Path, root: Path, options: tuple[str, ...]) -> int:
    """只印一章的讲义，写章节文件名，如 zuofeng。印在 _build/handout 里。"""
    return print_book(root, build, "handout", {"zhprint_chapter": chapter}, options)
