"""Every builder that Sphinx brings builds the handbook without a warning, and what it writes holds the excerpts."""

from __future__ import annotations

import re

import pytest
from book import Book

EXCERPT = "守灯人的本分，是天黑之前把灯点亮。"
EXCERPT_ID = "q.lamp.p4.s1"


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "latex", "epub", "text", "gettext", "verify"])
def test_builder_builds_without_warning(book: Book, builder: str) -> None:
    built = book.build(builder)
    assert built.app.statuscode == 0


def test_excerpt_in_html_has_class_id_and_speech(book: Book) -> None:
    excerpts = book.build().page("chapters/one").select("blockquote")
    assert [(e["class"], e["id"], e["data-speech"]) for e in excerpts] == [
        (["excerpt"], EXCERPT_ID, "lamp"),
        (["excerpt"], "q.watch", "lamp"),
    ]
    assert EXCERPT in excerpts[0].get_text()
    assert "灯油要一勺一勺地添，灯芯要一根一根地剪。剪得太短，灯光就暗；剪得太长，黑烟就重。" in excerpts[1].get_text()


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_ids_are_unique_in_every_page(book: Book, builder: str) -> None:
    """Docutils' own id1 (a heading without a Latin letter) repeats in singlehtml; that is not ours."""
    built = book.build(builder)
    for path in built.app.outdir.rglob("*.html"):
        ids = [i for i in re.findall(r'\sid="([^"]*)"', path.read_text(encoding="utf-8")) if not re.match(r"id\d+$", i)]
        assert sorted(ids) == sorted(set(ids)), path.name


def test_source_line_links_to_the_passage(book: Book) -> None:
    built = book.build()
    line = built.page("chapters/one").select_one("blockquote .source-line")
    assert line is not None
    assert line.get_text() == "摘录1-1——《在灯塔站年会上的讲话》第一部分"
    link = line.select_one("a")
    assert link is not None and link["href"] == "../source_speeches/lamp.html#lamp.p4.s1"
    assert built.page("source_speeches/lamp").find(id="lamp.p4.s1") is not None


def test_speech_page_marks_what_is_quoted_and_links_back(book: Book) -> None:
    built = book.build()
    passage = built.page("source_speeches/lamp").find(id="lamp.p4")
    assert passage is not None
    marked = passage.select_one(".quoted")
    assert marked is not None and marked.get_text() == EXCERPT
    assert passage.parent is not None and not passage.select("a"), "what a reader copies is the speech and nothing else"
    link = passage.parent.select_one(".quoted-by a")
    assert link is not None and link["href"] == f"../chapters/one.html#{EXCERPT_ID}"
    assert link.get_text() == "摘录1-1"


def test_every_local_link_leads_somewhere(book: Book) -> None:
    built = book.build()
    for path in sorted(built.app.outdir.rglob("*.html")):
        page = built.page(str(path.relative_to(built.app.outdir).with_suffix("")))
        for link in page.select('main a[href*="#"], div.body a[href*="#"]'):
            name, _, anchor = str(link["href"]).partition("#")
            target = (path.parent / name).resolve() if name else path
            ids = re.findall(r'\sid="([^"]*)"', target.read_text(encoding="utf-8"))
            assert not anchor or anchor in ids, f"{path.name}: {link['href']}"


def test_latex_labels_every_excerpt(book: Book) -> None:
    text = (book.build("latex").app.outdir / "book.tex").read_text(encoding="utf-8")
    for anchor in (EXCERPT_ID, "q.watch", "q.river.p3.s2"):
        labels = [
            label for label in re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text) if label.endswith(f":{anchor}")
        ]
        assert len(labels) == 1, f"{anchor}: {labels}"
        assert f"{{{labels[0]}}}" in text.replace(f"\\label{{\\detokenize{{{labels[0]}}}}}", "") or anchor == EXCERPT_ID
    assert EXCERPT in text.replace("\\sphinxhyphen{}", "-")


def test_text_holds_excerpt_and_source_line(book: Book) -> None:
    text = (book.build("text").app.outdir / "chapters/one.txt").read_text(encoding="utf-8")
    assert EXCERPT in text
    assert "摘录1-1——《在灯塔站年会上的讲话》第一部分" in text


def test_public_inventory_names_excerpts_speeches_and_passages(book: Book) -> None:
    objects = {(kind, name) for name, _, kind, *_ in book.build().domain.get_objects()}
    assert {("excerpt", EXCERPT_ID), ("excerpt", "q.watch"), ("speech", "lamp"), ("passage", "lamp.p8")} <= objects
