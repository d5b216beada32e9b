"""A form is filled in on the page, kept in the browser, and can be cleared."""

from __future__ import annotations

from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By

PAGE = "chapters/forms.html"
FIRST = "#biao-jiaoban td.blank"


def test_what_is_filled_in_is_kept_in_the_browser_until_it_is_cleared(
    browser: webdriver.Chrome, handbook: Path
) -> None:
    url = (handbook / PAGE).as_uri()
    browser.get(url)
    cell = browser.find_element(By.CSS_SELECTOR, FIRST)
    assert cell.get_attribute("aria-label") == "交办人"
    cell.click()
    cell.send_keys("李主任")
    browser.get(f"{url}?again")
    assert browser.find_element(By.CSS_SELECTOR, FIRST).text == "李主任"
    assert browser.find_elements(By.CSS_SELECTOR, "#biao-siqing td.blank")[0].text == ""
    browser.execute_script("window.confirm = () => true")
    browser.execute_script(
        "arguments[0].click()", browser.find_element(By.CSS_SELECTOR, "#biao-jiaoban .form-tools button")
    )
    browser.get(url)
    assert browser.find_element(By.CSS_SELECTOR, FIRST).text == ""


def test_each_form_leads_to_a_file_of_its_own(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / PAGE).as_uri())
    links = browser.find_elements(By.CSS_SELECTOR, "a.form-file")
    files = [str(link.get_attribute("href")).rpartition("/")[2] for link in links]
    assert len(files) >= 8
    assert sorted(set(files)) == sorted(path.name for path in (handbook / "forms").iterdir())


def test_notes_are_written_on_the_screen_and_kept(browser: webdriver.Chrome, handbook: Path) -> None:
    browser.get((handbook / "chapters/nengli.html").as_uri())
    box = browser.find_element(By.CSS_SELECTOR, ".notes-space")
    assert box.get_attribute("role") == "textbox" and box.size["height"] > 100
    box.send_keys("先听清再动手")
    browser.get((handbook / "chapters/nengli.html").as_uri())
    box = browser.find_element(By.CSS_SELECTOR, ".notes-space")
    assert box.text == "先听清再动手"
    box.send_keys("\b" * 6)
    browser.get((handbook / "chapters/suzhi.html").as_uri())
    assert browser.find_element(By.CSS_SELECTOR, ".notes-space").text == "", "each chapter has its own"
    assert browser.execute_script("return Object.keys(localStorage).filter(k => /notes/.test(k))") == []
