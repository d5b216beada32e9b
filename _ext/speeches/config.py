"""Configuration: one dataclass, registered by looping over its fields, validated before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gbt7714.entry import MARKS, Marks
from zh.values import declared, in_force, value

if TYPE_CHECKING:  # the command asks for paths before it needs Sphinx
    from sphinx.application import Sphinx
    from sphinx.config import Config

EDITIONS = ("internal", "public")


@dataclass(frozen=True, slots=True)
class SpeechesConfig:
    """Values of conf.py, each prefixed ``speeches_``. Paths are relative to conf.py."""

    archive: str = value("source_speeches", "folder of the speeches and their records", rebuild="env")
    lock: str = value("excerpts.lock", "file that says what each quotation was when it was last accepted")
    terms: str = value("terms.txt", "office terms, one a line, that may recur in prose without a source")
    citation_marks: str = value(
        "full", "full: as GB/T 7714-2025 is set; narrow: ASCII marks without spaces", rebuild="env"
    )

    @classmethod
    def of(cls, config: Config) -> SpeechesConfig:
        """The values in force."""
        return cls(**in_force(cls, config, "speeches_"))


def register(app: Sphinx) -> None:
    """Add every field as a configuration value."""
    for item in declared(SpeechesConfig, "speeches_"):
        app.add_config_value(*item)
    app.add_config_value(
        "edition", "internal", "env", str, "internal: with the speeches; public: excerpts and citations only"
    )
    app.connect("config-inited", _validate)


def archive_path(app: Sphinx) -> Path:
    """The folder of the archive."""
    return Path(app.confdir) / SpeechesConfig.of(app.config).archive


def lock_path(app: Sphinx) -> Path:
    """The file of the lock."""
    return Path(app.confdir) / SpeechesConfig.of(app.config).lock


def terms_path(app: Sphinx) -> Path:
    """The file of the terms."""
    return Path(app.confdir) / SpeechesConfig.of(app.config).terms


def marks_of_entries(config: Config) -> Marks:
    """The marks of entries of lists of references."""
    return MARKS[SpeechesConfig.of(config).citation_marks]


def is_public(config: Config) -> bool:
    """Whether this is the edition that may leave the house."""
    return bool(config.edition == "public")


def _validate(app: Sphinx, config: Config) -> None:
    from sphinx.errors import ConfigError

    values = SpeechesConfig.of(config)
    folder = Path(app.confdir) / values.archive
    if not folder.resolve().is_relative_to(Path(app.confdir).resolve()):
        raise ConfigError(f"speeches_archive = {values.archive!r}：讲话库必须放在手册文件夹之内。")
    if not folder.is_dir():
        raise ConfigError(
            f"找不到讲话库文件夹 {values.archive}。请核对 conf.py 的 speeches_archive，或恢复这个文件夹。"
        )
    if values.citation_marks not in MARKS:
        raise ConfigError(f"speeches_citation_marks = {values.citation_marks!r}：只能是 {'、'.join(MARKS)}。")
    config.manuscript_sealed = [*config.manuscript_sealed, values.archive]
    # Sphinx copies sources into the site unless told otherwise; the received files hold what must be withheld.
    config.html_copy_source = False
    config.html_show_sourcelink = False
    if config.edition not in EDITIONS:
        raise ConfigError(f"edition = {config.edition!r}：只能是 {'、'.join(EDITIONS)}。")
    if is_public(config):
        config.exclude_patterns = [*config.exclude_patterns, f"{values.archive}/**"]
        if "permalink_left_out" in config:  # their ids are not lost: they are in the internal edition
            config.permalink_left_out = [*config.permalink_left_out, f"{values.archive}/*"]
