"""The command runs in a folder with a Chinese name, whatever the locale: what set-up writes for Python is ASCII."""

from __future__ import annotations

import os
import re
import site
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT, SPEECHES


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_a_chinese_folder_name_does_no_harm(tmp_path: Path, locale: str) -> None:
    folder = tmp_path / "办公室 手册"
    folder.mkdir()
    (folder / "_ext").symlink_to(ROOT / "_ext")
    (folder / "source_speeches").symlink_to(SPEECHES)
    (folder / "conf.py").write_text("", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    (packages,) = (folder / ".venv").glob("lib/python3*/site-packages")
    match = re.search("^FIND_EXT := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert match and match[1].isascii()
    (packages / "__editable__.office_handbook.pth").write_text(match[1] + "\n", encoding="ascii")
    others = [path for path in sys.path if path.endswith("site-packages") and path not in site.getusersitepackages()]
    (packages / "others.pth").write_text("\n".join(others) + "\n", encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [folder / ".venv/bin/python", "-m", "handbook", "find", "办公室工作无小事"],
        cwd=folder, env={**environment, "LC_ALL": locale}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert "讲话库里有" in done.stdout.decode("utf-8")
