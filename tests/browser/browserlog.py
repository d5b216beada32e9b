"""What a Chromium said and asked for."""

from __future__ import annotations

import json
from typing import Any

from selenium import webdriver


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Console messages of level warning and above, and requests that leave file:, since the last call."""
    console = [entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    return console + [url for url in requests(browser) if not url.startswith(("file:", "data:", "chrome:", "about:"))]


def requests(browser: webdriver.Chrome) -> list[str]:
    """Addresses asked for since the last call."""
    entries = browser.get_log("performance")
    messages: list[dict[str, Any]] = [json.loads(entry["message"])["message"] for entry in entries]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
