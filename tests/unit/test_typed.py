"""A command in a message is spelled as it can be typed where the message is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zh import typed as module
from zh.typed import typed


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an environment of its own, where the reader stands; nothing is on the search path."""
    folder = tmp_path / "手册 一"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("python", "handbook"):
        (folder / ".venv/bin" / name).touch(mode=0o755)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "executable", str(folder / ".venv/bin/python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return folder


def test_in_the_folder_of_the_book(tree: Path) -> None:
    assert typed("handbook accept q.lamp --reason 理由") == ".venv/bin/handbook accept q.lamp --reason 理由"


def test_elsewhere_the_whole_path_is_given_in_quotation_marks_where_it_has_spaces(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree.parent)
    assert typed("handbook check") == "'手册 一/.venv/bin/handbook' check"
    (tree.parent / "elsewhere").mkdir()
    monkeypatch.chdir(tree.parent / "elsewhere")
    assert typed("handbook check") == f"'{tree}/.venv/bin/handbook' check"


def test_where_the_reader_is_sent_first(tree: Path) -> None:
    assert typed("handbook build", tree / "新的") == f"'{tree}/.venv/bin/handbook' build"


def test_plain_where_the_search_path_leads_to_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tree / ".venv/bin"))
    assert typed("handbook check") == "handbook check"


def test_another_handbook_on_the_search_path_is_not_this_one(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree.parent / "handbook").touch(mode=0o755)
    assert typed("handbook check") == ".venv/bin/handbook check"


def test_a_python_without_the_command_runs_it_as_a_module(tree: Path) -> None:
    (tree / ".venv/bin/handbook").unlink()
    assert typed("handbook check") == ".venv/bin/python -m handbook check"


def test_on_windows(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Windows:
        name = "nt"

    monkeypatch.setattr(module, "os", Windows)
    scripts = tree / ".venv/Scripts"
    scripts.mkdir()
    (scripts / "handbook.exe").touch()
    monkeypatch.setattr(sys, "executable", str(scripts / "python.exe"))
    assert typed("handbook check").replace("/", "\\") == r".venv\Scripts\handbook check"
