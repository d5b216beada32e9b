"""``handbook clean``: what was made and what was cached."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from .chinese import ChineseCommand
from .options import root_option

MADE = ("_build", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache")


@click.command(cls=ChineseCommand)
@root_option
def command(root: Path) -> int:
    """删除生成的文件和缓存；运行环境 .venv、字体 .fonts 保留。"""
    caches = [path for name in ("_ext", "tests") for path in (root / name).rglob("__pycache__")]
    for folder in [*(root / name for name in MADE), *caches]:
        shutil.rmtree(folder, ignore_errors=True)
    (root / ".coverage").unlink(missing_ok=True)
    return 0
