"""Everything by keyboard: drawer, contents, expanders, self-test; what is closed takes no focus; focus is always seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

FOCUS = """
const e = document.activeElement;
if (!e || e === document.body) return null;
const box = e.getBoundingClientRect();
const style = getComputedStyle(e.closest('.sd-card') || e); // a card shows the focus of its link
return { tag: e.tagName, text: (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().slice(0, 20),
  left: box.left, right: box.right, hidden: getComputedStyle(e).visibility === 'hidden' || !box.width,
  outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
"""


@pytest.fixture(scope="module")
def window(make_browser: Callable[..., webdriver.Chrome]) -> Iterator[webdriver.Chrome]:
    return make_browser(1366, 900)


def _open(browser: webdriver.Chrome, page: Path, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get("about:blank")
    browser.get(page.as_uri())


def _tab(browser: webdriver.Chrome) -> None:
    ActionChains(browser).send_keys(Keys.TAB).perform()


@pytest.mark.parametrize("width", [390, 683, 1366])
@pytest.mark.parametrize("page", ["index.html", "chapters/nengli.html", "source_speeches/county-office-system.html"])
def test_focus_is_always_seen_and_never_in_a_closed_drawer(
    window: webdriver.Chrome, handbook: Path, page: str, width: int
) -> None:
    _open(window, handbook / page, width)
    for step in range(60):
        _tab(window)
        at = window.execute_script(FOCUS)
        if at is None:
            assert step > 20, "the end of the page"
            break
        assert not at["hidden"], at
        assert at["right"] > 0 and at["left"] < width, at
        assert at["outline"], at


@pytest.mark.parametrize(("label", "panel"), [("目录", "site-menu"), ("本页", "page-contents")])
def test_a_drawer_is_a_button_that_traps_nothing(
    window: webdriver.Chrome, handbook: Path, label: str, panel: str
) -> None:
    _open(window, handbook / "chapters/nengli.html", 390)
    button = next(b for b in window.find_elements(By.CSS_SELECTOR, ".mobile-header button") if b.text == label)
    drawer = window.find_element(By.ID, panel)
    inside = "return document.getElementById(arguments[0]).contains(document.activeElement)"
    assert button.get_attribute("aria-expanded") == "false"
    assert window.execute_script("return getComputedStyle(arguments[0]).visibility", drawer) == "hidden"
    button.send_keys(Keys.ENTER)
    assert button.get_attribute("aria-expanded") == "true"
    assert window.execute_script(inside, panel), "focus goes into what was opened"
    ActionChains(window).send_keys(Keys.ESCAPE).perform()
    assert button.get_attribute("aria-expanded") == "false"
    assert window.switch_to.active_element == button
    button.send_keys(Keys.SPACE)
    for _ in range(80):
        _tab(window)
        if not window.execute_script(inside, panel):
            break
    assert not window.execute_script(inside, panel), "Tab leads out again"
    assert button.get_attribute("aria-expanded") == "false"


def test_the_menu_unfolds_by_keyboard(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook / "index.html", 1366)
    expander = window.find_element(By.CSS_SELECTOR, ".menu-expander")
    below = expander.find_element(By.XPATH, "following-sibling::ul")
    assert not below.is_displayed()
    expander.send_keys(Keys.ENTER)
    assert expander.get_attribute("aria-expanded") == "true" and below.is_displayed()


def test_the_phone_has_search_in_its_bar(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook / "chapters/nengli.html", 390)
    window.find_element(By.CSS_SELECTOR, "[data-search]").send_keys(Keys.ENTER)
    assert window.switch_to.active_element.get_attribute("name") == "q"


def test_an_answer_is_shut_until_it_is_asked_for(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook / "chapters/nengli.html", 1366)
    tests = window.find_elements(By.CSS_SELECTOR, "details.self-test")
    assert len(tests) == 6
    assert not any(test.get_attribute("open") for test in tests)
    tests[0].find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    answer = tests[0].find_element(By.CSS_SELECTOR, ".key-answer")
    answers = BeautifulSoup((handbook / "chapters/answers/nengli.html").read_text(encoding="utf-8"), "lxml")
    first = answers.select_one("article ol > li > p")
    assert first and answer.is_displayed() and answer.text.startswith(first.get_text())
    link = answer.find_element(By.CSS_SELECTOR, "a.reference")
    assert urlsplit(str(link.get_attribute("href"))).fragment.startswith("q.nengli")


def test_the_home_page_remembers_the_last_place_and_forgets_it(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook / "chapters/nengli.html", 1366)
    _open(window, handbook / "index.html", 1366)
    line = window.find_element(By.CSS_SELECTOR, ".last-read")
    link = line.find_element(By.TAG_NAME, "a")
    assert "能力" in link.text
    assert unquote(urlsplit(str(link.get_attribute("href"))).path).endswith("/chapters/nengli.html")
    line.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    assert window.execute_script("return Object.keys(localStorage).filter(k => k.startsWith('handbook:'))") == []
    _open(window, handbook / "index.html", 1366)
    assert not window.find_elements(By.CSS_SELECTOR, ".last-read")


def test_without_scripts_the_search_points_to_the_index(handbook: Path) -> None:
    page = (handbook / "search.html").read_text(encoding="utf-8")
    told = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "主题索引" in page and "genindex.html" in told
