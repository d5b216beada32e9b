"""A walk through every control by Tab alone: each is reached, seen, left again; Escape closes whatever is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PAGES = (
    "index.html", "chapters/baozhang.html", "chapters/forms.html", "chapters/coverage.html", "chapters/emendations.html",
    "source_speeches/county-office-system.html", "search.html?q=保密", "404.html",
)  # fmt: skip

# Every control that a reader can see, as the browser's own order of focus should reach it; of a group of choices one.
CONTROLS = """
window.controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]")]
  .filter(e => (e.tabIndex >= 0 || e.isContentEditable) && !e.disabled && e.type !== "hidden")
  .filter(e => e.getClientRects().length && e.checkVisibility({ visibilityProperty: true }))
  .filter(e => e.type !== "radio" || e === document.querySelector(`input[name="${e.name}"]`));
window.walked = [];
window.unseen = [];
const name = e => e.tagName + " " + (e.getAttribute("aria-label") || e.textContent || e.name || "").trim().slice(0, 30);
const drawn = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
document.head.appendChild(document.createElement("style")).textContent = "* { transition: none !important; }";
document.addEventListener("focusin", event => {
  const e = event.target;
  window.walked.push(e);
  const box = e.getBoundingClientRect();
  const shown = e.closest(".sd-card") || e; // a card shows the focus of its link
  let clear = true;
  for (let at = e; at; at = at.parentElement) if (getComputedStyle(at).opacity === "0") clear = false;
  const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  if (!drawn(getComputedStyle(shown)) || !clear || !inside) window.unseen.push(name(e));
});
window.left = () => window.controls.filter(e => e.isConnected && !window.walked.includes(e)).map(name);
return window.controls.length;
"""


@pytest.fixture(scope="module")
def window(make_browser: Callable[..., webdriver.Chrome]) -> Iterator[webdriver.Chrome]:
    return make_browser(1366, 900)


def _open(browser: webdriver.Chrome, site: Path, page: str) -> None:
    name, _, query = page.partition("?")
    browser.get("about:blank")
    browser.get((site / name).as_uri() + (f"?{query}" if query else ""))


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_and_shows_every_control(window: webdriver.Chrome, handbook: Path, page: str) -> None:
    _open(window, handbook, page)
    count = window.execute_script(CONTROLS)
    assert count > 20
    for _ in range(count // 40 + 3):  # beyond the end of the page and round again: nothing holds the focus
        ActionChains(window, duration=0).send_keys(Keys.TAB * 40).perform()
    assert window.execute_script("return left()") == []
    assert window.execute_script("return unseen") == []


def _escape(window: webdriver.Chrome) -> None:
    ActionChains(window).send_keys(Keys.ESCAPE).perform()


@pytest.mark.parametrize(
    ("page", "opener", "opened"),
    [
        ("chapters/nengli.html", "blockquote.excerpt .source-line a", "#source-card"),
        ("chapters/nengli.html", "blockquote.excerpt .editorial-mark", "#mark-tip"),
        ("chapters/nengli.html", "[data-opens=__toc]:not(.toc-header-icon)", "#page-contents"),
    ],
)
def test_escape_closes_what_the_keyboard_opened(
    window: webdriver.Chrome, handbook: Path, page: str, opener: str, opened: str
) -> None:
    window.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    window.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})  # a walk may have left the page
    _open(window, handbook, page)
    element = window.find_element(By.CSS_SELECTOR, opener)
    window.execute_script("arguments[0].focus()", element)
    if element.tag_name == "button":
        element.send_keys(Keys.ENTER)
    visible = "const e = document.querySelector(arguments[0]); return !!e && !e.hidden && getComputedStyle(e).visibility !== 'hidden'"
    wait = WebDriverWait(window, 10)
    wait.until(lambda w: w.execute_script(visible, opened))
    _escape(window)
    wait.until_not(lambda w: w.execute_script(visible, opened))
    assert window.switch_to.active_element == element


def test_escape_closes_the_list_and_then_leaves_the_words(window: webdriver.Chrome, handbook: Path) -> None:
    _open(window, handbook, "chapters/baozhang.html")
    ActionChains(window).send_keys("/").perform()
    box = window.switch_to.active_element
    box.send_keys("保密")
    panel = "return [...document.querySelectorAll('.zhsearch-panel')].some(p => !p.hidden && p.querySelector('[role=option]'))"
    WebDriverWait(window, 10).until(lambda w: w.execute_script(panel))
    _escape(window)
    assert not window.execute_script(panel)
    assert window.switch_to.active_element == box and box.get_attribute("value") == "保密"
