"""How the reader of a message can type a command, where he stands and with what he has installed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path


def typed(command: str) -> str:
    """``handbook check`` → ``.venv/bin/handbook check``; on Windows ``.venv\\Scripts\\handbook check``.

    Plain where the search path leads to this environment's own program. The program is relative to the current folder
    where it lies under it, else absolute; where it was never installed, it is run as a module of this Python.
    """
    program, space, rest = command.partition(" ")
    folder = Path(sys.executable).parent
    script = folder / (f"{program}.exe" if os.name == "nt" else program)
    on_path = shutil.which(program)
    if on_path is not None and Path(on_path).parent.resolve() == folder.resolve():
        return command
    if script.is_file():
        return _from_here(script.with_suffix("")) + space + rest
    return f"{_from_here(Path(sys.executable))} -m {program}{space}{rest}"


def _from_here(path: Path) -> str:
    here = Path.cwd()
    shown = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return subprocess.list2cmdline([shown]) if os.name == "nt" else shlex.quote(shown)
