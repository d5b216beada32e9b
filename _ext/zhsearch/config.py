"""Configuration: one dataclass, registered by looping over its fields, validated in ``config-inited``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from zh.values import declared, value

_LISTS = (list, tuple)


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """Values of conf.py, each prefixed ``zhsearch_``."""

    groups: tuple[tuple[str, str], ...] = value(
        [],
        "(label, docname patterns parted by spaces, or .node class) in the order in which results are shown",
        rebuild="html",
        kinds=_LISTS,
    )
    other: str = value("其他", "label of pages that no group names, where there are groups", rebuild="html")
    exclude: tuple[str, ...] = value(
        [], "classes of nodes that are not part of the text around them", rebuild="html", kinds=_LISTS
    )
    words: str = value("", "file of known words, relative to conf.py; for pinyin and near words", rebuild="html")
    synonyms: str = value("", "file of words that mean the same, a line each, relative to conf.py", rebuild="html")
    numbered: str = value("", "what is cited by number (图): 图3-2 and 3-2 lead to it", rebuild="html")

    @classmethod
    def of(cls, config: Config) -> SearchConfig:
        """The values in force."""
        return cls(
            groups=tuple((label, rule) for label, rule in config.zhsearch_groups),
            other=config.zhsearch_other,
            exclude=tuple(config.zhsearch_exclude),
            words=config.zhsearch_words,
            synonyms=config.zhsearch_synonyms,
            numbered=config.zhsearch_numbered,
        )

    @property
    def excluded(self) -> frozenset[str]:
        """Class names that are left out; ``no-search`` is Sphinx's own."""
        return frozenset({"no-search", *self.exclude})


def register(app: Sphinx) -> None:
    """Add every field as a configuration value. A change writes every page again, and so gathers every text again."""
    for item in declared(SearchConfig, "zhsearch_"):
        app.add_config_value(*item)
    app.connect("config-inited", _validate)


def list_path(app: Sphinx, name: str) -> Path | None:
    """A file that conf.py names, ``words`` or ``synonyms``, if it names one."""
    file = getattr(SearchConfig.of(app.config), name)
    return Path(app.confdir) / file if file else None


def _validate(app: Sphinx, config: Config) -> None:
    for entry in config.zhsearch_groups:
        pair = entry if isinstance(entry, (list, tuple)) else ()
        if len(pair) != 2 or not all(isinstance(part, str) and part for part in pair):
            raise ConfigError(f"zhsearch_groups：{entry!r} 应是（名称，文档名模式或“.节点类名”）两个字符串。")
    for name, what in (("words", "词表"), ("synonyms", "同义词")):
        path = list_path(app, name)
        if path is not None and not path.is_file():
            raise ConfigError(f"zhsearch_{name}：找不到{what}文件 {getattr(config, f'zhsearch_{name}')}。")
