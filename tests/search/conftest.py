"""Small Sphinx projects made to order, without speeches."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from starting import sphinx

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """``build({"index.rst": …}, html_theme="alabaster")`` → the folder of the site; again: incrementally."""

    def make(
        files: Mapping[str, str], builder: str = "html", out: str = "out", parallel: int = 0, **values: Any
    ) -> Path:
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "conf.py").touch()
        for name, text in files.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        settings = {"extensions": ["zhsearch"], "language": "zh_CN", "html_theme": "alabaster", **values}
        target = tmp_path / out
        warning = StringIO()
        doctrees = tmp_path / f"{out}-doctrees"
        with sphinx(source, target, doctrees, settings, builder=builder, warning=warning, parallel=parallel) as app:
            app.build()
        assert (app.statuscode, warning.getvalue()) == (0, "")
        return target

    return make


def data_of(site: Path) -> Any:
    """What the script holds."""
    text = (site / "_static" / "zhsearch" / "data.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.zhsearchData=").rstrip(";\n"))


@pytest.fixture
def read_data() -> Callable[[Path], Any]:
    """``read_data(site)``: what the script of a site holds."""
    return data_of
