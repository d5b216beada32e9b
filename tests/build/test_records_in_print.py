"""What the records say of the speeches stands in the book, and a further speech makes no sentence untrue."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from book import Book

ROOT = Path(__file__).resolve().parents[2]
_COUNTED = re.compile(r"(?<![前后表中])[两二三四五六七八]篇")
"""How many speeches there are, written by hand."""


@pytest.fixture
def river(book: Book) -> Book:
    """The root ``book`` with a page on its speeches, and more in the record of one of them."""
    record = book.path("source_speeches/river.toml").read_text(encoding="utf-8")
    extra = '\n[[dated]]\nwording = "数清人数"\nperiod = "当时的说法"\nlook_up = "现行规定"\n'
    book.write("source_speeches/river.toml", 'called = ["河边的讲话"]\norder = 1\n' + record + extra)
    book.write(
        "chapters/counted.md",
        "---\norphan: true\n---\n# 数\n\n全书{speech-count}`*`篇，首篇是{called}`river`。\n\n"
        "船工{quote}`绳索每月换一次 <river>`，守灯的{quote}`天黑之前把灯点亮 <lamp>`。\n\n:::{speech-records}\n:::\n\n:::{period-notes}\n:::\n",
    )
    return book.accepted()  # what it is called is printed with every quotation


def test_short_name_count_and_order_come_from_the_records(river: Book) -> None:
    built = river.build()
    page = built.page("chapters/counted")
    assert "全书二篇，首篇是河边的讲话。" in page.get_text()
    rows = [row.get_text("|", strip=True) for row in page.select("table.speech-records tbody tr")]
    assert rows[0].startswith("河边的讲话|")
    assert len(rows) == 2


def test_quotations_of_one_line_are_listed_as_a_reader_meets_them(river: Book) -> None:
    line = [item.claim.text for item in river.build().checked.in_book_order if item.claim.docname == "chapters/counted"]
    assert line == ["绳索每月换一次", "天黑之前把灯点亮"]


def test_wording_of_its_time_is_listed_and_noted_under_the_excerpt(river: Book) -> None:
    built = river.build()
    (row,) = built.page("chapters/counted").select("table.period-wording tbody tr")
    number = built.checked.numbers["q.river.p3.s2"]
    assert [td.get_text(strip=True) for td in row.select("td")] == [
        "数清人数", "河边的讲话", number, "当时的说法", "现行规定",
    ]  # fmt: skip
    (note,) = built.page("chapters/two").select(".excerpt .period-note")
    assert note.get_text() == "时效提示：数清人数，当时的说法；今天怎样提，查现行规定。"


def test_a_further_speech_is_counted_when_it_is_quoted(river: Book) -> None:
    text = "第三篇讲话只有这一句话。\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    river.edit("index.md", "source_speeches/river\n", "source_speeches/river\nsource_speeches/third\n")
    river.write("source_speeches/third.txt", text)
    river.write("source_speeches/third.toml", f'title = "第三篇"\nsha256 = "{digest}"\n')
    assert "全书二篇" in river.build().page("chapters/counted").get_text()
    river.write(
        "chapters/third.md", "---\norphan: true\n---\n# 三\n\n:::{excerpt} third\n第三篇讲话只有这一句话。\n:::\n"
    )
    assert river.handbook("accept", "--all", "--by", "王主任") == 0
    page = river.build().page("chapters/counted")
    assert "全书三篇" in page.get_text()
    assert "《第三篇》" in page.select_one("table.speech-records").get_text()  # type: ignore[union-attr]


@pytest.mark.this_book
def test_the_real_book_counts_no_speeches_by_hand() -> None:
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    counted = {
        f"{page.name}:{number}": line
        for page in pages
        for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1)
        if _COUNTED.search(line)
    }
    assert counted == {}
