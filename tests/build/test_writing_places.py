"""Excerpts and quotes wherever an editor may put them: verified all the same, and reported at their own file and line."""

from __future__ import annotations

import re

import pytest
from book import Book

WRONG = ":::{excerpt} river p4\n:name: rope\n绳索每季换一次\n:::"
PLACES = {
    "list": (f"- 第一条\n- 第二条\n\n  {WRONG.replace(chr(10), chr(10) + '  ')}\n", 4),
    "admonition": (f"::::{{admonition}} 提示\n{WRONG}\n::::\n", 2),
    "nested admonitions": (f":::::{{note}}\n::::{{tip}}\n\n{WRONG}\n::::\n:::::\n", 4),
    "table cell": (
        "::::::{list-table}\n* - 甲\n  - :::{excerpt} river p4\n    :name: rope\n    绳索每季换一次\n    :::\n::::::\n", 3,
    ),
    "block quote": ("> " + WRONG.replace("\n", "\n> ") + "\n", 1),
    "footnote": (f"见注[^a]。\n\n[^a]: 注\n\n    {WRONG.replace(chr(10), chr(10) + '    ')}\n", 5),
    "tab": (f":::::{{tab-set}}\n::::{{tab-item}} 甲\n{WRONG}\n::::\n:::::\n", 3),
}  # fmt: skip


def built_with(book: Book, text: str) -> tuple[str, int]:
    """Warnings of the check when ``text`` stands at the end of a chapter, and the line before it."""
    source = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.edit("conf.py", '"speeches"]', '"speeches", "sphinx_design"]')
    book.write("chapters/two.md", f"{source}\n{text}")
    return book.build("verify", warns=True).warnings, source.count("\n") + 1


@pytest.mark.parametrize("place", PLACES)
def test_wrong_excerpt_is_found_at_its_line(book: Book, place: str) -> None:
    text, line = PLACES[place]
    warnings, before = built_with(book, text)
    (location,) = re.findall(r"(\S+): WARNING: 引文与存档文本不符", warnings)
    name, _, number = location.partition(":")
    assert name == "chapters/two.md"
    # MyST counts a nested directive one or two lines too far down; it must still be a line of the excerpt.
    assert before + line <= int(number) <= before + line + 3


@pytest.mark.parametrize("place", ["- 说{quote}`绳索每季换一次 <river>`", "> 说{quote}`绳索每季换一次 <river>`",
    "| 甲 |\n|---|\n| {quote}`绳索每季换一次 <river>` |",
                                   "#### 说{quote}`绳索每季换一次 <river>`",
    "见注[^a]\n\n[^a]: 说{quote}`绳索每季换一次 <river>`"])  # fmt: skip
def test_wrong_quote_is_found_wherever_it_stands(book: Book, place: str) -> None:
    warnings, before = built_with(book, place + "\n")
    (location,) = re.findall(r"(\S+): WARNING: 引文与存档文本不符", warnings)
    name, _, line = location.partition(":")
    assert name == "chapters/two.md"
    assert before < int(line) <= before + place.count("\n") + 1


def test_quote_in_a_long_paragraph_is_found_at_its_paragraph(book: Book) -> None:
    warnings, before = built_with(book, "一行字\n又一行字\n说{quote}`绳索每季换一次 <river>`\n")
    assert re.findall(r"(\S+): WARNING: 引文与存档文本不符", warnings) == [f"chapters/two.md:{before + 1}"]


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")  # MyST's include
def test_excerpt_in_an_included_file_names_that_file(book: Book) -> None:
    book.write("shared/rope.md", f"\n{WRONG}\n\n又说{{quote}}`绳索每季换两次 <river>`\n")
    warnings, _ = built_with(book, "```{include} ../shared/rope.md\n```\n")
    assert re.findall(r"(\S+): WARNING: 引文与存档文本不符", warnings) == ["shared/rope.md:2", "shared/rope.md:7"]


@pytest.mark.parametrize("role", [
    "{quote}`绳索每月换一次`",
    "{quote}` `",
    "{quote}`<river>`",
    "{quote}`绳 <river>`",
    "{quote}`绳索每月换一次 <>`",
    "{quote}`绳索每月换一次 <river p99>`",
    "{quote}`绳索每月换一次 <river 第三段>`",
    "{quote}`绳索每月换一次 <river p4 p5>`",
    "{quote}`绳索每月换一次 < <river>`",
    "{quote}`绳索每月换一次 <river>>`",
    "{quote}`绳索每月换一次 river>`",
    "{quote}`绳索〔每月换一次 <river>`",
    "{quote}`“绳索每月换一次 <river>`",
    "{quote}`…… <river>`",
    "{quote}`绳索每月换一次 <ri ver>`",
])  # fmt: skip
def test_bad_role_fails_with_a_message_in_chinese(book: Book, role: str) -> None:
    warnings, before = built_with(book, f"说{role}。\n")
    told = [w for w in warnings.split("\n") if "WARNING" in w and "[speech.gone]" not in w]
    assert told and all(w.startswith(f"chapters/two.md:{before + 1}: WARNING: ") for w in told), warnings
    assert re.search("[一-龥]{3}", told[0])
    assert "怎么办：" in warnings


@pytest.mark.parametrize("directive", [
    ":::{excerpt}\n绳索每月换一次\n:::",
    ":::{excerpt} river\n:::",
    ":::{excerpt} river p4 p5\n绳索每月换一次\n:::",
    ":::{excerpt} river 第四行\n绳索每月换一次\n:::",
    ":::{excerpt} river p0\n绳索每月换一次\n:::",
    ":::{excerpt} river p4.s2-1\n:::",
    ":::{excerpt} river p99\n:::",
    ":::{excerpt} river\n:from: 救生\n:to: 绳索\n:::",
    ":::{excerpt} river\n:from: 没有的话\n:::",
    ":::{excerpt} river\n:from:\n:to:\n:::",
    ":::{excerpt} river p4\n:name: 绳 索\n绳索每月换一次\n:::",
    ":::{excerpt} river p4\n:name:\n绳索每月换一次\n:::", ":::{excerpt} river p4\n:nmae: rope\n绳索每月换一次\n:::",
    ":::{excerpt} river p4\n:prefix: 没有的话\n绳索每月换一次\n:::", ":::{excerp} river p4\n绳索每季换一次\n:::",
])  # fmt: skip
def test_bad_directive_fails_the_check_with_a_message_in_chinese(book: Book, directive: str) -> None:
    """A quotation that could not be read was not checked, and what was not checked fails."""
    source = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", f"{source}\n{directive}\n")
    book.accepted()
    built = book.build("verify", warns=True)
    line = source.count("\n") + 2
    assert re.search(rf"chapters/two\.md:(?:{line}|{line + 1}): WARNING: ", built.warnings), (
        "the directive, or its option"
    )
    assert re.search("[一-龥]{3}", built.warnings)
    assert built.app.statuscode == 1


def test_reference_to_a_passage_that_is_not_there_is_told(book: Book) -> None:
    source = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", f"{source}\n见{{passage}}`那一段 <river.p99>`。\n")
    assert "讲话 river 没有 p99 这一段" in book.build(warns=True).warnings
