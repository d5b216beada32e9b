"""What conf.py says in print: titles, remarks, substitutions, covers. Its words are nobody's page and reach every reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.config import Config

from zh.wide import WIDE

if TYPE_CHECKING:
    from ..core.prose.reading import ReadingText

CONF = "conf.py"
_KNOWN_BY = 10
"""Characters by which a value that goes on over several lines is found in the file."""


def configured(config: Config, folder: Path) -> tuple[tuple[str, int], ...]:
    """Every value with Chinese in it, whoever uses it, and its line of conf.py (0 where it has none there)."""
    try:
        source = (folder / CONF).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        source = ""
    texts = dict.fromkeys(text for value in config for text in _texts(value.value) if WIDE.search(text))
    return tuple((text, _line(source, text)) for text in texts)


def as_page(values: Iterable[tuple[str, int]]) -> ReadingText:
    """What ``configured`` found, as a page is judged."""
    from ..core.prose.reading import Block, BlockKind, Run, RunKind  # imported here: seldom is any of it new

    return tuple(Block(BlockKind.PROSE, (Run(RunKind.RAW, text),), CONF, line) for text, line in values)


def _line(source: str, text: str) -> int:
    at = source.find(text[:_KNOWN_BY])
    return source.count("\n", 0, at) + 1 if at >= 0 else 0


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (*_texts(key), *_texts(inner))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _texts(inner)
