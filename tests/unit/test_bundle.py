"""The offline bundle: what it takes from the lock, for which machine. That it installs is proved by `make bundle-test`."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from string import Template

import pytest

from handbook import main
from handbook.bundle import _START
from handbook.locked import PLATFORMS, needed, pins, requirements
from support import ROOT, need

LOCK = ROOT / "requirements.lock"


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("python", ["3.11", "3.13"])
def test_everything_that_is_needed_is_pinned_with_digests(name: str, python: str) -> None:
    pinned = pins(LOCK)
    names = needed("office-handbook", "handbook", PLATFORMS[name], python)
    assert {"sphinx", "myst-parser", "typst", "jieba", "markdown-it-py", "brotli"} <= names <= pinned.keys()
    assert not names & {"pytest", "mypy", "selenium", "office-handbook"}
    for needful in names:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pinned[needful]), needful


def test_windows_gets_what_only_windows_asks_for() -> None:
    assert "colorama" in needed("sphinx", "", PLATFORMS["windows-x64"], "3.12")
    assert "colorama" not in needed("sphinx", "", PLATFORMS["linux-aarch64"], "3.12")


def test_two_files_of_one_package_are_one_line_with_both_digests(tmp_path: Path) -> None:
    for name in (
        "Some_Thing-1.0-cp311-cp311-win_amd64.whl",
        "Some_Thing-1.0-cp312-cp312-win_amd64.whl",
        "a-2-py3-none-any.whl",
    ):
        (tmp_path / name).write_bytes(name.encode())
    lines = list(requirements(tmp_path))
    assert [line.split()[0] for line in lines] == ["some-thing==1.0", "a==2"] and len(lines[0].split()) == 3
    assert hashlib.sha256(b"a-2-py3-none-any.whl").hexdigest() in lines[1]


def start(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    """What is double-clicked on Linux, run where only the programs of ``path`` are."""
    values = {"pip": "pip.whl", "pythons": "3.98、3.99", "versions": "3.99 3.98"}
    script = folder / "开始.sh"
    script.write_text(Template((_START / "start.sh").read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
    environment = {**os.environ, "PATH": path}
    shell = need("sh")
    return subprocess.run(
        [shell, str(script)], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def test_a_machine_without_a_python_that_will_do_is_told_so(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "cat", "python3"):
        (tools / name).symlink_to(need(name))
    done = start(tmp_path, str(tools))
    assert done.returncode == 2 and "这台电脑上没有 Python（要 3.98、3.99 之一）" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_bundle_that_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old").mkdir()
    assert main(["bundle", "--out", str(tmp_path / "old")]) == 2
    assert "没有动它" in capsys.readouterr().err and not any((tmp_path / "old").iterdir())


def test_the_start_file_is_a_script_that_a_plain_shell_reads() -> None:
    text = Template((_START / "start.sh").read_text(encoding="utf-8")).safe_substitute(
        versions="3.11", pip="p", pythons="3.11"
    )
    checker = shutil.which("dash") or need("sh")
    assert subprocess.run([checker, "-n"], input=text, text=True, capture_output=True, check=False).stderr == ""
