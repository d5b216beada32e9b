"""LaTeX source of the real book, for whoever has TeX: right for A4 and Chinese, and quotations as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from printing import ROOT, once, run

_COMMAND = re.compile(r"\\DUrole\{[^{}]*\}|\\(?:sphinx[A-Za-z]+|label|detokenize|textbackslash)|\\(?=[{}%&#$_])|[{}]")


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    def make(folder: Path) -> None:
        done = run(ROOT, folder / "latex", "-W", "--keep-going", builder="latex")
        assert done.returncode == 0, done.stderr

    folder = once(tmp_path_factory, "real-latex", make)
    return (folder / "latex/handbook.tex").read_text(encoding="utf-8")


def test_class_packages_and_fonts(source: str) -> None:
    head, _, _ = source.partition("\\begin{document}")
    assert re.search(r"\\documentclass\[a4paper,12pt,twoside,openright\]\{sphinxmanual\}", head)
    assert "\\usepackage[fontset=none,heading=false]{ctex}" in head
    assert "{babel}" not in head and "{polyglossia}" not in head
    assert "\\defaultfontfeatures{Ligatures=TeXOff}" in head and "Ligatures=TeX]" not in head
    assert "\\tracinglostchars=3" in head
    assert head.index("\\renewcommand{\\contentsname}{目录}") > head.rindex("\\usepackage{sphinxmessages}")
    assert head.count("{") == head.count("}")


def test_chapters_are_chapters(source: str) -> None:
    assert source.count("\\chapter{") > 5 and "\\part{" not in source


def test_every_excerpt_is_there_verbatim_with_its_label(source: str) -> None:
    lock = (ROOT / "excerpts.lock").read_text(encoding="utf-8")
    ids = re.findall(r'^id = "(q\..+)"$', lock, re.MULTILINE) or re.findall(r'"(q\.[^"]+)"', lock)
    assert ids
    for identifier in ids:
        assert re.search(rf"\\detokenize\{{[^{{}}]*:{re.escape(identifier)}\}}", source), identifier


def test_quotations_and_marks_are_as_written(source: str, real_items: list[dict[str, object]]) -> None:
    plain = _plain(source)
    for item in real_items:
        if item["kind"] == "excerpt":
            assert _plain(str(item["quoted"])) in plain, item["id"]
    assert "臵〔置〕" in plain
    # TeX's own quotation marks and dashes would print other characters.
    assert "``" not in source and "''" not in source.partition("\\begin{document}")[2]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", _COMMAND.sub("", text))
