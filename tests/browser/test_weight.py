"""What a page loads: little, and of the themes' sheets nothing that any page misses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import furo
import pytest
import sphinx_design
import tinycss2
from browserlog import requests
from bs4 import BeautifulSoup
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

MOST = 200_000  # bytes, uncompressed
CHAPTERS = ("dingwei", "suzhi", "nengli", "zuofeng", "baozhang")
ORIGINALS = {
    "furo.css": Path(furo.__file__).parent / "theme/furo/static/styles/furo.css",
    "furo-extensions.css": Path(furo.__file__).parent / "theme/furo/static/styles/furo-extensions.css",
    "sphinx-design.min.css": Path(sphinx_design.__file__).parent / "static/sphinx-design.min.css",
}
STYLES = """
const seen = {}; // one element of each kind, where it stands
document.querySelectorAll("*").forEach(element => {
  const kind = [element, element.parentElement].map(e => e && e.tagName + "." + e.className).join(" in ");
  for (const part of seen[kind] ? [] : ["", "::before", "::after"]) {
    const style = getComputedStyle(element, part || null);
    if (part && style.content === "none") continue;
    seen[kind + part] = Array.from(style).filter(name => !name.startsWith("--")).map(name => name + ":" + style.getPropertyValue(name));
  }
});
return seen;
"""
WHOLE = """
const [originals, done] = arguments;
const links = [...document.querySelectorAll("link[rel=stylesheet]")].filter(link => originals[link.href.split("?")[0].split("/").pop()]);
let missing = links.length;
links.forEach(link => {
  link.onload = () => { if (!--missing) done(links.length); };
  link.href = originals[link.href.split("?")[0].split("/").pop()];
});
"""


@pytest.fixture(scope="module")
def window(make_browser: Callable[..., webdriver.Chrome]) -> Iterator[webdriver.Chrome]:
    return make_browser(1366, 900)


def _files(addresses: list[str]) -> set[Path]:
    return {Path(unquote(urlsplit(address).path)) for address in addresses if address.startswith("file:")}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_light(window: webdriver.Chrome, handbook: Path, chapter: str) -> None:
    window.get("about:blank")
    requests(window)
    window.get((handbook / f"chapters/{chapter}.html").as_uri())
    loaded = _files(requests(window))
    assert handbook / "_static/styles/furo.css" in loaded and handbook / "_static/booksite/base.js" in loaded
    assert sum(path.stat().st_size for path in loaded) <= MOST, sorted((p.stat().st_size, p.name) for p in loaded)


def test_the_search_is_loaded_when_it_is_used(window: webdriver.Chrome, handbook: Path) -> None:
    window.get((handbook / "chapters/dingwei.html").as_uri())
    requests(window)
    window.find_element(By.CSS_SELECTOR, ".sidebar-search").send_keys("保密")
    WebDriverWait(window, 10).until(lambda w: w.find_elements(By.CSS_SELECTOR, ".zhsearch-panel [role=option]"))
    names = [path.name for path in _files(requests(window))]
    assert {"live.js", "search.js", "data.js", "zhsearch.css"} <= set(names)


def test_every_sheet_is_used(handbook: Path) -> None:
    used = {"zhsearch.css"}  # with the list
    for path in handbook.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        used |= {Path(urlsplit(str(link["href"])).path).name for link in page.select("link[rel=stylesheet]")}
    assert {path.name for path in handbook.rglob("*.css")} == used


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize(
    "page", ["index.html", "chapters/nengli.html", "source_speeches/county-office-system.html", "genindex.html"]
)
def test_a_shortened_sheet_looks_the_same(window: webdriver.Chrome, handbook: Path, page: str, media: str) -> None:
    """Every property of every kind of element is what it would be with the whole sheets of the themes."""
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})
    try:
        window.get((handbook / page).as_uri())
        seen = window.execute_script(STYLES)
        changed = window.execute_async_script(WHOLE, {name: path.as_uri() for name, path in ORIGINALS.items()})
        whole = window.execute_script(STYLES)
    finally:
        window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert changed and len(seen) > 20 and seen.keys() == whole.keys()
    differences = {kind: sorted(set(seen[kind]) ^ set(whole[kind])) for kind in seen if seen[kind] != whole[kind]}
    assert differences == {}


def test_a_sheet_is_shortened(handbook: Path) -> None:
    for sheet in handbook.rglob("*.css"):
        if sheet.name in ORIGINALS:
            assert sheet.stat().st_size < 0.75 * ORIGINALS[sheet.name].stat().st_size


def _selectors(sheet: Path) -> Iterator[str]:
    rules = tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    while rules:
        rule = rules.pop()
        if rule.type == "at-rule" and rule.content and rule.at_keyword == "media":
            rules += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            bare = re.sub(r"::?[a-z-]+(\([^)]*\))?", "", tinycss2.serialize(rule.prelude))  # states match no file
            yield from (one.strip() for one in bare.split(",") if "." in one)


def test_no_page_lacks_a_sheet(handbook: Path) -> None:
    """What a sheet speaks of is on no page that leaves the sheet out."""
    sheets = {
        name: list(_selectors(handbook / "_static/booksite" / name))
        for name in ("home.css", "speech.css", "tables.css")
    }
    assert all(len(selectors) > 10 for selectors in sheets.values())
    for path in handbook.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        linked = {Path(urlsplit(str(link["href"])).path).name for link in page.select("link[rel=stylesheet]")}
        lacking = [s for name in sheets.keys() - linked for s in sheets[name] if page.select_one(s)]
        assert lacking == [], path
