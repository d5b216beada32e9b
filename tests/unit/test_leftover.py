"""Left-over markup: the quick look that most prose is left with."""

from __future__ import annotations

import random

from speeches.core.prose import leftover
from speeches.core.prose.leftover import MAY_BE_MARKUP

_PIECES = (
    *"{}｛［】〔(（\\[:：﹕`｀'‘“〈<p1 2.s-_*＊~～$＄#＃^＾|｜=＝/wz！，的ſＰ\n\u3000\u212a",
    "quote", "SAYING", "excerpt", "name", "ref", "::", "]]", "〈ｐ3", "”P12", "(a）＝",
)  # fmt: skip


def test_nothing_that_a_pattern_knows_is_left_out_by_the_quick_look() -> None:
    chance, seen = random.Random(3), set()
    for _ in range(60_000):
        text = "".join(chance.choices(_PIECES, k=chance.randint(1, 7)))
        for kind in leftover._KINDS:
            if match := kind.pattern.search(text):
                seen.add(kind)
                assert MAY_BE_MARKUP.search(text), (kind.name, match[0])
    assert seen == set(leftover._KINDS)
