"""Nothing that comes from a file moves a reader's cursor or turns a line round, and nothing prints past the one place."""

from __future__ import annotations

import ast
import json
import logging
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from support import ROOT
from zh.terminal import HarmlessWarnings, answer, harmless, say
from zhprint.fetch import how_to_fetch

_BAD = "甲\x1b]0;题\x07\x1b[2J\r\x08\x9b31m\u202e乙\u2066\u200f\u2028丙"


def test_controls_are_shown_as_codes(capsys: pytest.CaptureFixture[str]) -> None:
    say(_BAD + "\n\t丁")
    out = capsys.readouterr().out
    assert out.endswith("丙\n\t丁\n") and out.startswith("甲\\u001b]0;题\\u0007")
    assert harmless(out) == out


def test_json_means_the_same_afterwards() -> None:
    assert json.loads(harmless(json.dumps({"a": _BAD}, ensure_ascii=False))) == {"a": _BAD}


def test_warnings_of_a_build_are_harmless_and_progress_keeps_its_colours() -> None:
    def filtered(level: int) -> str:
        record = logging.LogRecord("sphinx.x", level, "", 1, "%s", (_BAD,), None)
        assert HarmlessWarnings().filter(record)
        return record.getMessage()

    assert filtered(logging.WARNING) == harmless(_BAD) and filtered(logging.INFO) == _BAD


def test_file_names_are_harmless_in_places_and_progress() -> None:
    record = logging.LogRecord("sphinx.x", logging.WARNING, "", 1, "%s", ("甲",), None)
    record.location = f"{_BAD}.md:3"
    HarmlessWarnings().filter(record)
    assert record.location == harmless(f"{_BAD}.md:3")
    progress = logging.LogRecord("sphinx.x", logging.INFO, "", 1, "%s ", (_BAD,), None)
    progress.color = "purple"
    HarmlessWarnings().filter(progress)
    assert progress.getMessage() == harmless(f"{_BAD} ")


def test_an_answer_with_controls_is_asked_for_again(capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["甲\x1b[D乙\n", "\u202e理由\n", " 理由\n"])

    @click.command()
    def command() -> None:
        click.echo(f"得到{answer(_BAD)}。")

    ran = CliRunner().invoke(command, input="".join(typed))
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.endswith("得到理由。\n") and ran.output.count("重新输入") == 2
    assert "\x1b]0;" not in ran.stdout and "\u202e乙" not in ran.stdout, "the question is harmless too"


def test_what_prints_tells_without_the_packages_of_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python -m zhprint.fetch`` with the extra `print` alone."""
    monkeypatch.setitem(sys.modules, "click", None)
    say("取到了\x1b[2J")
    say("没有取到", err=True)
    assert capsys.readouterr() == ("取到了\\u001b[2J\n", "没有取到\n")
    monkeypatch.setattr("zhprint.fetch.find_spec", lambda _name: None)
    assert how_to_fetch().endswith("python -m zhprint.fetch")


_ONE_PLACE = ROOT / "_ext/zh/terminal.py"
_PRINT = {
    "click.echo",
    "click.secho",
    "click.prompt",
    "click.confirm",
    "print",
    "input",
    "sys.stdout.write",
    "sys.stderr.write",
}


@pytest.mark.parametrize("path", sorted({*(ROOT / "_ext").rglob("*.py")} - {_ONE_PLACE}), ids=lambda path: path.stem)
def test_a_command_prints_and_asks_through_the_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not _PRINT & set(calls)
