"""The handbook itself, copied: the strict check passes, one wrong character fails, a clone with autocrlf still verifies."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from book import Book

pytestmark = pytest.mark.this_book

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "conf.py",
    "index.md",
    "chapters",
    "source_speeches",
    "excerpts.lock",
    "published-ids.txt",
    "moved-ids.toml",
    "terms.txt",
    "synonyms.txt",
    ".gitattributes",
)


@pytest.fixture
def handbook(tmp_path: Path) -> Book:
    """A copy without anything built."""
    target = tmp_path / "handbook"
    target.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name)
        else:
            shutil.copy(ROOT / name, target / name)
    return Book(target)


def test_strict_check_passes(handbook: Book, capsys: pytest.CaptureFixture[str]) -> None:
    status = handbook.handbook("check")
    assert status == 0, capsys.readouterr().err


def test_one_wrong_character_gives_one_failing_quotation(handbook: Book, capsys: pytest.CaptureFixture[str]) -> None:
    source = handbook.path("chapters/dingwei.md").read_text(encoding="utf-8")
    block = re.search(r":::\{excerpt\} [^\n]*\n(?::\w+:[^\n]*\n)*([^\n:]{12,})", source)
    assert block is not None
    at = block.start(1) + 5
    handbook.write("chapters/dingwei.md", source[:at] + ("甲" if source[at] != "甲" else "乙") + source[at + 1 :])
    assert handbook.handbook("check") == 1
    line = source.count("\n", 0, block.start()) + 1
    assert f"chapters/dingwei.md:{line}: 引文与存档文本不符" in re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().err)
    data = json.loads(handbook.path("_build/verify/report.json").read_text(encoding="utf-8"))
    failed = [(e["path"], e["line"], e["status"]["text"]) for e in data["excerpts"] if not e["pass"]]
    assert failed == [("chapters/dingwei.md", line, "altered")]


def test_clone_with_autocrlf_still_verifies(handbook: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str, at: Path) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=true"]
        subprocess.run(["git", *identity, *arguments], cwd=at, check=True, capture_output=True)

    git("init", "-q", at=handbook.root)
    git("add", "-A", at=handbook.root)
    git("commit", "-q", "-m", "x", at=handbook.root)
    git("clone", "-q", "-c", "core.autocrlf=true", str(handbook.root), "clone", at=tmp_path)
    clone = Book(tmp_path / "clone")
    for path in (handbook.root / "source_speeches").glob("*.txt"):
        assert clone.path(f"source_speeches/{path.name}").read_bytes() == path.read_bytes()
    status = clone.handbook("check")
    assert status == 0, capsys.readouterr().err


def test_a_sixth_speech_makes_no_sentence_untrue(handbook: Book) -> None:
    text = "港口的事要先问潮水。\n"
    handbook.write("source_speeches/harbour.txt", text)
    handbook.write(
        "source_speeches/harbour.toml",
        'title = "在港口会议上的讲话"\ncalled = ["港口的讲话"]\norder = 6\noccasion = "港口会议"\nlevel = "部门"\n'
        f'speaker = ""\ndate = "2021"\nsha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n',
    )
    handbook.edit("chapters/usage.md", "# 使用说明\n", "# 使用说明\n\n又如{quote}`港口的事要先问潮水 <harbour p1>`。\n")
    built = handbook.build(warns=True)
    names = [
        "index",
        *(
            path.relative_to(handbook.root).with_suffix("").as_posix()
            for path in handbook.root.glob("chapters/**/*.md")
        ),
    ]
    pages = "".join(built.page(name).get_text() for name in names)
    assert re.search("出自[6六]篇讲话", re.sub(r"\s", "", pages)) and "港口的讲话" in pages
    assert not re.search("[5五]篇", pages)
