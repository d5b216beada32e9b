"""The real handbook, built once a session, in a headless Chromium on file://."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browserlog import complaints
from firefox import Firefox
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from support import ROOT, need

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built from a copy of the tree. Workers of one session share it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder, done = shared / "handbook", shared / "handbook.done"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if done.exists():
                break
            time.sleep(0.2)
        assert done.exists(), "the handbook was not built by the other worker"
        return folder / "html"
    try:
        build(folder)
    finally:
        done.touch()
    return folder / "html"


def build(folder: Path) -> None:
    """Copy what the book is made of, and build it."""
    source = folder / "source"
    ignored = shutil.ignore_patterns("_build", ".*", "tests", "bench", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "sphinx", "-q", "-d", str(folder / "doctrees"), ".", str(folder / "html")]
    environment = {**os.environ, "PYTHONPATH": str(source / "_ext")}
    ran = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="session")
def make_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., webdriver.Chrome]]:
    """``make_browser(width, height)``: a Chromium of its own; all are closed at the end."""
    program, driver = need("chromium", "chromium-browser", "google-chrome"), need("chromedriver")
    open_ones: list[webdriver.Chrome] = []

    def make(width: int = 1366, height: int = 768) -> webdriver.Chrome:
        options = webdriver.ChromeOptions()
        options.binary_location = program
        profile = tmp_path_factory.mktemp("profile")
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        browser = webdriver.Chrome(options=options, service=Service(driver))
        open_ones.append(browser)
        return browser

    yield make
    for browser in open_ones:
        browser.quit()


@pytest.fixture(scope="session")
def browser(make_browser: Callable[..., webdriver.Chrome]) -> webdriver.Chrome:
    """A desktop window; tests of one worker share it."""
    return make_browser()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """A Firefox; tests of one worker share it."""
    browser = Firefox(need("firefox-esr", "firefox"))
    yield browser
    browser.close()


@pytest.fixture
def quiet(browser: webdriver.Chrome) -> Iterator[None]:
    """After the test: nothing in the console, and nothing asked for outside file:."""
    complaints(browser)
    yield
    assert complaints(browser) == []
