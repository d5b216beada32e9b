"""The site as a reader meets it: accessibility, widths, links, copying, ticking, marks. In Chromium, on file://."""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import pytest
from bs4 import BeautifulSoup
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from support import ROOT

PAGES = {
    "home": "index.html",
    "chapter": "chapters/zuofeng.html",
    "overview": "chapters/overview.html",
    "table": "chapters/emendations.html",
    "coverage": "chapters/coverage.html",
    "speech": "source_speeches/county-office-system.html",
    "index": "genindex.html",
    "search": "search.html",
    "not found": "404.html",
}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's source; `npm install --no-save axe-core` puts it there."""
    if not AXE.is_file():
        missing = "the accessibility test needs node_modules/axe-core, which is not installed"
        if os.environ.get("HANDBOOK_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def window(make_browser: Callable[..., webdriver.Chrome]) -> Iterator[webdriver.Chrome]:
    return make_browser(1366, 900)


def _open(browser: webdriver.Chrome, site: Path, page: str, width: int = 1366, scheme: str = "light") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get((site / page).as_uri())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_serious_accessibility_finding(
    window: webdriver.Chrome, handbook: Path, axe: str, page: str, scheme: str
) -> None:
    _open(window, handbook, PAGES[page], scheme=scheme)
    window.execute_script(axe)
    window.set_script_timeout(60)
    result: dict[str, Any] = window.execute_async_script(
        "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]}).then(done);", _TAGS
    )
    grave = [
        (v["id"], v["impact"], [n["target"] for n in v["nodes"]][:5], v["nodes"][0]["failureSummary"])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert grave == []


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways(window: webdriver.Chrome, handbook: Path, page: str, width: int) -> None:
    _open(window, handbook, PAGES[page], width)
    overflow = window.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


@pytest.mark.parametrize("page", PAGES)
def test_nothing_complains_and_nothing_is_fetched(window: webdriver.Chrome, handbook: Path, page: str) -> None:
    window.get_log("browser")
    window.get_log("performance")
    _open(window, handbook, PAGES[page])
    assert [entry["message"] for entry in window.get_log("browser") if entry["level"] == "SEVERE"] == []
    messages = [json.loads(entry["message"])["message"] for entry in window.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked, "the page itself at least"
    # chrome: is the empty tab that the window opened with
    assert [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))] == []


def test_every_link_and_anchor_leads_somewhere_and_no_id_stands_twice(handbook: Path) -> None:
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in handbook.rglob("*.html")}
    ids = {path: [node["id"] for node in page.select("[id]")] for path, page in pages.items()}
    twice = [(path.name, i) for path, found in ids.items() for i, n in Counter(found).items() if n > 1]
    assert twice == []
    broken = []
    for path, page in pages.items():
        for link in page.select("a[href], link[href], script[src], img[src]"):
            address = link.get("href") or link.get("src")
            target, fragment = urldefrag(urljoin(path.as_uri(), str(address)))
            if urlparse(target).scheme != "file":
                broken.append((path.name, str(address)))
                continue
            file = Path(unquote(urlparse(target).path))
            if not file.is_file() or (fragment and file in ids and unquote(fragment) not in ids[file]):
                broken.append((path.name, str(address)))
    assert broken == []


def test_headings_come_in_order(handbook: Path) -> None:
    for path in handbook.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        levels = [int(h.name[1]) for h in page.select("article h1, article h2, article h3, article h4")]
        assert levels.count(1) <= 1, path
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), (path, levels)


def test_the_citation_is_copied_with_its_source(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook, PAGES["chapter"])
    window.execute_script(
        "window.copied = []; document.execCommand = () => { window.copied.push(document.activeElement.value); return true; };"
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    )
    excerpt = window.find_element(By.CSS_SELECTOR, "blockquote.excerpt")
    button = excerpt.find_element(By.XPATH, ".//button[text()='复制引文']")
    window.execute_script("arguments[0].focus()", button)
    button.send_keys(Keys.ENTER)
    WebDriverWait(window, 10).until(lambda b: "已复制" in excerpt.text)
    text = window.execute_script("return window.copied[0]")
    assert text.startswith("二要严谨细致做事。")
    assert text.endswith(
        "\n——《在市政府办公室职工会议上的讲话》第三部分（二），见《办公室工作手册》第四章“作风”摘录4-1（2026年版）"
    )


def test_ticks_are_kept_and_can_be_cleared(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook, PAGES["chapter"])
    box = window.find_element(By.CSS_SELECTOR, "table.checklist input[type=checkbox]")
    assert box.get_attribute("aria-label") == "第1项：是"
    window.execute_script("arguments[0].click()", box)
    _open(window, handbook, PAGES["chapter"])
    assert window.find_element(By.CSS_SELECTOR, "table.checklist input[type=checkbox]").is_selected()
    window.execute_script("arguments[0].click()", window.find_element(By.XPATH, "//button[text()='清空勾选']"))
    _open(window, handbook, PAGES["chapter"])
    assert not window.find_element(By.CSS_SELECTOR, "table.checklist input[type=checkbox]").is_selected()


def test_a_mark_explains_itself_by_keyboard(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook, PAGES["speech"])
    mark = window.find_element(By.CSS_SELECTOR, ".editorial-mark.replaced")
    window.execute_script("arguments[0].focus()", mark)
    tip = window.find_element(By.ID, "mark-tip")
    assert "改字" in tip.text
    mark.send_keys(Keys.ESCAPE)
    assert not tip.is_displayed()
