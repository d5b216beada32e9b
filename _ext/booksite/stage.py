"""送审稿 or 定稿: one value of conf.py, from which everything follows that the two have different."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

DRAFT, FINAL = "送审稿", "定稿"


def register(app: Sphinx) -> None:
    """Add the values; they act before other extensions look at theirs."""
    app.add_config_value("stage", DRAFT, "env", str, "送审稿: with 送审单 and all editorial marks; 定稿: with neither")
    app.add_config_value("stage_drafts_only", [], "env", list, "documents that only a 送审稿 carries")
    app.connect("config-inited", _apply, priority=100)


def _apply(app: Sphinx, config: Config) -> None:
    if config.stage not in (DRAFT, FINAL):
        raise ConfigError(f"conf.py：stage = {config.stage!r} 不能用。请改为 {DRAFT!r} 或 {FINAL!r}。")
    prints = "zhprint_marks" in config
    if config.stage == DRAFT:
        if prints:
            config.zhprint_date += f"（{DRAFT}）"
        return
    left_out = list(config.stage_drafts_only)
    config.exclude_patterns = [*config.exclude_patterns, *(f"{docname}.*" for docname in left_out)]
    config.suppress_warnings = [*config.suppress_warnings, "toc.excluded"]
    if "permalink_left_out" in config:  # their ids are not lost: they are in the 送审稿
        config.permalink_left_out = [*config.permalink_left_out, *left_out]
    if prints:
        config.zhprint_marks = "table"
