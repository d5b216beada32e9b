"""``handbook serve``: the site while it is written, made again at every save."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from zh.terminal import say

from .chinese import ChineseCommand
from .options import build_option, root_option, sphinx_options


@click.command(cls=ChineseCommand)
@click.option("--open", "open_browser", is_flag=True, help="好了以后打开浏览器")
@build_option
@root_option
@sphinx_options
def command(open_browser: bool, build: Path, root: Path, options: tuple[str, ...]) -> int:
    """边改边看：保存后网页自动刷新，引错的地方显示为红框。按 Ctrl+C 结束。"""
    folder = root / build / "serve"  # of its own: other commands run while this one does
    browser = ["--open-browser"] if open_browser else []
    say("正在生成；好了以后在浏览器里打开下面 http:// 开头的地址。按 Ctrl+C 结束。", err=True)
    return subprocess.run(
        [sys.executable, "-m", "sphinx_autobuild", "--ignore", "*/_build/*", "--ignore", "*/.*", "--watch", str(root / "_ext"),
         *browser, "-d", str(folder / "doctrees"), *options, str(root), str(folder / "html")],
        check=False,
    ).returncode  # fmt: skip
