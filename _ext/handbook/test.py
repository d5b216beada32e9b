"""``handbook test``: all tests of the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import root_option


@click.command(cls=ChineseCommand)
@root_option
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[-- pytest 的选项…]")
def command(root: Path, options: tuple[str, ...]) -> int:
    """运行程序的全部测试。"""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", *options, "tests"], cwd=root, check=False
    ).returncode
