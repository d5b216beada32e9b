"""The printed book on the site: linked where it is, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from one_page import build_page

SETTINGS = 'project = "书"\nhtml_theme = "furo"\nbooksite_pdf = "book.pdf"\nexclude_patterns = ["out"]\n'


def _links(out: Path, page: str) -> list[str]:
    soup = BeautifulSoup((out / page).read_text(encoding="utf-8"), "html.parser")
    return [str(link["href"]) for link in soup.select("a[href$='.pdf']")]


def test_the_printed_book_is_linked_where_it_is_there(tmp_path: Path) -> None:
    source = "# 书\n\n第一段。\n"
    out, _ = build_page(tmp_path, source, SETTINGS)
    assert _links(out, "index.html") == _links(out, "404.html") == []
    (out / "book.pdf").write_bytes(b"%PDF-1.7")
    build_page(tmp_path, source, SETTINGS)  # no source changed
    assert _links(out, "index.html") == ["book.pdf", "book.pdf"], "beside the print button and on the home page"
    (out / "book.pdf").unlink()
    build_page(tmp_path, source, SETTINGS)
    assert _links(out, "index.html") == []


def test_the_running_head_is_text_whatever_the_title_is(tmp_path: Path) -> None:
    title = '甲</style><b>"乙\\'
    out, _ = build_page(tmp_path, f"# {title.replace('<', '&lt;').replace(chr(92), chr(92) * 2)}\n", SETTINGS)
    page = (out / "index.html").read_text(encoding="utf-8")
    style = page.partition("<style>@page")[2].partition("</style>")[0]
    assert style.count('"') == 2 and "甲\\3c \\2f style\\3e " in style and style.endswith('乙\\5c "; } }')
