"""The search in other projects: no speeches, six themes, code beside Chinese."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from starting import built

pytestmark = pytest.mark.usefixtures("quiet")

THEMES = ("alabaster", "classic", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")
PAGES = {
    "index.rst": "规程\n====\n\n**保**\\ 密工作。\n\n.. toctree::\n\n   api\n",
    "api.rst": (
        "接口\n====\n\n派对 party。\n\n.. raw:: html\n\n   <textarea id=\"field\"></textarea>\n\n"
        + "填满一屏。\n\n" * 60
        + ".. py:function:: lamp.light(art: str, *, way: int = 1) -> str\n\n   点亮，用 ``C++`` 写成。\n"
    ),
}  # fmt: skip

Site = Callable[..., Path]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """``site(theme, builder)``: the folder of the small project, built without a warning."""
    root = tmp_path_factory.mktemp("elsewhere")
    source = root / "source"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["zhsearch"]\nlanguage = "zh_CN"\n', encoding="utf-8")
    for name, text in PAGES.items():
        (source / name).write_text(text, encoding="utf-8")

    @cache
    def make(theme: str, builder: str = "html") -> Path:
        out = root / f"{theme}-{builder}"
        # One process: a theme that adds to Sphinx's own empty list adds for the next one too.
        values = {"html_theme": theme, "templates_path": [], "html_context": {"default_mode": "auto"}}
        _, warnings = built(source, out, root / "doctrees", values, builder)
        assert warnings == ""
        return out

    return make


def until(browser: webdriver.Chrome, selector: str) -> WebElement:
    """The first element that is shown."""

    def look(b: webdriver.Chrome) -> WebElement | None:
        return next((each for each in b.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()), None)

    found = WebDriverWait(browser, 10, ignored_exceptions=[Exception]).until(look)
    assert found is not None
    return found


def marks(browser: webdriver.Chrome) -> list[str]:
    until(browser, ".highlighted")
    return [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, ".highlighted")]


def ask(browser: webdriver.Chrome, page: Path, query: str) -> WebElement:
    """Open a page, go to its box with the slash key, type: the first answer."""
    browser.get(page.as_uri())
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("name") == "q"
    box.send_keys(query)
    return until(browser, ".zhsearch-panel [role=option]")


SEEN = """
const box = arguments[0].getBoundingClientRect();
const across = [box.left + 3, box.left + box.width / 2, box.right - 3];
return across.every((x) => arguments[0].contains(document.elementFromPoint(x, box.top + box.height / 2)));
"""


# sphinx-book-theme 1.4 reads what Sphinx 11 will not have.
@pytest.mark.filterwarnings("ignore:'sphinx_book_theme:PendingDeprecationWarning")
@pytest.mark.filterwarnings("ignore:'sphinx_book_theme:DeprecationWarning")
@pytest.mark.parametrize("theme", THEMES)
def test_the_panel_is_seen_and_used(browser: webdriver.Chrome, site: Site, theme: str) -> None:
    page = site(theme) / "api.html"
    browser.get(page.as_uri())
    field = browser.find_element(By.ID, "field")
    field.send_keys("a/b")
    assert field.get_attribute("value") == "a/b", "whoever is typing means the sign"
    option = ask(browser, page, "保密工作")
    WebDriverWait(browser, 5).until(lambda b: b.execute_script(SEEN, option))
    option.click()
    WebDriverWait(browser, 10).until(lambda b: "index.html" in b.current_url)
    assert "".join(marks(browser)) == "保密工作"
    browser.get((page.parent / "search.html").as_uri() + "?q=保密工作")
    until(browser, "a.zhsearch-result")
    assert until(browser, ".zhsearch-summary").text == "找到 1 条。", "no groups where conf.py names none"


def test_where_the_box_is_out_of_reach_the_search_page_has_one(browser: webdriver.Chrome, site: Site) -> None:
    browser.get((site("alabaster") / "index.html").as_uri())
    browser.execute_script("document.querySelectorAll('input[name=q]').forEach((box) => box.remove())")
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    # While the page is left there may be no active element to ask.
    wait = WebDriverWait(browser, 10, ignored_exceptions=[WebDriverException])
    wait.until(lambda b: b.current_url.endswith("search.html"))
    wait.until(lambda b: b.switch_to.active_element.get_attribute("name") == "q")


@pytest.mark.parametrize(("query", "marked"), [("C++", ["C++"]), ("light", ["light"]), ("art", ["art"])])
def test_code_is_found_as_written_on_the_page_that_is_open(
    browser: webdriver.Chrome, site: Site, query: str, marked: list[str]
) -> None:
    option = ask(browser, site("alabaster") / "api.html", query)
    assert "lamp.light(art: str, *, way: int = 1) -> str" in option.text or query == "C++"
    option.click()
    assert marks(browser) == marked, "nothing of party, nothing of any c"
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("api.html#lamp.light"))
    WebDriverWait(browser, 5).until(lambda b: b.execute_script("return scrollY") > 0)
    assert not browser.find_element(By.CSS_SELECTOR, ".zhsearch-panel").is_displayed()


def test_a_project_of_one_page(browser: webdriver.Chrome, site: Site) -> None:
    folder = site("furo", "singlehtml")
    ask(browser, folder / "index.html", "light")
    assert not browser.find_element(By.CSS_SELECTOR, ".zhsearch-all").is_displayed(), "there is no page of results"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert marks(browser) == ["light"]
    assert browser.current_url.endswith("index.html#lamp.light")
    ask(browser, folder / "index.html", "接口").click()
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("index.html#document-api"))


def test_a_page_a_folder_is_found_from_a_double_click(browser: webdriver.Chrome, site: Site) -> None:
    ask(browser, site("alabaster", "dirhtml") / "index.html", "light").click()
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("api/index.html#lamp.light"))
    assert marks(browser) == ["light"]
