"""``handbook diff`` from the command line: what it says, and what it is told that is no report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from book import Book

from handbook import main


@pytest.fixture
def report(book: Book) -> Path:
    """The report of the small handbook, with ids."""
    book.handbook("check")
    path = book.root / "_build/verify/report.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"ids": {}}), encoding="utf-8")
    return path


def test_an_edition_against_itself(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(report), str(report)]) == 0
    assert "引文没有变化；讲话没有变化；章节没有变化" in capsys.readouterr().out


def test_a_public_report_beside_an_internal_one_is_said_to_be_so(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(report.read_text(encoding="utf-8"))
    data["edition"]["kind"] = "节本"
    other = report.with_name("public.json")
    other.write_text(json.dumps(data), encoding="utf-8")
    assert main(["diff", str(report), str(other)]) == 0
    assert "一份是全本，一份是节本" in capsys.readouterr().out


def _spoil(data: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    return {**data, key: value}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("edition", "2026"),
        ("edition", None),
        ("edition", 0),
        ("edition", []),
        ("excerpts", [None]),
        ("excerpts", [{"id": []}]),
        ("excerpts", [{"id": "q.a", "kind": "excerpt", "quoted": 1, "speech": "a", "docname": "b", "number": ""}]),
        ("speeches", None),
        ("speeches", []),
        ("ids", "x"),
        ("chapters", {"a": {}}),
        ("chapters", [1]),
    ],
)
def test_a_spoiled_report_is_told_without_a_traceback(
    report: Path, key: str, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    other = report.with_name("spoiled.json")
    other.write_text(json.dumps(_spoil(json.loads(report.read_text(encoding="utf-8")), key, value)), encoding="utf-8")
    assert main(["diff", str(report), str(other)]) == 2
    assert "报告" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "不是 JSON", "[]", "{}", "[" * 100_000, '{"version": 2, "excerpts": []}'])
def test_what_is_no_report_is_told(tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    assert main(["diff", str(path), str(path)]) == 2
    assert "report.json" in capsys.readouterr().err


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        assert main(["diff", str(path), str(path)]) == 2
        assert "找不到报告文件" in capsys.readouterr().err
