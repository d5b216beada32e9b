"""The handbook's own dictionary of office terms: one a line, for jieba and for what may recur in prose freely."""

from __future__ import annotations

from pathlib import Path


def read_terms(path: Path) -> tuple[str, ...]:
    """Terms in the order of the file; empty lines and lines that begin with # are left out. A missing file has none."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    lines = (line.strip() for line in source.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
