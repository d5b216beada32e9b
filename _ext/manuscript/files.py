"""Which files a page may take in, show or offer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def why_not(path: Path, root: Path, sealed: Iterable[Path]) -> str:
    """Why ``path`` must not reach a page; "" when it may. Links are followed: what counts is what would be read."""
    real, base = path.resolve(), root.resolve()
    if not real.is_relative_to(base):
        return "在手册文件夹之外"
    for folder in sealed:
        if real.is_relative_to(folder.resolve()):
            return f"在 {folder.name} 里，那里的文字只能用摘录、引语印出来"
    if any(part.startswith(".") or part == "_build" for part in real.relative_to(base).parts):
        return "不是手册的内容"
    if real.exists() and not real.is_file():
        return "不是普通文件"
    return ""
