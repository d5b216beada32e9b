"""The site as a reader meets it: accessibility, widths, links, copying, ticking, marks. In Chromium, on file://."""

from __future__ import annotations

import itertools
import json
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

from support import ROOT, require

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
    "licences": "licences.html",
}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's source; `npm install --no-save axe-core` puts it there."""
    require(AXE.is_file(), "the accessibility test needs node_modules/axe-core, which is not installed")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def window(make_browser: Callable[..., webdriver.Chrome]) -> Iterator[webdriver.Chrome]:
    return make_browser(1366, 900)


def _resize(browser: webdriver.Chrome, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )


def _open(browser: webdriver.Chrome, site: Path, page: str, width: int = 1366, scheme: str = "light") -> None:
    _resize(browser, width)
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get((site / page).as_uri())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_accessibility_finding_of_any_grade(
    window: webdriver.Chrome, handbook: Path, axe: str, page: str, scheme: str
) -> None:
    _open(window, handbook, PAGES[page], scheme=scheme)
    window.execute_script(axe)
    window.set_script_timeout(60)
    result: dict[str, Any] = window.execute_async_script(
        "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]}).then(done);", _TAGS
    )
    found = [
        (v["id"], v["impact"], [n["target"] for n in v["nodes"]][:5], v["nodes"][0]["failureSummary"])
        for v in result["violations"]
    ]
    assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways(window: webdriver.Chrome, handbook: Path, page: str) -> None:
    _open(window, handbook, PAGES[page], 390)
    for width in (390, 768, 1280):
        _resize(window, width)
        overflow = window.execute_script(
            "return [innerWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]"
        )
        assert overflow == [width, 0]


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


TICK = "table.checklist input[type=radio]"


def _press(browser: webdriver.Chrome, label: str) -> None:
    button = browser.find_element(By.XPATH, f"//p[contains(@class, 'checklist-tools')]//button[.='{label}']")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
    button.click()


def test_an_answer_is_kept_one_a_row_saved_and_cleared(
    window: webdriver.Chrome, handbook: Path, tmp_path: Path
) -> None:
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    window.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    _open(window, handbook, PAGES["chapter"])
    yes, no, *_ = window.find_elements(By.CSS_SELECTOR, TICK)
    assert yes.get_attribute("aria-label") == "第1项：是"
    window.execute_script("arguments[0].click()", yes)
    window.execute_script("arguments[0].click()", no)
    assert not yes.is_selected() and no.is_selected()
    window.find_element(By.CSS_SELECTOR, "textarea.mend").send_keys("月底前补齐")
    _open(window, handbook, PAGES["chapter"])
    assert window.find_elements(By.CSS_SELECTOR, TICK)[1].is_selected()
    assert window.find_element(By.CSS_SELECTOR, "textarea.mend").get_attribute("value") == "月底前补齐"
    rows = len(window.find_elements(By.CSS_SELECTOR, "textarea.mend"))
    assert window.find_element(By.CSS_SELECTOR, ".checked-count").text == f"已查 1/{rows}，否 1"
    _press(window, "存为文件")
    (saved,) = WebDriverWait(window, 10).until(lambda _: list(tmp_path.glob("*.txt")))
    text = saved.read_bytes().decode("utf-8-sig")
    assert text.startswith("4. 作风　4.") and f"，已查 1/{rows}，否 1）\r\n1. " in text
    assert "：否。整改：月底前补齐\r\n2. " in text and text.count("：未查\r\n") == rows - 1
    _press(window, "清除")
    window.switch_to.alert.dismiss()
    assert window.find_element(By.CSS_SELECTOR, ".checked-count").text.startswith("已查 1/"), (
        "asked before anything is lost"
    )
    _press(window, "清除")
    window.switch_to.alert.accept()
    _open(window, handbook, PAGES["chapter"])
    assert not [box for box in window.find_elements(By.CSS_SELECTOR, TICK) if box.is_selected()]
    assert window.execute_script("return Object.keys(localStorage).filter(k => /checks/.test(k))") == []


def test_an_inserted_item_shifts_no_answer(window: webdriver.Chrome, handbook: Path) -> None:
    """An edition's answers stand at their items, whatever stands before them."""
    _open(window, handbook, PAGES["chapter"])
    window.execute_script("arguments[0].click()", window.find_element(By.CSS_SELECTOR, TICK))
    key = window.execute_script("return Object.keys(localStorage).find(k => /checks$/.test(k))")
    assert key == "handbook:办公室工作手册 2026年版 全本:checks", "another edition has answers of its own"
    page = (handbook / PAGES["chapter"]).read_text(encoding="utf-8")
    row = '<tr class="row-even"><td><p>新加的一项</p></td>' + '<td><p class="box">□</p></td>' * 3 + "<td></td></tr>"
    changed = handbook / "chapters/changed.html"
    before, list_of_checks = page.split('<table class="checklist')
    changed.write_text(
        before + '<table class="checklist' + list_of_checks.replace("<tbody>", f"<tbody>{row}", 1), encoding="utf-8"
    )
    try:
        _open(window, handbook, "chapters/changed.html")
        boxes = window.find_elements(By.CSS_SELECTOR, TICK)
        assert [box.is_selected() for box in boxes[:6]] == [False, False, False, True, False, False]
    finally:
        changed.unlink()
        window.execute_script("booksite.kept.write('checks', null)")


NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', {configurable: true, get() { throw new DOMException('denied'); }});"
)


def test_where_nothing_is_kept_everything_still_works(window: webdriver.Chrome, handbook: Path) -> None:
    added = window.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_STORAGE})
    try:
        _open(window, handbook, PAGES["chapter"])
        window.get_log("browser")
        window.find_element(By.CSS_SELECTOR, ".size-toggle").click()
        window.find_element(By.CSS_SELECTOR, "button.theme-toggle").click()
        window.execute_script("arguments[0].click()", window.find_element(By.CSS_SELECTOR, TICK))
        assert window.find_element(By.CSS_SELECTOR, ".checked-count").text.startswith("已查 1/")
        assert window.execute_script("return [document.documentElement.dataset.size, document.body.dataset.theme]") == [
            "1", "dark",
        ]  # fmt: skip
        assert [entry for entry in window.get_log("browser") if entry["level"] == "SEVERE"] == []
    finally:
        window.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_mark_explains_itself_by_keyboard(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook, PAGES["speech"])
    mark = window.find_element(By.CSS_SELECTOR, ".editorial-mark.replaced")
    window.execute_script("arguments[0].focus()", mark)
    tip = window.find_element(By.ID, "mark-tip")
    assert "改字" in tip.text
    mark.send_keys(Keys.ESCAPE)
    assert not tip.is_displayed()
