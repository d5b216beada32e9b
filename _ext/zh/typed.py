"""How the reader of a message can type a command, where he stands and with what he has installed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from os import environ
from pathlib import Path


def typed(command: str, standing: Path | None = None) -> str:
    """``handbook check`` → ``.venv/bin/handbook check``; on Windows ``.venv\\Scripts\\handbook check``.

    Plain where the search path leads to this environment's own program. The program is relative to the current folder
    where it lies under it, else absolute; where it was never installed, it is run as a module of this Python.
    ``standing``: the folder in which it will be typed, where that is not the current one.
    """
    program, space, rest = command.partition(" ")
    search_path = environ.get("PATH", "")
    return _program(program, sys.executable, standing or Path.cwd(), search_path, os.name) + space + rest


@cache
def _program(program: str, python: str, here: Path, search_path: str, system: str) -> str:
    """Asked for each of thousands of quotations, and the file system answers: once for each place to stand."""
    folder = Path(python).parent
    script = folder / (f"{program}.exe" if system == "nt" else program)
    on_path = shutil.which(program, path=search_path)
    if on_path is not None and Path(on_path).parent.resolve() == folder.resolve():
        return program
    if script.is_file():
        return _from(here, script.with_suffix(""))
    return f"{_from(here, Path(python))} -m {program}"


def _from(here: Path, path: Path) -> str:
    shown = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return subprocess.list2cmdline([shown]) if os.name == "nt" else shlex.quote(shown)
