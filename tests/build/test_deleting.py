"""A chapter that is deleted or renamed takes its back-links with it, on pages that nobody touched."""

from __future__ import annotations

from book import Book
from bs4 import BeautifulSoup


def links(page: BeautifulSoup) -> list[str]:
    """The links of the body, where they lead."""
    body = page.select_one("div.body")
    assert body is not None
    return [str(a["href"]) for a in body.select("a[href]") if "headerlink" not in (a.get("class") or ())]


def drop_chapter_two(book: Book) -> None:
    book.path("chapters/two.md").unlink()
    book.edit("index.md", "chapters/two\n", "")


def test_deleted_chapter_loses_its_back_links(book: Book) -> None:
    before = book.build()
    assert "../chapters/two.html#q.river.p3.s2" in links(before.page("source_speeches/river"))
    drop_chapter_two(book)
    after = book.build(warns=True)
    assert after.read == ("index",)
    assert not [link for link in links(after.page("source_speeches/river")) if "two" in link]
    assert after.page("source_speeches/river").select(".quoted") == []
    assert not [link for link in links(after.page("chapters/tables")) if "two" in link]
    assert len(after.warned("gone")) == 1


def test_deleted_chapter_leaves_the_domain(book: Book) -> None:
    book.build()
    drop_chapter_two(book)
    domain = book.build(warns=True).domain
    assert all("chapters/two" not in by_docname for by_docname in domain.data.values() if isinstance(by_docname, dict))


def test_renamed_chapter_is_linked_by_its_new_name(book: Book) -> None:
    book.build()
    book.path("chapters/two.md").rename(book.path("chapters/twofold.md"))
    book.edit("index.md", "chapters/two", "chapters/twofold")
    built = book.build()
    assert "../chapters/twofold.html#q.river.p3.s2" in links(built.page("source_speeches/river"))
    assert "twofold.html#q.river.p3.s2" in links(built.page("chapters/tables"))
    assert not [link for link in links(built.page("chapters/tables")) if "two.html" in link]


def test_excerpt_moved_to_another_chapter_is_linked_there(book: Book) -> None:
    """References by name follow the excerpt, on pages that were not touched."""
    block = ":::{excerpt} lamp p5.s1-2\n:name: watch\n:::\n"
    book.write("chapters/three.md", "# 引用\n\n见{excerpt}`watch`。\n")
    book.edit("index.md", "chapters/two\n", "chapters/two\nchapters/three\n")
    book.build()
    book.edit("chapters/one.md", block, "")
    source = book.path("chapters/two.md").read_text(encoding="utf-8")
    book.write("chapters/two.md", source + "\n" + block)
    built = book.build()
    assert links(built.page("chapters/three")) == ["two.html#q.watch"]
    assert "摘录2-2" in built.page("chapters/three").get_text()
