"""An id for a speech: lower-case ASCII words of its title, in pinyin."""

from __future__ import annotations

import re
from collections.abc import Container

_LEFT_OUT = re.compile(r"^在|上的(?:重要)?(?:讲话|发言|报告|致辞|致词)$|(?:的)?(?:讲话|发言)$|[^\w]")
_LONGEST = 40


def slug(title: str, taken: Container[str]) -> str:
    """``在全县办公室系统工作会议上的讲话`` → ``quanxian-bangongshi-xitong-gongzuo-huiyi``, numbered where it is taken."""
    from pypinyin import Style, lazy_pinyin

    words = []
    for word in _words(_LEFT_OUT.sub("", title)):
        syllables = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)
        words.append(re.sub(r"[^a-z0-9]", "", "".join(syllables).lower()))
    made = ""
    for word in filter(None, words):
        if len(made) + len(word) + 1 > _LONGEST:
            break
        made = f"{made}-{word}" if made else word
    made = made or "jianghua"
    number = 2
    candidate = made
    while candidate in taken:
        candidate, number = f"{made}-{number}", number + 1
    return candidate


def _words(text: str) -> list[str]:
    from speeches.core.prose.candidates import tokenizer

    return tokenizer(())(text)
