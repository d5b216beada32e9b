"""``handbook fonts``: the free fonts that printing needs, brought once."""

from __future__ import annotations

from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import root_option

FOLDER = ".fonts"


@click.command(cls=ChineseCommand)
@root_option
def command(root: Path) -> int:
    """备齐印刷用的字体，放在 .fonts 里。第一次要联网，不用管理员权限。"""
    from zhprint.fetch import fetch, font_folder

    return fetch(font_folder(root / FOLDER))
