"""Markup in a speech is text: it is printed as it stands, in HTML and in LaTeX, and never run."""

from __future__ import annotations

import pytest
from book import Book
from bs4 import BeautifulSoup

MARKUP = {
    "html": '<script>alert("灯")</script><b>粗</b>&amp;',
    "latex": "\\input{/etc/passwd} \\write18{ls} $x^2$ %百分 #1 ~",
    "jinja": "{{ edition }} {% raw %}",
    "emphasis": "*强调* _下划_ **更强** `代码` ~~删~~",
    "table": "|甲|乙| |---|",
    "footnote": "[^1] [链接](http://example.org) ![图](x.png)",
    "myst": "{quote}`灯 <lamp>` ```{include} conf.py``` :::",
    "rst": ".. include:: conf.py :ref:`x` |替换| 灯_",
}


def with_markup(book: Book, markup: str) -> str:
    """A speech that holds markup, pulled and quoted."""
    line = f"机器里写着{markup}这样的话。"
    book.speech(
        "machine",
        f"讲机器\n一、机器{markup}\n{line}\n- 像列表\n# 像标题\n    像代码\n",
        f"title = '机器{markup.replace(chr(39), '')}'\n",
    )
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/machine")
    book.edit(
        "chapters/two.md",
        "船上的规矩见",
        f":::::{{excerpt}} machine p3\n{line}\n:::::\n\n:::{{excerpt}} machine p3\n:name: pulled\n:::\n\n船上的规矩见",
    )
    return line


@pytest.mark.parametrize("kind", MARKUP)
def test_markup_is_printed_as_text_in_html(book: Book, kind: str) -> None:
    line = with_markup(book, MARKUP[kind])
    built = book.accepted().build()
    printed = line.replace('"灯"', "“灯”")
    for page, selector in (
        ("chapters/two", "blockquote .excerpt-text"),
        ("source_speeches/machine", ".speech-passage"),
    ):
        soup = built.page(page)
        body = soup.select_one("div.body")
        assert body is not None
        texts = [node.get_text() for node in body.select(selector)]
        assert any(printed in text for text in texts), texts
        assert (
            body.select("script, b, em, strong, img, table, del, code, .footnote-reference, a[href^='http://example']")
            == []
        )
    assert len(built.page("chapters/two").select("blockquote .excerpt-text")) == 3


@pytest.mark.parametrize("kind", ["latex", "html", "emphasis"])
def test_markup_is_escaped_in_latex(book: Book, kind: str) -> None:
    with_markup(book, MARKUP[kind])
    text = (book.accepted().build("latex").app.outdir / "book.tex").read_text(encoding="utf-8")
    assert "机器里写着" in text
    for command in ("\\input{/etc", "\\write18", "$x^2$", " %百分"):
        assert command not in text, command


def test_markup_in_a_role_is_text(book: Book) -> None:
    book.speech("machine", "讲机器\n机器上写着<b>开关</b>和{{ edition }}两个字。\n")
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/machine")
    book.edit("chapters/two.md", "船上的规矩见", "有{quote}`<b>开关</b>和{{ edition }}两个字 <machine>`，船上的规矩见")
    page = book.accepted().build().page("chapters/two")
    quote = page.select_one("span.quote")
    assert isinstance(quote, BeautifulSoup) or quote is not None
    assert quote.get_text() == "“<b>开关</b>和{{ edition }}两个字”"
