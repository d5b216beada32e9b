"""Citing the handbook in a browser, on file://: copy buttons, old addresses, and the onboarding guide beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from support import ROOT

CATCH_COPIES = (
    "window.copied = []; document.execCommand = () => { window.copied.push(document.activeElement.value); return true; };"
    "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
)


@pytest.fixture(scope="session")
def onboarding(handbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """入职指引, built strictly against the handbook just built, in a folder beside it."""
    source = tmp_path_factory.mktemp("onboarding")
    shutil.copytree(ROOT / "examples/onboarding", source / "examples/onboarding")
    for name in ("source_speeches",):
        shutil.copytree(ROOT / name, source / name)
    out = handbook.parent / f"onboarding-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    command = [
        sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-D", f"handbook_site={handbook}",
        "-d", str(source / "doctrees"), str(source / "examples/onboarding"), str(out),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "no_proxy": "", "https_proxy": "http://127.0.0.1:9"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return out


def citations(onboarding: Path) -> list[tuple[Path, str]]:
    """Every link into the handbook: the page that has it, and the address as written."""
    found = []
    for path in sorted(onboarding.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        found += [(path, str(link["href"])) for link in page.select("article a.external[href]")]
    return found


def test_the_guide_cites_chapters_sections_and_excerpts(handbook: Path, onboarding: Path) -> None:
    ids: dict[Path, set[str]] = {}
    kinds = {"chapter": 0, "section": 0, "excerpt": 0}
    links = citations(onboarding)
    for page, address in links:
        assert not urlsplit(address).scheme, "a citation must work beside the handbook, without a network"
        name, _, anchor = address.partition("#")
        target = (page.parent / unquote(name)).resolve()
        if target not in ids:
            ids[target] = set(re.findall(r'id="([^"]+)"', target.read_text(encoding="utf-8")))
        assert anchor in ids[target], address
        kind = "excerpt" if anchor.startswith("q.") else "chapter" if "-" not in anchor else "section"
        kinds[kind] += 1
    assert len(links) >= 25
    assert all(count >= 5 for count in kinds.values()), kinds
    printed = sum(
        len(BeautifulSoup(p.read_text(encoding="utf-8"), "lxml").select("blockquote.excerpt"))
        for p in onboarding.glob("*.html")
    )
    assert printed >= 3


@pytest.mark.parametrize("page", ["first-day", "first-week", "first-month", "mentor"])
@pytest.mark.usefixtures("quiet")
def test_a_citation_opens_the_handbook_at_the_place(browser: webdriver.Chrome, onboarding: Path, page: str) -> None:
    browser.get((onboarding / f"{page}.html").as_uri())
    link = browser.find_element(By.CSS_SELECTOR, "article a.external")
    anchor = str(link.get_attribute("href")).partition("#")[2]
    browser.execute_script("arguments[0].click()", link)
    WebDriverWait(browser, 10).until(
        lambda b: b.current_url.endswith(f"#{anchor}") and "onboarding" not in b.current_url
    )
    target = browser.find_element(By.ID, anchor)
    assert target.is_displayed()
    WebDriverWait(browser, 10).until(
        lambda b: (
            0
            <= b.execute_script("return arguments[0].getBoundingClientRect().top", target)
            < b.get_window_size()["height"]
        )
    )


def test_every_step_ends_in_a_checklist(onboarding: Path) -> None:
    for name in ("first-day", "first-week", "first-month", "mentor"):
        page = BeautifulSoup((onboarding / f"{name}.html").read_text(encoding="utf-8"), "lxml")
        rows = page.select("table.checklist tbody tr")
        assert len(rows) >= 4
        assert all(row.select_one("a.external") is not None for row in rows), (
            "each item rests on a place in the handbook"
        )


@pytest.mark.usefixtures("quiet")
def test_a_chapter_is_cited_by_keyboard(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "chapters/nengli.html").as_uri())
    browser.execute_script(CATCH_COPIES)
    summary = browser.find_element(By.CSS_SELECTOR, ".cite-this summary")
    assert summary.text == "引用本章"
    browser.execute_script("arguments[0].focus()", summary)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    button = browser.find_element(By.CSS_SELECTOR, ".cite-this button[aria-label^='复制参考文献']")
    browser.execute_script("arguments[0].focus()", button)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    WebDriverWait(browser, 10).until(lambda b: b.execute_script("return window.copied.length") == 1)
    assert browser.execute_script("return window.copied[0]") == (
        "办公室工作手册编写组. 办公室工作手册[M]. 2026年版. 2026：第三章“能力”."
    )


@pytest.mark.usefixtures("quiet")
def test_an_excerpt_is_cited_by_keyboard(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "chapters/nengli.html").as_uri())
    browser.execute_script(CATCH_COPIES)
    excerpt = browser.find_element(By.ID, "q.nengli-xuexi")
    toggle = excerpt.find_element(By.XPATH, ".//button[text()='引用']")
    panel = excerpt.find_element(By.CSS_SELECTOR, ".cite-panel")
    assert toggle.get_attribute("aria-expanded") == "false" and not panel.is_displayed()
    browser.execute_script("arguments[0].focus()", toggle)
    toggle.send_keys(Keys.SPACE)
    assert toggle.get_attribute("aria-expanded") == "true" and panel.is_displayed()
    for button in panel.find_elements(By.TAG_NAME, "button"):
        browser.execute_script("arguments[0].focus()", button)
        button.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: b.execute_script("return window.copied.length") == 3)
    assert browser.execute_script("return window.copied") == [
        "《办公室工作手册》第三章“能力”摘录3-2（2026年版）",
        "领导办公室业务培训上的讲话[C]//办公室工作手册编写组. 办公室工作手册. 2026年版. 2026：摘录3-2.",
        "q.nengli-xuexi",
    ]
    toggle.send_keys(Keys.SPACE)
    assert not panel.is_displayed()


@pytest.fixture(scope="module")
def reordered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook whose second chapter was renamed, and lost a section to the first."""
    root = tmp_path_factory.mktemp("reordered") / "book"
    shutil.copytree(ROOT / "tests/roots/permanent", root)
    shutil.copytree(ROOT / "_ext/booksite/pages", root / "_templates")
    ability = (root / "chapters/ability.md").read_text(encoding="utf-8")
    part = ability[ability.index("(ability-doing)=") :]
    (root / "chapters/ability.md").unlink()
    (root / "chapters/skills.md").write_text(ability.removesuffix(part), encoding="utf-8")
    position = root / "chapters/position.md"
    position.write_text(position.read_text(encoding="utf-8") + "\n" + part, encoding="utf-8")
    index = root / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("chapters/ability", "chapters/skills"), encoding="utf-8")
    (root / "moved-ids.toml").write_text(
        '[[moved]]\nid = "ability-doing"\nfrom = "chapters/ability"\non = "2027-03-01"\n', encoding="utf-8"
    )
    (root / "published-ids.txt").write_text(
        "ability\tchapters/ability\t2026年版\nability-doing\tchapters/ability\t2026年版\n", encoding="utf-8"
    )
    redirects = "{'chapters/ability': 'skills.html'}"
    conf = (root / "conf.py").read_text(encoding="utf-8").replace("redirects = {}", f"redirects = {redirects}")
    conf += 'html_theme = "furo"\n'  # whose frame the templates fill
    (root / "conf.py").write_text(conf, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(root / "dt"), str(root), str(root / "out")]
    ran = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT / "_ext")}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "permalink" not in ran.stderr, ran.stderr
    return root / "out"


def test_an_old_address_arrives_at_the_renamed_page(browser: webdriver.Chrome, reordered: Path) -> None:
    browser.get((reordered / "chapters/ability.html").as_uri() + "#ability-writing")
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("skills.html#ability-writing"))
    assert browser.find_element(By.ID, "ability-writing").is_displayed()


def test_an_id_that_went_elsewhere_is_two_steps_away(browser: webdriver.Chrome, reordered: Path) -> None:
    browser.get((reordered / "chapters/ability.html").as_uri() + "#ability-doing")
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("skills.html#ability-doing"))
    left = browser.find_element(By.ID, "ability-doing")
    assert "移到" in left.text
    browser.execute_script("arguments[0].click()", left.find_element(By.TAG_NAME, "a"))
    WebDriverWait(browser, 10).until(lambda b: b.current_url.endswith("position.html#ability-doing"))
    assert browser.find_element(By.ID, "ability-doing").is_displayed()


def test_old_addresses_and_panels_fit_a_phone(browser: webdriver.Chrome, handbook: Path) -> None:
    page = (handbook / "chapters/nengli.html").as_uri()
    frame = f"<iframe src='{page}' style='width:390px;height:844px'></iframe>"
    host = handbook.parent / f"phone-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.html"
    host.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    browser.get(host.as_uri())
    browser.switch_to.frame(0)
    browser.execute_script("document.querySelector('.cite-this').open = true")
    browser.execute_script(
        "document.querySelectorAll('.excerpt-tools button').forEach(b => { if (b.textContent === '引用') b.click(); })"
    )
    widths = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    browser.switch_to.default_content()
    assert widths[0] <= widths[1] <= 390
