"""The command starts at once: help and what needs no build load neither Sphinx nor a dictionary nor a PDF reader."""

from __future__ import annotations

import subprocess
import sys

import pytest

import handbook
from support import ROOT, SPEECHES

SLOW = {
    "sphinx",
    "docutils",
    "myst_parser",
    "jieba",
    "pypdf",
    "typst",
    "fontTools",
    "opencc",
    "pypinyin",
    "numpy",
    "docx",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["find", "办公室工作无小事", "--archive", str(SPEECHES)],
        ["verify", "--help"],
        ["diff", "--help"],
        ["guide"],
        ["verify", str(ROOT / "README.md"), "--archive", str(SPEECHES)],
    ],
    ids=lambda arguments: " ".join(arguments)[:13],
)
def test_what_needs_no_build_loads_nothing_slow(arguments: list[str]) -> None:
    code = "import sys, handbook; handbook.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT / "_ext",
    )  # fmt: skip
    assert done.stdout
    assert not {name.split(".")[0] for name in done.stderr.split()} & SLOW


def test_every_subcommand_is_a_module_of_its_name() -> None:
    context = handbook.handbook.make_context("handbook", ["--help"], resilient_parsing=True)
    for name in handbook.handbook.list_commands(context):
        command = handbook.handbook.get_command(context, name)
        assert command is not None and command.help, name
        assert (ROOT / "_ext/handbook" / f"{name.replace('-', '_')}.py").is_file()


def test_help_waits_for_no_sphinx() -> None:
    code = (
        "import sys, handbook; group = handbook.handbook; context = group.make_context('handbook', ['--help'], resilient_parsing=True)\n"
        "for name in group.list_commands(context):\n"
        "    group.get_command(context, name)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "_ext")
    assert not {name.split(".")[0] for name in done.stdout.split()} & SLOW
