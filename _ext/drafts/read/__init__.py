"""A file becomes a draft: one module a kind of file."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..draft import Draft, DraftError

LARGEST = 50_000_000
"""Bytes of a file. A draft with pictures runs to some megabytes; more is no draft."""
WORD_FILES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
OFFICE_FILES = frozenset({".doc", ".wps", ".odt", ".rtf", ".wpt"})
_PLAIN = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
KINDS = "docx、txt、md、html、pdf（装有 LibreOffice 的，还有 doc、wps、odt、rtf）"


def read_draft(path: Path) -> Draft:
    """Read one file. DraftError, in Chinese, where it cannot be read."""
    suffix = path.suffix.lower()
    regular(path)
    if suffix in WORD_FILES | OFFICE_FILES:
        from ..word import WordDocument

        with as_word(path) as converted:
            return WordDocument.open(converted, name=path.name).draft(path.name)
    if suffix == ".pdf":
        from .pdf import read_pdf

        return read_pdf(path)
    if suffix in _PLAIN:
        from .plain import READERS

        return READERS[_PLAIN[suffix]](path)
    raise DraftError(f"{path.name}：不认识这种文件。可以核对的有：{KINDS}。")


@contextmanager
def as_word(path: Path) -> Iterator[Path]:
    """The file itself, or what LibreOffice makes of an older one."""
    if path.suffix.lower() in WORD_FILES:
        yield path
    else:
        from .office import as_docx

        with as_docx(path) as converted:
            yield converted


def regular(path: Path) -> None:
    """DraftError unless ``path`` is an ordinary file of a sensible size."""
    if not path.exists():
        near = sorted(other.name for other in path.absolute().parent.glob(f"{glob.escape(path.stem)}.*"))[:3]
        hint = f"同一个文件夹里有 {'、'.join(near)}。" if near else ""
        raise DraftError(f"找不到文件 {path}。{hint}请核对文件名和所在的文件夹。")
    if not path.is_file():
        raise DraftError(f"{path.name} 不是普通文件。")
    if path.stat().st_size > LARGEST:
        raise DraftError(f"{path.name} 超过{LARGEST // 1_000_000}兆字节，太大了。请只留要核对的部分，另存后再核对。")
