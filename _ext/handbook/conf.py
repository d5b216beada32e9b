"""Values of conf.py that are wanted without a build. conf.py is read, not run: it holds values only."""

from __future__ import annotations

import ast
from pathlib import Path

import click


def archive_of(root: Path) -> Path:
    """The folder of the speeches."""
    return root / configured(root, "speeches_archive", "source_speeches")


def lock_of(root: Path) -> Path:
    """The file of the lock."""
    return root / configured(root, "speeches_lock", "excerpts.lock")


def terms_of(root: Path) -> Path:
    """The file of the terms."""
    return root / configured(root, "speeches_terms", "terms.txt")


def configured(root: Path, name: str, default: str) -> str:
    """The text that conf.py gives a name; ``default`` where it gives none. ClickException for one that must be computed."""
    try:
        tree = ast.parse((root / "conf.py").read_bytes(), "conf.py")
    except OSError:
        return default
    except SyntaxError as error:
        raise click.ClickException(f"conf.py 第{error.lineno}行写得不对，读不懂。") from None
    for node in reversed(tree.body):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                return node.value.value
            raise click.ClickException(f"conf.py 的 {name} 要直接写成文件名，不要算出来。")
    return default
