"""Candidate terms out of running text (jieba, HMM off): what recurs, for an editor to choose from. Nothing is decided here."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from ..source.folding import BARRIER, fold

_LONGEST = 8
_COMMON = (
    "的 了 和 是 在 要 对 把 被 与 及 或 等 也 都 就 还 又 再 很 更 最 不 没 有 这 那 其 个 一 二 三 四 五 六 七 八 九 十 上 下 中 里 "
    "为 以 于 从 向 到 我 你 他 她 它 们 我们 大家 同志 同志们 自己 什么 怎么 怎样 如何 可以 能够 应该 必须 一定 一个 一是 二是 三是 "
    "四是 一种 一篇 这个 这些 那些 就是 进行 做到 不能 不要 没有 所以 因为 如果 但 但是 而 而且 并 并且 既 才 能 会 说 做 让 使 给 用 "
    "地 得 着 过 之 摘录 讲话"
)
_FUNCTION_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class TermCandidate:
    """A word or a pair of words that recurs; ``count`` over all texts, ``texts`` in how many of them."""

    term: str
    count: int
    texts: int


def tokenizer(terms: Iterable[str]) -> Callable[[str], list[str]]:
    """What parts a text into words: jieba, which knows the handbook's own terms. Loading its dictionary takes about a second.

    HMM is off: with it jieba invents words such as 守得 and 一是 (measured on the five speeches).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources and has invalid escapes
        import jieba
    jieba.setLogLevel(logging.ERROR)
    made = jieba.Tokenizer()
    for term in terms:
        made.add_word(term, freq=100_000)
    return partial(made.lcut, HMM=False)


def candidates(texts: Iterable[str], terms: Iterable[str], least: int = 3) -> list[TermCandidate]:
    """Words and adjacent pairs that recur at least ``least`` times and are not listed yet, most frequent first."""
    known = frozenset(terms)
    cut = tokenizer(known)
    total: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in texts:
        found: Counter[str] = Counter()
        for piece in fold(text).text.split(BARRIER):
            words = cut(piece)
            found.update(word for word in words if len(word) > 1 and _is_term(word))
            found.update(
                a + b for a, b in pairwise(words) if _is_term(a) and _is_term(b) and 3 <= len(a + b) <= _LONGEST
            )
        total += found
        spread.update(found.keys())
    return [
        TermCandidate(term, count, spread[term])
        for term, count in sorted(total.items(), key=lambda item: (-item[1], item[0]))
        if count >= least and term not in known
    ]


def _is_term(word: str) -> bool:
    return word not in _FUNCTION_WORDS and all("\u4e00" <= c <= "\u9fff" for c in word)
