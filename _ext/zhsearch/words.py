"""The words that the search knows: for pinyin, and for what a reader may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from zh.encoding import bounded, decoded

from .folding import fold
from .variants import to_simplified

_HAN_ONLY = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,8}")


def read_synonyms(path: Path) -> tuple[tuple[str, ...], ...]:
    """A group of words a line, parted by white space; # begins a remark. UnreadableError for a file that is no text."""
    lines = (line for line in decoded(bounded(path)).splitlines() if not line.startswith("#"))
    return tuple(tuple(group) for line in lines if len(group := line.split()) > 1)


def known_words(candidates: Iterable[str], folded_text: str) -> list[str]:
    """Words of two to eight Han characters that stand in the text, each once, in code-point order."""
    table = to_simplified()
    words = {fold(candidate).translate(table) for candidate in candidates}
    return sorted(word for word in words if _HAN_ONLY.fullmatch(word) and word in folded_text)


def sounds_of(text: str) -> dict[str, str]:
    """Syllable → the characters of a text that are read so: what a reader mistypes most is a character of the same sound."""
    from pypinyin import lazy_pinyin  # its dictionaries take long to load: not where no page is written

    sounds: dict[str, list[str]] = {}
    for character in sorted(set(text)):
        if _HAN_ONLY.fullmatch(character * 2):
            sounds.setdefault(lazy_pinyin(character)[0], []).append(character)
    return {syllable: "".join(characters) for syllable, characters in sorted(sounds.items())}


def pinyin_of(word: str) -> str:
    """``办公室`` → ``ban gong shi``; ü is written v, as it is typed."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(word))
