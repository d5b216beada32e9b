"""送审稿 and 定稿 differ by one value of conf.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from starting import built

CONF = """
extensions = ["myst_parser", "booksite", "zhprint"]
zhprint_date = "2026年11月"
html_theme = "basic"
stage_drafts_only = ["review-sheet"]
"""


def _build(tmp_path: Path, **values: str) -> tuple[Sphinx, str]:
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# 书\n\n```{toctree}\nreview-sheet\n```\n", encoding="utf-8")
    (tmp_path / "review-sheet.md").write_text("# 送审单\n", encoding="utf-8")
    return built(tmp_path, tmp_path / "out", tmp_path / "dt", values)


@pytest.mark.parametrize(("stage", "carried"), [("送审稿", True), ("定稿", False)])
def test_only_the_draft_carries_what_drafts_carry(tmp_path: Path, stage: str, carried: bool) -> None:
    app, warnings = _build(tmp_path, stage=stage)
    assert warnings == ""
    out = Path(app.outdir)
    assert (out / "review-sheet.html").exists() is carried
    assert ("送审单" in (out / "index.html").read_text(encoding="utf-8")) is carried


@pytest.mark.parametrize(
    ("stage", "marks", "date"), [("送审稿", "full", "2026年11月（送审稿）"), ("定稿", "table", "2026年11月")]
)
def test_the_print_says_which_it_is(tmp_path: Path, stage: str, marks: str, date: str) -> None:
    app, _ = _build(tmp_path, stage=stage)
    assert (app.config.zhprint_marks, app.config.zhprint_date) == (marks, date)


def test_another_stage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"stage = '初稿' 不能用"):
        _build(tmp_path, stage="初稿")
