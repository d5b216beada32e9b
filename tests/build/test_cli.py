"""The ``handbook`` command as an editor meets it: Chinese help, exit statuses, and no traceback for bad input."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from book import Book

from handbook import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "tests" / "data" / "quotebench"
KEYS = {"id", "pass", "text", "place", "source", "flags", "fragments", "edit", "nearest", "found"}


def verify(
    archive: Path, lines: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[Any], str]:
    """Exit status, JSON lines and what was said on stderr."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    status = main(["verify", "--archive", str(archive), "--jsonl"])
    told = capsys.readouterr()
    return status, [json.loads(line) for line in told.out.splitlines()], told.err


def ask(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    "command", [[], ["check"], ["accept"], ["find"], ["verify"]], ids=lambda c: " ".join(c) or "handbook"
)
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "用法：handbook" in text and "选项" in text
    left = re.sub(
        r"--?[a-z-]+|TEXT|PATH|DIRECTORY|JSON|UTF|handbook|[\w./<>{}\"]+\.(?:py|json|txt|lock)|\{.*?\}|_build\S*|check|accept|find|verify",
        "",
        text,
    )
    assert not re.search(r"[A-Za-z]{4,} [A-Za-z]{3,}", left), left


def test_the_guide_comes_with_the_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide"]) == 0
    told = capsys.readouterr().out
    assert "# 编辑手册的人怎么用" in told and "](" not in told.replace("[pre-commit](", "")
    named = set(re.findall(r"^handbook ([a-z-]+)", told, re.MULTILINE))
    assert len(named) > 5 and named <= {name for commands in COMMANDS.values() for name in commands}
    page = tmp_path / "用法.html"
    assert main(["guide", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count('src="data:image/png;base64,') == text.count("<img ") == 3
    page.write_text("我的", encoding="utf-8")
    assert main(["guide", "--out", str(page)]) == 2
    assert page.read_text(encoding="utf-8") == "我的"
    assert main(["guide", "--out", str(page / "folder.html")]) == 2
    assert "写不成" in capsys.readouterr().err


def test_every_command_gives_an_example_and_its_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (name for commands in COMMANDS.values() for name in commands):
        assert main([name, "--help"]) == 0
        told = capsys.readouterr().out
        assert f"例：handbook {name}" in told and "退出码：0" in told, told


@pytest.mark.parametrize("arguments", [
    ["nothing"], ["check", "--nothing"], ["check", "--root"], ["check", "--root", "no-such-folder"], ["find"], ["verify"],
    ["verify", "--archive", "no-such-folder"], ["find", "--archive", "no-such-folder", "x"], ["check", "extra"], ["accept", "--by"],
], ids=" ".join)  # fmt: skip
def test_wrong_command_line_is_told_in_chinese(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("错误：") and re.search("[一-龥]{2}", told)
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", told.replace("handbook --help", "")), told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["verfy"], "是不是 verify？"),
        (["word", "zuofeng"], "多写了 zuofeng"),
        (["verify", "讲话"], "同一个文件夹里有 讲话.docx"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_is_told_with_what_was_meant(
    arguments: list[str], told: str, book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(book.root)
    (book.root / "讲话.docx").touch()
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


def test_check_prints_a_summary(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.handbook("check") == 0
    out = capsys.readouterr().out
    assert "全书引文 4 条" in out and "与存档文本核对一致并经认可 4 条" in out


def test_warn_only_reports_and_succeeds(book: Book) -> None:
    book.edit("chapters/two.md", "数清人数", "数清船数")
    assert book.handbook("check") == 1
    assert book.handbook("check", "--warn-only") == 0


@pytest.mark.parametrize("name", ["_build", "_build/verify/report.json"])
def test_output_that_cannot_be_written_is_told(book: Book, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name == "_build":
        book.write(name, "a file")
    else:
        book.path(name).mkdir(parents=True)
        book.write(f"{name}/inside", "x")
    assert book.handbook("check") == 2
    assert capsys.readouterr().err.startswith("错误：")


def test_terms_in_another_encoding_are_told(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("terms.txt", "办公室\n".encode("gb18030"))
    assert book.handbook("check") in (1, 2)
    assert "terms.txt" in capsys.readouterr().err


def test_jsonl_contract(book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    archive = book.path("source_speeches")
    good = (
        ask(id="a", speech="river", text="绳索每月换一次")
        + b"\n"
        + ask(id=7, speech="river", text="绳索每月换一次", prefix=None, suffix="，")
    )
    status, lines, _ = verify(archive, good, monkeypatch, capsys)
    assert status == 0
    assert [line["id"] for line in lines] == ["a", 7]
    assert all(line.keys() >= KEYS and line["pass"] for line in lines)
    status, (line,), _ = verify(archive, ask(id="b", speech="river", text="绳索每季换一次"), monkeypatch, capsys)
    assert (status, line["pass"], line["text"]) == (1, False, "altered")
    assert line["edit"].keys() == {"kind", "source", "printed"}
    assert line["nearest"].keys() == {"speech", "locator", "start", "end", "text"}


@pytest.mark.parametrize("line", [
    b"{", b"[]", b"1", b'"x"', b"null", b"\xff\xfe", b'{"id": "x"}', b'{"id": "x", "speech": "river"}', b'{"speech": "river", "text": 3}',
    b'{"id": "x", "speech": ["river"], "text": "x"}', b'{"id": "x", "speech": "river", "text": ""}', b'{"id": "x", "speech": "river", "text": "\\ud800"}',
    b'{"id": "x", "speech": "../river", "text": "x"}', b'{"id": "x", "speech": "river", "text": "x", "prefix": 1}', b"[" * 20_000, b"9" * 5000,
    b'{"id": NaN, "speech": "river", "text": "x"}', ask(id="x", speech="river", text="绳" * 200_000).strip(),
], ids=range(18))  # fmt: skip
def test_bad_line_does_not_pass_and_does_not_stop_the_rest(
    book: Book, line: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = line + b"\n" + ask(id="good", speech="river", text="绳索每月换一次")
    status, out, _ = verify(book.path("source_speeches"), lines, monkeypatch, capsys)
    assert status == 1
    assert [(item["id"], item["pass"]) for item in out[1:]] == [("good", True)]
    assert out[0]["pass"] is False


def test_unknown_speech_is_missing(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (line,), _ = verify(
        book.path("source_speeches"), ask(id="x", speech="sea", text="绳索每月换一次"), monkeypatch, capsys
    )
    assert (line["source"], line["pass"]) == ("missing", False)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_bench_through_the_command(jobs: str) -> None:
    """The development cases of shared/quotebench, through a process of its own, or through three more."""
    cases = [
        json.loads(line)
        for line in (BENCH / "cases-dev.jsonl").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    asked = b"".join(
        ask(id=c["id"], speech=c["cited"], text=c["quote"], prefix=c.get("prefix"), suffix=c.get("suffix"))
        for c in cases
    )
    done = subprocess.run(
        [sys.executable, "-m", "handbook", "verify", "--archive", str(BENCH / "sources"), "--jsonl", "--jobs", jobs],
        input=asked, capture_output=True, check=False, cwd=ROOT / "_ext",
    )  # fmt: skip
    passed = {line["id"]: line["pass"] for line in map(json.loads, done.stdout.decode().splitlines())}
    wanted = {c["id"]: c["expect"]["pass"] for c in cases}
    assert list(passed) == list(wanted)
    assert done.returncode == 1 and not done.stderr
    assert [k for k in wanted if passed[k] and not wanted[k]] == [], "false passes"
    assert [k for k in wanted if wanted[k] and not passed[k]] == [], "false fails"


def test_coverage_tells_what_is_not_quoted_by_the_chapter_it_suits(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    label = '{"id": "1", "speech": "lamp", "start": 0, "end": 60, "theme": "灯"}\n'
    book.write("source_speeches/theme-labels.jsonl", label)
    assert book.handbook("coverage", "--list") == 0
    told = capsys.readouterr().out
    table, _, rest = told.partition("讲话")
    assert table.startswith("主题") and "合计" in table and "lamp" in rest
    groups = re.findall(r"^(\S+)（(\d+)段没有引）：\n((?:    \S+ p\S+　.*\n)+)", rest, re.MULTILINE)
    assert groups and all(len(lines.splitlines()) == int(count) for _, count, lines in groups)
