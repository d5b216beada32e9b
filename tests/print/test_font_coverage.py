"""The picture of what is quoted of each speech, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from printing import EPOCH, build, have_fonts, write_book

from support import require
from zhprint.reading import read_pdf


@pytest.mark.parametrize("title", ['关于"三夏"的讲话', "以反斜线\\\\结尾\\\\", "带#号[和]方括号的讲话"])
def test_a_title_is_no_typst(tmp_path: Path, title: str) -> None:
    require(have_fonts(), "没有字体：请先运行 make fonts")
    source = write_book(tmp_path / "source")
    record = source / "source_speeches/alpha.toml"
    lines = [line for line in record.read_text(encoding="utf-8").split("\n") if not line.startswith("title")]
    quoted = title.replace('"', '\\"')
    record.write_text("\n".join([f'title = "{quoted}"', *lines]), encoding="utf-8")
    chapter = source / "chapters/two.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n:::{coverage-map}\n:::\n", encoding="utf-8")
    build(source, tmp_path / "out", **EPOCH)
    assert "可引" in "".join(page.text for page in read_pdf(tmp_path / "out/handbook.pdf").pages)
