"""LaTeX source of the real book, for whoever has TeX: right for A4 and Chinese, and quotations as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from printing import ROOT, once, run

pytestmark = pytest.mark.this_book

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


def test_numbers_are_those_of_the_site(source: str) -> None:
    """What stands before and after the chapters has no number: 定位 is the first chapter, not the sixth."""
    depth = re.findall(r"\\setcounter\{secnumdepth\}\{(-?\d)\}\n\\chapter\{(.+)\}\n", source)
    assert [title for number, title in depth if number == "0"] == ["定位", "素质", "能力", "作风", "保障"]
    assert len(depth) == source.count("\\chapter{") and depth[0][0] == depth[-1][0] == "-1"


def test_every_reference_leads_somewhere(source: str) -> None:
    labels = set(re.findall(r"\\label\{\\detokenize\{([^{}]+)\}\}", source))
    references = set(re.findall(r"\\hyperref\[\\detokenize\{([^{}]+)\}\]", source))
    assert references > {"chapters/preface:preface"} and references <= labels


def test_lists_of_a_chapter_are_its_own(source: str) -> None:
    """In one document as in many: 本章引文出处 is made for the chapter that it stands in."""
    assert not re.search(r"\\begin\{enumerate\}\s*(?:\\sphinxsetlistlabels\S*\s*)?\\end\{enumerate\}", source)


def test_the_index_is_sorted_by_pinyin(source: str) -> None:
    keys = re.findall(r"\\index\{([^@{}]+)@\\spxentry\{([^{}]+)\}", source)
    assert ("zhi2 neng2 ding4 wei4", "职能定位") in keys
    assert all(re.fullmatch("[a-z0-9 ]+", key) for key, _ in keys)


def test_tables_that_may_be_higher_than_a_page_go_on(source: str) -> None:
    tables = source.split("\\begin{longtable}")[1:]
    assert len(tables) > 5 and all("\\endhead" in table for table in tables)


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
