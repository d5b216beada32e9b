"""Recall on the real handbook, against what the pages say, read from their HTML and not from the search data."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from selenium import webdriver

from speeches.core.source.archive import Archive
from support import ROOT

pytestmark = pytest.mark.this_book


@pytest.fixture(scope="module")
def archive(real_archive: Archive) -> Archive:
    """Of this very book: its own speeches, not the specimens."""
    return real_archive


QUERIES = json.loads((ROOT / "tests" / "search" / "data" / "queries.json").read_text(encoding="utf-8"))
INEXACT = ("pinyin", "near", "sound", "cover", "question", "synonym")
INVISIBLE = ".headerlink, .toctree-wrapper, .footnote-reference, .quoted-by, .no-search, .no-reading, .verification-table, script, style"
BLOCKS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "figcaption", "caption", "pre")
ASK = """
const engine = zhsearch.engine();
return arguments[0].map(query => {
  const answer = engine.answer(query);
  return { kind: answer.kind, results: answer.results.map(r => ({ url: r.page.url, anchor: r.passage.anchor,
    term: r.term || null, twin: r.twin ? engine.corpus.pages[r.twin.page].url : null,
    snippet: zhsearch.snippet(engine.corpus, r.passage, answer.needles) })) };
});
"""


def plain(text: str) -> str:
    """Letters and digits alone; written apart from the extension's own folding."""
    kept = (c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
    return "".join(kept)


@cache
def pages(site: Path) -> dict[str, list[str]]:
    """Address → blocks of text of every page of the book."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        url = path.relative_to(site).as_posix()
        main = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").select_one("[role=main]")
        if not re.match(r"index|chapters/|source_speeches/", url) or main is None:
            continue
        for gone in main.select(INVISIBLE):
            gone.decompose()
        leaves = [b for b in main.find_all(BLOCKS) if isinstance(b, Tag) and b.find(BLOCKS) is None]
        found[url] = [text for text in (plain(b.get_text()) for b in leaves) if text]
    return found


def phrases(site: Path) -> list[str]:
    """300 from the pages: half are clauses between marks of punctuation, half are windows that mind no word."""
    chance = random.Random(20261121)
    raw = [(text, url) for url, texts in pages(site).items() for text in texts if len(text) >= 12]
    chosen = []
    for number in range(300):
        text, _ = chance.choice(raw)
        length = chance.randint(2, 12) if number % 2 else chance.randint(4, 8)
        start = chance.randrange(len(text) - length + 1)
        chosen.append(text[start : start + length])
    return chosen


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def answers(request: pytest.FixtureRequest, handbook: Path) -> Any:
    address = (handbook / "search.html").as_uri()
    if request.param == "firefox":
        firefox = request.getfixturevalue("firefox")
        firefox.open(address)
        return lambda queries: firefox.run(ASK, list(queries))
    browser = request.getfixturevalue("browser")
    browser.get(address)
    return lambda queries: browser.execute_script(ASK, list(queries))


def first_pages(answer: Any) -> list[str]:
    """The ten best pages."""
    pages = [page for result in answer["results"] for page in (result["url"], result["twin"]) if page]
    return list(dict.fromkeys(pages))[:10]


def test_fixed_queries(answers: Any) -> None:
    missed = []
    for case, answer in zip(QUERIES, answers([case["query"] for case in QUERIES]), strict=True):
        expected = case["kind"] if case["kind"] in INEXACT else "exact"
        assert answer["results"], case
        assert answer["kind"] == expected, (case, answer["kind"])
        hit = case["page"] in first_pages(answer)
        if "anchor" in case:
            hit = any(r["anchor"] == case["anchor"] for r in answer["results"][:10])
        if not hit:
            missed.append(case)
    assert len(QUERIES) >= 60
    assert 1 - len(missed) / len(QUERIES) >= 0.99, missed


def test_random_phrases(answers: Any, handbook: Path) -> None:
    queries = phrases(handbook)
    recalls = []
    for query, answer in zip(queries, answers(queries), strict=True):
        relevant = {url for url, texts in pages(handbook).items() if any(query in text for text in texts)}
        assert answer["kind"] == "exact", query
        found = relevant & set(first_pages(answer))
        recalls.append(len(found) / min(10, len(relevant)))
        for result in [r for r in answer["results"] if not r["term"]][:10]:
            assert query in plain("".join(piece["text"] for piece in result["snippet"])), (query, result)
            assert any(query in plain(piece["text"]) for piece in result["snippet"] if piece["mark"]), (query, result)
    assert sum(recalls) / len(recalls) >= 0.99


def test_every_entry_of_the_index_is_found_first(answers: Any, handbook: Path) -> None:
    page = BeautifulSoup((handbook / "genindex.html").read_text(encoding="utf-8"), "lxml")
    entries = [link.get_text() for link in page.select("table.indextable li > a:first-child")]
    assert len(entries) > 100, "the index page was read"
    wrong = [
        (entry, answer["results"][:1])
        for entry, answer in zip(entries, answers(entries), strict=True)
        if not answer["results"] or answer["results"][0]["term"] != entry
    ]
    assert wrong == []


def test_every_corrected_reading_is_found(answers: Any, archive: Archive, handbook: Path) -> None:
    """The words around each recorded correction, as they should read: on the page of the speech, which prints the mark."""
    readings = [
        (plain(emendation.reading), f"source_speeches/{speech.id}.html")
        for speech in archive
        for emendation in speech.emendations
        if not speech.withholds(emendation.span)
    ]
    assert len(readings) >= 15
    found = answers([reading for reading, _ in readings])
    for (reading, page), answer in zip(readings, found, strict=True):
        assert answer["kind"] == "exact", reading
        everywhere = {p for result in answer["results"] for p in (result["url"], result["twin"])}
        assert page in everywhere, reading


@pytest.mark.parametrize(
    ("query", "kind", "page"),
    [
        ("督查怎么搞", "question", "chapters/dingwei.html"),
        ("如何做好保密工作", "question", "chapters/suzhi.html"),
        ("参谋助手是什么意思", "question", "chapters/dingwei.html"),
        ("怎么写好材料", "question", "chapters/nengli.html"),
        ("廉政", "synonym", "chapters/zuofeng.html"),
        ("出谋划策 抓落实 协调", "some", "chapters/nengli.html"),
        ("公文写作", "exact", "chapters/nengli.html"),
        ("摘录3-2", "exact", "chapters/nengli.html"),
        ("q.dingwei-shenjing", "exact", "chapters/dingwei.html"),
    ],
)
def test_as_people_type(answers: Any, query: str, kind: str, page: str) -> None:
    (answer,) = answers([query])
    assert answer["kind"] == kind
    assert page in first_pages(answer)[:3]


def test_every_anchor_is_on_its_page(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "search.html").as_uri())
    rows = browser.execute_script("return zhsearchData.documents.map(d => [d[1], d[4].map(p => p[0]).filter(Boolean)])")
    for url, anchors in rows:
        page = BeautifulSoup((handbook / url).read_text(encoding="utf-8"), "lxml")
        there = {tag["id"] for tag in page.find_all(id=True)}
        assert set(anchors) <= there, url


@pytest.mark.parametrize("query", ["食堂管理", "参课助手", "区块链", "火星探测", "xqzw"])
def test_absent_phrases(answers: Any, query: str) -> None:
    (answer,) = answers([query])
    assert answer["kind"] in ("none", "near", "cover")
    assert bool(answer["results"]) == (answer["kind"] != "none")
