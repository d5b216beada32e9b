"""``handbook add``: a speech comes in from a file; a record is proposed; nothing is overwritten or half-written."""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path

import pytest
from book import Book, MakeBook
from docx import Document

from speeches.core.source.archive import load_archive

BODY = [
    "同志们：",
    "灯塔管理所的工作，归根到底是让夜里走船的人心里有底。",
    "一、看好每一盏灯",
    "灯要天天擦，油要时时看。位臵选得再好，灯不亮也是白搭。",
    "（本报记者 李某某 摄影）",
    "— 2 —",
    "二、记好每一本账",
    "值班的人要把来往的船只、风浪和故障一笔一笔记下来，交班时当面说清。",
    "2019年8月15日",
]


@pytest.fixture
def plain(make_book: MakeBook) -> Book:
    return make_book(accept=False)


def word_file(path: Path, title: str = "在灯塔管理工作会议上的讲话") -> Path:
    document = Document()
    for line in [title, *BODY]:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def add(book: Book, path: Path, *more: str) -> int:
    from handbook import main

    return main(["add", str(path), "--root", str(book.root), *more])


def test_a_word_file_becomes_a_speech_with_a_record(
    plain: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = word_file(tmp_path / "讲话.docx")
    assert add(plain, source) == 0
    told = capsys.readouterr().out
    archive = load_archive(plain.root / "source_speeches")
    speech_id = next(i for i in archive.ids() if "deng" in i)
    speech = archive.speeches[speech_id]
    record = tomllib.loads(plain.path(f"source_speeches/{speech_id}.toml").read_text(encoding="utf-8"))
    assert record["title"] == "在灯塔管理工作会议上的讲话" and record["occasion"] == "灯塔管理工作会议"
    assert record["date"] == "2019-08-15" and record["checked_against_original"] is False
    received = plain.path(f"source_speeches/received/{record['received']}")
    assert received.read_bytes() == source.read_bytes()
    assert record["received_sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    shown = [speech.text[p.start : p.end] for p in speech.outline.paragraphs]
    assert not [p for p in shown if "摄影" in p or "— 2 —" in p or p.startswith("2019年")]
    assert [heading.title for heading in speech.outline.headings] == ["看好每一盏灯", "记好每一本账"]
    assert "第5行的“臵”可能应为“置”" in told and "看好每一盏灯" in told
    assert not speech.emendations, "a suggestion is not in force"


def test_the_new_speech_can_be_quoted_at_once(plain: Book, tmp_path: Path) -> None:
    assert add(plain, word_file(tmp_path / "讲话.docx"), "--id", "lighthouse") == 0
    chapter = plain.path("chapters/one.md").read_text(encoding="utf-8")
    plain.write(
        "chapters/one.md",
        chapter + "\n\n再引一句：\n\n:::{excerpt} lighthouse\n:from: 灯要天天擦\n:to: 时时看。\n:::\n",
    )
    built = plain.build("verify", warns=True)
    assert [item.verdict.agrees for item in built.checked.reviewed if item.claim.speech == "lighthouse"] == [True]


def test_the_same_speech_twice_is_refused_whatever_the_file(
    plain: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plain, word_file(tmp_path / "a.docx"), "--id", "lighthouse") == 0
    before = sorted(p.name for p in (plain.root / "source_speeches").rglob("*"))
    again = tmp_path / "b.txt"
    again.write_bytes("\r\n".join(["在灯塔管理工作会议上的讲话", *BODY[:-1], "2019年8月16日"]).encode("gb18030"))
    assert add(plain, again) == 1
    assert "lighthouse" in capsys.readouterr().err
    assert sorted(p.name for p in (plain.root / "source_speeches").rglob("*")) == before


def test_nothing_is_overwritten(plain: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = next((plain.root / "source_speeches").glob("*.txt"))
    before = taken.read_bytes()
    assert add(plain, word_file(tmp_path / "a.docx"), "--id", taken.stem) == 2
    assert "已经有了" in capsys.readouterr().err and taken.read_bytes() == before


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_full_disk_leaves_nothing_behind(
    plain: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: int
) -> None:
    before = sorted(p.name for p in (plain.root / "source_speeches").rglob("*.*"))
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert add(plain, word_file(tmp_path / "a.docx"), "--id", "lighthouse") == 2
    assert "没有改动" in capsys.readouterr().err
    assert sorted(p.name for p in (plain.root / "source_speeches").rglob("*.*")) == before


def test_what_a_killed_run_left_is_taken_up_again(plain: Book, tmp_path: Path) -> None:
    source = word_file(tmp_path / "a.docx")
    assert add(plain, source, "--id", "lighthouse") == 0
    plain.path("source_speeches/lighthouse.toml").unlink()  # killed before the record was written
    assert add(plain, source, "--id", "lighthouse") == 0
    assert "lighthouse" in load_archive(plain.root / "source_speeches").speeches


def test_a_text_without_a_record_and_a_foreign_file_are_told(plain: Book, tmp_path: Path) -> None:
    plain.write("source_speeches/loose.txt", "没有登记的讲话。")
    word_file(plain.root / "source_speeches" / "讲话.docx")
    told = "\n".join(plain.build("verify", warns=True).warned("archive"))
    assert "loose.txt" in told and "没有登记" in told and "讲话.docx" in told and "handbook" in told
