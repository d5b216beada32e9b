"""``handbook latex``: LaTeX sources, for those who have TeX."""

from __future__ import annotations

from pathlib import Path

import click

from zh.terminal import say

from .building import make
from .chinese import ChineseCommand
from .options import build_option, root_option, sphinx_options


@click.command(cls=ChineseCommand)
@build_option
@root_option
@sphinx_options
def command(build: Path, root: Path, options: tuple[str, ...]) -> int:
    """生成 LaTeX 源文件 _build/latex，供装有 TeX 的人排版。"""
    if make(root, "latex", build / "latex", build / "doctrees", {}, options):
        raise click.ClickException("LaTeX 源文件没有生成好，原因见上。")
    say(f"LaTeX 源文件：{root / build / 'latex'}")
    return 0
