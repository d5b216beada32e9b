"""``handbook html``: the site, internal or public."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from zh.terminal import say

from .building import make
from .chinese import ChineseCommand
from .options import build_option, root_option, sphinx_options
from .told import Listener


@click.command(cls=ChineseCommand)
@click.option("--public", is_flag=True, help="节本：不含讲话全文，放在单独的文件夹里")
@build_option
@root_option
@sphinx_options
def command(public: bool, build: Path, root: Path, options: tuple[str, ...]) -> int:
    """生成网站 _build/html，双击里面的 index.html 就能看。引错的地方显示为红框。"""
    return make_site(root, build, public, options)


def make_site(root: Path, build: Path, public: bool, options: Iterable[str], listener: Listener | None = None) -> int:
    """Write the pages and say where they are. ClickException when they were not made."""
    folder = build / "public" if public else build
    say("正在生成网站……", err=True)
    values = {"edition": "public"} if public else {}
    status = make(root, "html", folder / "html", folder / "doctrees", values, options, listener)
    if public and not status:
        status = make(root, "verify", folder / "verify", folder / "doctrees", values)
    if status:
        raise click.ClickException("网站没有生成好，原因见上。")
    say(f"网站：{root / folder / 'html' / 'index.html'}")
    return 0
