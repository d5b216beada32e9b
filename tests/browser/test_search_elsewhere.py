"""The search in another project: no speeches, another theme."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PAGE = "规程\n====\n\n**保**\\ 密工作。\n"


@pytest.mark.usefixtures("quiet")
def test_alabaster(browser: webdriver.Chrome, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["zhsearch"]\nlanguage = "zh_CN"\nhtml_theme = "alabaster"\n')
    (tmp_path / "index.rst").write_text(PAGE, encoding="utf-8")
    site = tmp_path / "html"
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", str(tmp_path), str(site)], check=True)
    wait = WebDriverWait(browser, 10)
    browser.get((site / "search.html").as_uri() + "?q=保密工作")
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "a.zhsearch-result"))[0].click()
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, ".highlighted"))
    assert "".join(m.text for m in browser.find_elements(By.CSS_SELECTOR, ".highlighted")) == "保密工作"
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("规程")
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, ".zhsearch-panel [role=option]"))
