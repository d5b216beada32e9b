"""The words that the search knows: for pinyin, and for what a reader may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from .folding import fold
from .variants import to_simplified

_HAN_ONLY = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,8}")


def known_words(candidates: Iterable[str], folded_text: str) -> list[str]:
    """Words of two to eight Han characters that stand in the text, each once, in code-point order."""
    table = to_simplified()
    words = {fold(candidate).translate(table) for candidate in candidates}
    return sorted(word for word in words if _HAN_ONLY.fullmatch(word) and word in folded_text)


def pinyin_of(word: str) -> str:
    """``办公室`` → ``ban gong shi``; ü is written v, as it is typed."""
    return " ".join(lazy_pinyin(word))
