"""``handbook lint``: how the program is written, and its types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import root_option

CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy", "--strict"))


@click.command(cls=ChineseCommand)
@root_option
def command(root: Path) -> int:
    """检查程序的写法、格式和类型。"""
    return max(subprocess.run([sys.executable, "-m", *check], cwd=root, check=False).returncode for check in CHECKS)
