"""Text in any encoding, Markdown, web pages and PDF; files that cannot be read say why."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from drafts.draft import DraftError
from drafts.judge import Outcome
from drafts.read import read_draft
from handbook import main
from support import DATA

SOURCES = DATA / "quotebench" / "sources"
WORDS = "一是要时刻保持敬畏的状态。"
WRONG = "一是要时刻保持敬畏的心态。"
LINE = f"要求“{WORDS}”，不是“{WRONG}”。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_an_office(tmp_path: Path, verified: Callable, encoding: str) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(LINE.encode(encoding))
    _, found = verified(path)
    assert found[WORDS].passed and found[WRONG].outcome is Outcome.ALTERED


def test_markdown_and_web_pages(tmp_path: Path, verified: Callable) -> None:
    (tmp_path / "稿.md").write_text(f"# 题\n\n> {WRONG}\n\n大家**说“一是要**时刻保持敬畏的状态。”\n", encoding="utf-8")
    _, found = verified(tmp_path / "稿.md")
    assert found[WRONG].outcome is Outcome.ALTERED and found[WORDS].passed
    page = (
        "<html><head><title>“不算”</title><script>'“也不算”'</script></head><body>"
        f"<blockquote>{WRONG}</blockquote><p>说<q>一是要<b>时刻</b>保持敬畏的状态。</q></p></body></html>"
    )
    (tmp_path / "稿.html").write_text(page, encoding="utf-8")
    _, found = verified(tmp_path / "稿.html")
    assert found[WRONG].outcome is Outcome.ALTERED and found[WORDS].passed
    assert not [words for words in found if "不算" in words]


def test_a_pdf_with_text_and_one_without(tmp_path: Path, verified: Callable) -> None:
    import typst

    source = tmp_path / "稿.typ"
    source.write_text(f"#set page(width: 8cm, height: 10cm)\n要求“{WORDS}”，不是“{WRONG}”。", encoding="utf-8")
    fonts = str(Path(__file__).resolve().parents[2] / ".fonts")
    typst.compile(str(source), output=str(tmp_path / "稿.pdf"), font_paths=[fonts])
    _, found = verified(tmp_path / "稿.pdf")
    assert found[WORDS].passed and found[WRONG].outcome is Outcome.ALTERED
    source.write_text("#rect(width: 2cm, height: 2cm)", encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "扫描.pdf"))
    draft, found = verified(tmp_path / "扫描.pdf")
    assert "扫描件" in draft.unreadable and not found


def test_a_scan_is_never_told_as_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "扫描.pdf")
    assert main(["verify", str(tmp_path / "扫描.pdf"), "--archive", str(SOURCES), "--json"]) == 1
    (item,) = json.loads(capsys.readouterr().out)
    assert item["outcome"] == "无法核对" and item["pass"] is False


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _sound() -> dict[str, bytes]:
    stream = io.BytesIO()
    Document().save(stream)
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "加了密码"),
        (b"%PDF-1.7 not a Word file", "损坏"),
        (_zip({"a.txt": b"x"}), "损坏"),
        (_zip(_sound() | {"word/document.xml": b"<w:document"}), "损坏"),
        (
            _zip(
                _sound() | {"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'}
            ),
            "XML 声明",
        ),
        (_zip(_sound() | {"word/bomb.xml": b" " * 400_000_000}), "大得不像文稿"),
        (_zip(_sound())[:2000], "损坏"),
    ],
    ids=["empty", "encrypted", "renamed", "other zip", "broken xml", "entity", "bomb", "cut short"],
)
def test_a_bad_word_file_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, told: str
) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(data)
    assert main(["verify", str(path), "--archive", str(SOURCES), "--comments"]) == 2
    error = capsys.readouterr().err
    assert told in error and "稿.docx" in error and len(error.strip().split("\n")) == 1
    assert not list(tmp_path.glob("*核对*"))


@pytest.mark.parametrize("name", ["稿.xlsx", "没有.docx", "夹.docx"])
def test_other_files_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "夹.docx").mkdir()
    (tmp_path / "稿.xlsx").write_bytes(b"x")
    with pytest.raises(DraftError, match="不认识|找不到|不是普通文件"):
        read_draft(tmp_path / name)
