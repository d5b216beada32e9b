"""``handbook onboarding``: the example of another project that cites the handbook."""

from __future__ import annotations

from pathlib import Path

import click

from zh.terminal import say

from .building import make
from .chinese import ChineseCommand
from .html import make_site
from .options import build_option, root_option, sphinx_options


@click.command(cls=ChineseCommand)
@build_option
@root_option
@sphinx_options
def command(build: Path, root: Path, options: tuple[str, ...]) -> int:
    """生成《入职指引》：从另一个项目引用手册的例子。"""
    make_site(root, build, False, options)
    folder = root / build / "onboarding"
    values = {"handbook_site": str(root / build / "html")}
    if make(root / "examples/onboarding", "html", folder / "html", folder / "doctrees", values, options):
        raise click.ClickException("《入职指引》没有生成好，原因见上。")
    say(f"《入职指引》：{folder / 'html' / 'index.html'}")
    return 0
