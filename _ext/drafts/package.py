"""Open a Word package safely: no bomb, no entity, no password, and an error in words where it is none of these."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
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
    zipfile.BadZipFile, OpcError, EOFError, OSError,
    RuntimeError,  # zipfile's, for a member with a password; RecursionError and NotImplementedError are ones
    SyntaxError,  # lxml's, for XML that is none
    ValueError, KeyError, AttributeError, TypeError,  # python-docx's answers to a part of the wrong kind
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPE = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template\.main)\+xml"
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_MACROS = "http://schemas.microsoft.com/office/2006/relationships/"


def open_package(path: Path, name: str) -> Docx:
    """The document, macros left out; a template, and one in the strict form of the standard, as an ordinary one.

    DraftError, in Chinese, for anything that is not a sound Word file.
    """
    data = path.read_bytes()
    if data.startswith(_OLE):
        raise DraftError(f"{name}：文件加了密码，或者其实是旧式的 .doc。请去掉密码，在 Word 或 WPS 里另存为 .docx。")
    if not data:
        raise DraftError(f"{name}：文件是空的。")
    with unless_damaged(name):
        document = Document(io.BytesIO(_ordinary(data, name)))
        if document.element.body is None:
            raise ValueError("no body")
        for key in [key for key, relation in document.part.rels.items() if relation.reltype.startswith(_MACROS)]:
            del document.part.rels[key]
        return document


@contextmanager
def unless_damaged(name: str) -> Iterator[None]:
    """What reading a damaged file raises, as one DraftError."""
    try:
        yield
    except DraftError:
        raise
    except _DAMAGE as error:
        advice = "请在 Word 或 WPS 里打开，另存为 .docx。"
        raise DraftError(f"{name}：文件损坏，或不是 Word 文件（只改了扩展名）。{advice}") from error


def _ordinary(data: bytes, name: str) -> bytes:
    """The package as python-docx takes it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _inspect(package, name)
        types = package.read("[Content_Types].xml")
        strict = any(_STRICT in package.read(part) for part in package.namelist() if part.endswith("document.xml"))
        if not strict and not _OTHER_TYPE.search(types):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as plain:
            for part in package.infolist():
                content = package.read(part)
                if part.filename == "[Content_Types].xml":
                    content = _OTHER_TYPE.sub(_PLAIN_TYPE, content)
                if strict and part.filename.endswith((".xml", ".rels")):
                    content = _transitional(content)
                plain.writestr(part.filename, content)
        return out.getvalue()


def _transitional(content: bytes) -> bytes:
    """The names of ISO/IEC 29500 strict as those that every program writes; the elements are the same."""
    content = content.replace(
        _STRICT + b"officeDocument/extendedProperties", _STRICT + b"officeDocument/extended-properties"
    )
    content = content.replace(b"relationships/extendedProperties", b"relationships/extended-properties")
    content = re.sub(rb'\s\w+:conformance="strict"', b"", content)
    return _STRICT_NAMES.sub(lambda match: _TRANSITIONAL + match[1] + b"/2006/", content)


def _inspect(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(
        part.file_size > max(_SMALL, LARGEST_RATIO * max(part.compress_size, 1)) for part in parts
    ):
        raise DraftError(f"{name}：解开以后大得不像文稿，没有打开。请另存一份再核对。")
    if any(count > 1 for count in Counter(part.filename.casefold() for part in parts).values()):
        raise DraftError(f"{name}：里面有两份同名的内容，不知道 Word 会显示哪一份，没有打开。请另存一份再核对。")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            # Without the zeros, the declaration looks the same in UTF-16.
            content = package.read(part).replace(b"\0", b"")
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise DraftError(f"{name}：文件里有不该有的 XML 声明（可能被人动过手脚），没有打开。")
