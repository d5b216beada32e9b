"""``handbook doctor``: what is missing on this machine, and how to get it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from zh.terminal import say

from .checkup import GOOD, LACKING, SPARE, check_up
from .chinese import ChineseCommand

_SIGNS = {GOOD: "✓", SPARE: "·", LACKING: "✗"}


@click.command(cls=ChineseCommand, epilog="例：handbook doctor　　handbook doctor --json")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path(), show_default=False,
              help="手册文件夹，或打算放手册的地方，默认是当前文件夹")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="给程序用")
def command(root: Path, as_json: bool) -> int:
    """看看这台电脑上缺什么、怎么补。只看，不改，不联网。

    退出码：0 要紧的都有；1 缺要紧的；2 没有看成。
    """
    parts = list(check_up(root.resolve()))
    if as_json:
        say(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=1))
    else:
        for part in parts:
            say(f"{_SIGNS[part.state]} {part.name}：{part.found}")
            if part.how:
                say(f"    {part.state}。{part.how}")
        lacking = [part.name for part in parts if part.state == LACKING]
        say(f"缺要紧的：{'、'.join(lacking)}。" if lacking else "要紧的都有。")
    return int(any(part.state == LACKING for part in parts))
