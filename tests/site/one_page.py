"""A book of one page, built."""

from __future__ import annotations

from pathlib import Path

from starting import built

CONF = """
extensions = ["myst_parser", "zhindex", "teaching", "booksite"]
language = "zh_CN"
html_theme = "basic"
html_search_language = "en"
myst_enable_extensions = ["colon_fence"]
booksite_rights = "内部资料"
"""


def build_page(tmp_path: Path, source: str, settings: str = "") -> tuple[Path, str]:
    """The folder of the site, and what was warned. ``settings``: lines at the end of conf.py."""
    (tmp_path / "conf.py").write_text(CONF + settings, encoding="utf-8")
    (tmp_path / "index.md").write_text(source, encoding="utf-8")
    _, warnings = built(tmp_path, tmp_path / "out", tmp_path / "dt", {})
    return tmp_path / "out", warnings
