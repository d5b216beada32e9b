"""Traditional → simplified characters, from OpenCC's table, as far as this text needs them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

_HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))


@cache
def simplified() -> dict[str, str]:
    """Every single Han character that has another simplified form."""
    characters = [chr(code) for code in _HAN]
    converted: str = OpenCC("t2s").convert("\n".join(characters))
    pairs = zip(characters, converted.split("\n"), strict=True)
    return {character: simple for character, simple in pairs if character != simple and len(simple) == 1}


def to_simplified() -> dict[int, str]:
    """The same as a table for ``str.translate``."""
    return {ord(character): simple for character, simple in simplified().items()}


def variants_for(text: Iterable[str]) -> str:
    """Pairs, one after the other, whose simplified character occurs in ``text`` in either form.

    A reader may type any traditional character; one whose simplified form stands nowhere finds nothing either way.
    """
    table = simplified()
    present = {table.get(character, character) for character in set(text)}
    return "".join(f"{character}{simple}" for character, simple in table.items() if simple in present)
