"""``handbook build``: everything at once, as ``make handbook``."""

from __future__ import annotations

from pathlib import Path

import click

from zh.terminal import say

from . import check
from .chinese import ChineseCommand
from .html import make_site
from .options import build_option, root_option
from .pdf import print_book
from .told import Listener


@click.command(cls=ChineseCommand)
@build_option
@root_option
@click.pass_context
def command(ctx: click.Context, build: Path, root: Path) -> int:
    """生成手册的网站和印刷文件，并核对引文（引文有问题只提示）。"""
    listener = Listener(root)  # what was told of the site is not told again of the printed book
    make_site(root, build, False, (), listener)
    try:
        print_book(root, build, "pdf", {}, (), listener)
    except click.ClickException as error:
        say(f"{error.format_message()}网站不受影响。", err=True)
    status: int = ctx.invoke(check.command, root=root, warn_only=True)
    say("双击上面的 index.html，就能打开手册网站。")
    return status
