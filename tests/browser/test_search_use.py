"""The search as a reader uses it: the live list, the search page, the page that a result opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from firefox import Firefox
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.usefixtures("quiet")

GROUPS = ("主题索引", "按事查", "摘录", "章节", "讲话原文", "前言和附录")


def until(browser: webdriver.Chrome, selector: str, text: str = "") -> WebElement:
    """The first element that is shown and holds the text."""

    def look(_: webdriver.Chrome) -> WebElement | bool:
        for element in browser.find_elements(By.CSS_SELECTOR, selector):
            if element.is_displayed() and text in element.text:
                return element
        return False

    found = WebDriverWait(browser, 10, ignored_exceptions=[Exception]).until(look)
    assert isinstance(found, WebElement)
    return found


def type_query(browser: webdriver.Chrome, page: Path, query: str) -> WebElement:
    """Open a page, go to the box with the slash key, type."""
    browser.get(page.as_uri())
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    box.send_keys(query)
    # The list is loaded when the box is gone to; what was typed before is answered too.
    WebDriverWait(browser, 10).until(lambda _: box.get_attribute("role") == "combobox")
    return box


def test_live_list_by_keyboard(browser: webdriver.Chrome, handbook: Path) -> None:
    box = type_query(browser, handbook / "chapters" / "dingwei.html", "守得住秘密")
    until(browser, ".zhsearch-panel [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    until(browser, ".zhsearch-group-name", "主题索引")
    until(browser, ".zhsearch-group-name", "摘录")
    until(browser, ".zhsearch-count", "引文和原文两处")
    for option in browser.find_elements(By.CSS_SELECTOR, "[role=option]"):
        assert "守得住秘密" in "".join(m.text for m in option.find_elements(By.TAG_NAME, "mark"))
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    chosen = browser.find_element(By.ID, box.get_attribute("aria-activedescendant") or "")
    assert chosen.get_attribute("aria-selected") == "true"
    target = chosen.get_attribute("href") or ""
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: b.current_url == target)
    assert until(browser, ".highlighted").text == "守得住秘密"


def test_escape_closes_and_enter_without_choice_goes_to_the_page(browser: webdriver.Chrome, handbook: Path) -> None:
    box = type_query(browser, handbook / "index.html", "保密")
    panel = until(browser, ".zhsearch-panel")
    whole = until(browser, ".zhsearch-all", "查看全部")
    foot = browser.execute_script("return arguments[0].getBoundingClientRect().bottom", whole)
    assert foot <= browser.execute_script("return innerHeight"), "in sight below a list that scrolls"
    assert browser.execute_script("return arguments[0].scrollHeight > arguments[0].clientHeight", panel)
    box.send_keys(Keys.ESCAPE)
    assert not panel.is_displayed()
    assert box.get_attribute("aria-expanded") == "false"
    box.send_keys(Keys.ENTER)
    until(browser, ".zhsearch-page a.zhsearch-result")
    assert "search.html" in browser.current_url


def test_nothing_found_is_said_and_offers_what_there_is(browser: webdriver.Chrome, handbook: Path) -> None:
    box = type_query(browser, handbook / "index.html", "食堂管理")
    until(browser, ".zhsearch-none", "全书没有 “食堂管理”")
    until(browser, ".zhsearch-try", "管理").click()
    until(browser, ".zhsearch-panel [role=option]")
    assert box.get_attribute("value") == "管理"


def test_near_word_is_labelled(browser: webdriver.Chrome, handbook: Path) -> None:
    type_query(browser, handbook / "index.html", "参课助手")
    until(browser, ".zhsearch-approximate", "没有 “参课助手”，以下是相近的 “参谋助手”")
    until(browser, ".zhsearch-label", "近似")


def test_status_for_screen_readers(browser: webdriver.Chrome, handbook: Path) -> None:
    type_query(browser, handbook / "index.html", "保密")
    until(browser, ".zhsearch-panel [role=option]")
    status = browser.find_element(By.CSS_SELECTOR, ".zhsearch-status").get_attribute("textContent") or ""
    assert status.startswith("找到 ")


def test_search_page_answers_its_address(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "search.html").as_uri() + "?q=保密+锁")
    first = until(browser, ".zhsearch-page a.zhsearch-result")
    assert until(browser, ".zhsearch-summary").text.startswith("找到 ")
    groups = [head.text.split()[0] for head in browser.find_elements(By.CSS_SELECTOR, ".zhsearch-section h2")]
    assert groups == [name for name in GROUPS if name in groups] and len(groups) > 2, "front matter comes last"
    box = browser.find_element(By.CSS_SELECTOR, ".zhsearch-form input")
    assert box.get_attribute("value") == "保密 锁"
    box.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element == first
    box.clear()
    box.send_keys("四风")
    until(browser, ".zhsearch-page mark", "四风")


def test_further_places_of_an_index_entry_are_told_by_name(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "search.html").as_uri() + "?q=保密纪律")
    links = until(browser, ".zhsearch-others", "又见：").find_elements(By.TAG_NAME, "a")
    assert links and all("素质" in link.text for link in links), [link.text for link in links]


def test_search_page_without_a_query_asks(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "search.html").as_uri())
    until(browser, ".zhsearch-message", "输入词语")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_highlight_runs_across_inline_elements(browser: webdriver.Chrome, handbook: Path) -> None:
    chapter = BeautifulSoup((handbook / "chapters/baozhang.html").read_text(encoding="utf-8"), "lxml")
    quotes = ((_letters(q.get_text()), _letters(str(q.next_sibling))) for q in chapter.select("p > .quote"))
    query = next(before[-5:] + after[:8] for before, after in quotes if len(before) > 4 and len(after) > 7)
    browser.get((handbook / "search.html").as_uri() + f"?q={query}")
    until(browser, "a.zhsearch-result").click()
    until(browser, ".highlighted")
    marks = [m.text for m in browser.find_elements(By.CSS_SELECTOR, ".highlighted")]
    assert len(marks) > 1
    assert query in _letters("".join(marks))
    top = "return document.querySelector('.highlighted').getBoundingClientRect().top"
    WebDriverWait(browser, 5).until(lambda b: 0 <= b.execute_script(top) < b.execute_script("return innerHeight"))
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert not browser.find_elements(By.CSS_SELECTOR, ".highlighted")


def test_text_of_a_page_is_unchanged_by_highlighting(browser: webdriver.Chrome, handbook: Path) -> None:
    read = "return document.querySelector('[role=main]').textContent"
    page = (handbook / "chapters" / "suzhi.html").as_uri()
    browser.get(page)
    before = browser.execute_script(read)
    browser.execute_script("zhsearch.remember(['保密', '守得住秘密', '一', '。'])")
    browser.get(page)
    until(browser, ".highlighted")
    assert browser.execute_script(read) == before


def test_from_hit_to_hit_by_a_key(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.execute_script("zhsearch.remember(['保密'])")
    browser.get((handbook / "chapters" / "suzhi.html").as_uri())
    told = until(browser, ".zhsearch-hit-count", "第 1 处")
    total = int(told.text.rpartition("共 ")[2].split()[0])
    assert total > 2
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("n")
    assert told.text.startswith("第 2 处")
    body.send_keys("pp")
    assert told.text.startswith(f"第 {total} 处")
    current = browser.find_element(By.CSS_SELECTOR, ".current-hit")
    assert 0 <= current.rect["y"] - browser.execute_script("return scrollY") < browser.get_window_size()["height"]
    body.send_keys(Keys.ESCAPE)
    assert not browser.find_elements(By.CSS_SELECTOR, ".zhsearch-hits, .highlighted")


def test_what_is_found_is_seen_where_the_system_sets_the_colours(browser: webdriver.Chrome, handbook: Path) -> None:
    forced = [{"name": "forced-colors", "value": "active"}, {"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": forced})
    try:
        browser.get((handbook / "search.html").as_uri() + "?q=保密")
        mark = until(browser, ".zhsearch-page mark")
        paper = mark.value_of_css_property("background-color")
        assert paper.startswith("rgb") and not paper.endswith(", 0)"), "a mark has a paper of its own"
        assert paper != mark.value_of_css_property("color")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_live_list_in_firefox(firefox: Firefox, handbook: Path) -> None:
    firefox.open((handbook / "chapters" / "dingwei.html").as_uri())
    assert firefox.run("return document.hasFocus()")
    for key in "/保密":
        firefox.press(key)
    firefox.until("return document.querySelector('.zhsearch-panel [role=option]') !== null")
    ring = "const style = getComputedStyle(document.activeElement); return [document.activeElement.value, style.outlineStyle]"
    assert firefox.run(ring) == ["保密", "solid"]
    # Where nothing tells of the focus, as in a window that is not the active one, the words are answered all the same.
    firefox.open((handbook / "chapters" / "suzhi.html").as_uri())
    firefox.run("window.addEventListener('focusin', event => event.stopImmediatePropagation(), true)")
    for key in "/保密":
        firefox.press(key)
    firefox.until("return document.querySelector('.zhsearch-panel [role=option]') !== null")


def test_a_word_longer_than_the_list_is_broken(browser: webdriver.Chrome, handbook: Path) -> None:
    type_query(browser, handbook / "index.html", "a" * 200)
    until(browser, ".zhsearch-none")
    panel = until(browser, ".zhsearch-panel")
    assert browser.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", panel)


def test_phone_width(make_browser: Callable[..., webdriver.Chrome], handbook: Path) -> None:
    phone = make_browser(500, 844)
    phone.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    )
    phone.get((handbook / "search.html").as_uri() + "?q=办公室")
    until(phone, "a.zhsearch-result")
    assert phone.execute_script("return document.documentElement.scrollWidth <= 390")
    phone.get((handbook / "index.html").as_uri())
    phone.find_element(By.TAG_NAME, "body").send_keys("/")
    phone.switch_to.active_element.send_keys("保密")
    until(phone, ".zhsearch-panel [role=option]")
    box = phone.execute_script(
        "const boxes = [...document.querySelectorAll('.zhsearch-panel')].map((panel) => panel.getBoundingClientRect());"
        "const r = boxes.find((box) => box.width > 0); return [r.left, r.right];"
    )
    assert 0 <= box[0] < box[1] <= 390
