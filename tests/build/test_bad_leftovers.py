"""What an earlier build left behind may be damaged: the next one heals it, or says in one message what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from book import Book

from support import ROOT


def _html(book: Book) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handbook", "html", "--root", str(book.root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("junk", [b"", b"junk", b"\x80\x05\x95"])
def test_a_damaged_doctree_is_one_message(book: Book, junk: bytes) -> None:
    assert _html(book).returncode == 0
    for path in (book.root / "_build").rglob("*.doctree"):
        path.write_bytes(junk)
    for page in (book.root / "_build").rglob("*.html"):
        page.unlink()
    done = _html(book)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or ("中间文件坏了" in done.stderr and "clean" in done.stderr)


def test_a_file_in_the_place_of_the_folder_of_builds_is_one_message(book: Book) -> None:
    book.write("_build", "x")
    done = _html(book)
    assert done.returncode != 0 and "Traceback" not in done.stderr and "_build" in done.stderr
