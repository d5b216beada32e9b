"""Every reader of what comes from outside: how it is called, what it may raise, and good input to begin from."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citable.shape import CitationsError, changes_in, excerpts_in, from_json
from drafts.draft import DraftError
from drafts.read import read_draft
from fuzz import chapters, fonts
from handbook import main
from handbook.verify_lines import run_verify
from handbook_citations.site import CITATIONS, INVENTORY, read_site
from permalink.moved import MovedError, parse_moved
from permalink.published import PublishedError, parse_published
from speeches.core.errors import CoreError, LocatorError, LockError
from speeches.core.matching.quotation import editorial_reading, stray_brackets
from speeches.core.report.coverage import read_labels
from speeches.core.review.lockfile import read_lock
from speeches.core.source.archive import load_archive
from speeches.core.source.selector import parse_locator
from support import ROOT, SPEECHES, TOWN
from teaching.sheet import SheetError, parse_sheets
from zh.encoding import UnreadableError, decoded
from zh.words import read_words
from zhprint.messages import PrintError
from zhprint.reading import ReadingError, read_pdf


@dataclass(frozen=True)
class Reader:
    """``read(folder, data)`` may raise nothing but ``declared``. ``folder`` is empty and its own.

    ``batch``: cases between two looks at the clock, fewer where one takes long.
    """

    read: Callable[[Path, bytes], object]
    seeds: tuple[bytes, ...]
    declared: tuple[type[Exception], ...] = ()
    batch: int = 50


def _file(name: str, read: Callable[[Path], object]) -> Callable[[Path, bytes], object]:
    def call(folder: Path, data: bytes) -> object:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return call


def _text(read: Callable[[str], object]) -> Callable[[Path, bytes], object]:
    return lambda _folder, data: read(decoded(data))


def _archive(folder: Path, text: bytes, record: bytes) -> object:
    (folder / "one.txt").write_bytes(text)
    (folder / "one.toml").write_bytes(record)
    return load_archive(folder)


def _least(text: bytes) -> bytes:
    return f'title = "题"\nsha256 = "{hashlib.sha256(text).hexdigest()}"\n'.encode()


def _report(folder: Path, data: bytes) -> object:
    (folder / "old.json").write_bytes(data)
    (folder / "new.json").write_bytes(_REPORT)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return main(["diff", str(folder / "old.json"), str(folder / "new.json")])


def _lines(_folder: Path, data: bytes) -> object:
    with redirect_stdout(io.StringIO()):
        return run_verify(data.splitlines(), _ARCHIVE, jsonl=True)


def _citations(_folder: Path, data: bytes) -> object:
    try:
        known = from_json(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    return excerpts_in(known), changes_in(known)


def _site(folder: Path, data: bytes) -> object:
    (folder / INVENTORY).write_bytes(data)
    (folder / CITATIONS).write_bytes(data)
    return read_site(folder)


def _word(xml: bytes) -> bytes:
    """A Word file with this as its text."""
    import docx

    whole, out = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("会议要求“工作要有始有终”。")
    document.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if xml and name == "word/document.xml" else old.read(name))
    return out.getvalue()


def _word_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_word(b""))) as file:
        return file.read("word/document.xml")


def _pdf() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


_ARCHIVE = load_archive(SPEECHES)
_RECORD = (SPEECHES / f"{TOWN}.toml").read_bytes()
_SPEECH = (SPEECHES / f"{TOWN}.txt").read_bytes()
_LOCK = b"".join((ROOT / "excerpts.lock").read_bytes().splitlines(keepends=True)[:4])
_EXCERPT = {"id": "q.one", "kind": "excerpt", "number": "1.1", "quoted": "文", "docname": "chapters/one", "speech": "one",
            "locator": "p1", "pass": True}  # fmt: skip
_REPORT = _json({"version": 1, "excerpts": [_EXCERPT], "speeches": {}, "chapters": {}, "ids": {}})
_SITE = _json(
    {
        "version": 1, "title": "手册", "edition": "1", "items": {"q.one": {"page": "a", "anchor": "b", "kind": "excerpt",
        "title": "题", "entry": "[1]", "speech": "one", "digest": "00", "locator": "p1", "text": "文", "secondhand": False,
        "note": "", "cut": False}}, "changes": {},
    }
)  # fmt: skip
_INVENTORY = b"# Sphinx inventory version 2\n# Project: a\n# Version: 1\n# The remainder of this file is compressed using zlib.\n"
_LABEL = b'{"id": "1", "speech": "one", "start": 0, "end": 3, "theme": "\xe4\xb8\x80"}\n'
_LINE = _json({"id": 1, "speech": TOWN, "text": "工作要有始有终", "prefix": "", "suffix": ""})
_PROSE = "# 题\n\n会议要求“工作要有始有终”（见《讲话》）。\n".encode()
_FORM = "交办人 | | 日期 |\n办什么 | 高3行\n\n# 时间:3 | 进展:10\n空4行\n一 | 二\n".encode()
_HTML = "<html><body><p>会议要求“工作要有始有终”。</p><blockquote>一</blockquote></body></html>".encode()


READERS: dict[str, Reader] = {
    "record": Reader(lambda folder, data: _archive(folder, _SPEECH, data), (_RECORD,)),
    "speech": Reader(lambda folder, data: _archive(folder, data, _least(data)), (_SPEECH,)),
    "lock": Reader(_file("excerpts.lock", read_lock), (_LOCK,), (LockError,)),
    "published": Reader(
        _text(parse_published),
        (b"".join((ROOT / "published-ids.txt").read_bytes().splitlines(keepends=True)[:8]),),
        (PublishedError, UnreadableError),
    ),
    "moved": Reader(
        _text(parse_moved),
        (b'[[moved]]\nfrom = "a"\nto = "b"\non = 2026-01-01\nreason = "c"\n', (ROOT / "moved-ids.toml").read_bytes()),
        (MovedError, UnreadableError),
    ),
    "report": Reader(_report, (_REPORT,)),
    "citations": Reader(_citations, (_SITE,), (CitationsError,)),
    "site": Reader(_site, (_INVENTORY + b"junk", _SITE)),
    "lines": Reader(_lines, (_LINE,)),
    "terms": Reader(_file("terms.txt", read_words), ("办公室 3 n\n# 一\n文秘\n".encode(),), (UnreadableError,)),
    "labels": Reader(_file("labels.jsonl", read_labels), (_LABEL,), (CoreError,)),
    "txt": Reader(_file("a.txt", read_draft), (_PROSE,), (DraftError,)),
    "md": Reader(_file("a.md", read_draft), (_PROSE,), (DraftError,)),
    "html": Reader(_file("a.html", read_draft), (_HTML,), (DraftError,)),
    "docx": Reader(_file("a.docx", read_draft), (_word(b""),), (DraftError,)),
    "docx text": Reader(
        lambda folder, data: _file("a.docx", read_draft)(folder, _word(data)), (_word_xml(),), (DraftError,)
    ),
    "pdf": Reader(_file("a.pdf", read_draft), (_pdf(),), (DraftError,)),
    "printed pdf": Reader(_file("a.pdf", read_pdf), (_pdf(),), (ReadingError,)),
    "locator": Reader(_text(parse_locator), (b"p12.s1-2", b"l3-4", b"p1"), (LocatorError, UnreadableError)),
    "chapter": Reader(_text(chapters.read), (chapters.ALL.encode(),), (UnreadableError,)),
    "chapter built": Reader(_text(chapters.build), (chapters.ALL.encode(),), (UnreadableError,), batch=2),
    "form": Reader(_text(lambda text: parse_sheets(text.split("\n"))), (_FORM,), (SheetError, UnreadableError)),
    "ttf": Reader(_file("a.ttf", fonts.read), (fonts.made(outlines="glyf"),), (PrintError,)),
    "otf": Reader(_file("a.otf", fonts.read), (fonts.made(outlines="CFF "),), (PrintError,)),
    "font folder": Reader(_file("仿宋.ttf", fonts.found), (fonts.made(outlines="glyf"),), (PrintError,)),
    "marks": Reader(
        _text(lambda text: (editorial_reading(text), stray_brackets(text))),
        ("工作〔要〕有[始]……有终".encode(),),
        (UnreadableError,),
    ),
}
