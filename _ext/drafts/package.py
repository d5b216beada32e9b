"""Open a Word package safely: no bomb, no entity, no password, and an error in words where it is none of these."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.opc.exceptions import OpcError

from .draft import DraftError

LARGEST_UNPACKED = 300_000_000
"""Bytes of all parts together, unpacked."""
LARGEST_RATIO = 200
"""Times. A part that unpacks to more is a bomb; Word's own parts unpack to ten or twenty times their size."""
_SMALL = 1_000_000
_DAMAGE = (
    zipfile.BadZipFile, OpcError, EOFError, OSError, RecursionError, NotImplementedError,
    SyntaxError,  # lxml's, for XML that is none
    ValueError, KeyError, AttributeError,  # python-docx's answers to a part of the wrong kind
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_package(path: Path, name: str) -> Docx:
    """The document. DraftError, in Chinese, for anything that is not a sound .docx."""
    data = path.read_bytes()
    if data.startswith(_OLE):
        raise DraftError(f"{name}：文件加了密码，或者其实是旧式的 .doc。请去掉密码，在 Word 或 WPS 里另存为 .docx。")
    if not data:
        raise DraftError(f"{name}：文件是空的。")
    try:
        _inspect(data, name)
        return Document(io.BytesIO(data))
    except DraftError:
        raise
    except _DAMAGE as error:
        advice = "请在 Word 或 WPS 里打开，另存为 .docx。"
        raise DraftError(f"{name}：文件损坏，或不是 Word 文件（只改了扩展名）。{advice}") from error


def _inspect(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(
            part.file_size > max(_SMALL, LARGEST_RATIO * max(part.compress_size, 1)) for part in parts
        ):
            raise DraftError(f"{name}：解开以后大得不像文稿，没有打开。请另存一份再核对。")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with package.open(part) as stream:
                    head = stream.read(4096)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise DraftError(f"{name}：文件里有不该有的 XML 声明（可能被人动过手脚），没有打开。")
