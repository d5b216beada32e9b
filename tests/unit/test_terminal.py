"""Nothing that comes from a file moves a reader's cursor or turns a line round, and nothing prints past the one place."""

from __future__ import annotations

import ast
import json
import logging
from pathlib import Path

import pytest

from support import ROOT
from zh.terminal import HarmlessWarnings, harmless, say

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


@pytest.mark.parametrize("path", sorted((ROOT / "_ext/handbook").rglob("*.py")), ids=lambda path: path.stem)
def test_a_command_prints_through_the_one_place(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not {"click.echo", "print", "sys.stdout.write", "sys.stderr.write"} & set(calls)
