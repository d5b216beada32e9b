"""Ordinals in Chinese numerals, 一 to 九十九."""

from __future__ import annotations

DIGITS = "一二三四五六七八九"
NUMERAL = f"{DIGITS}十"
"""What such a numeral is made of."""


def to_chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十. Another number than 1 to 99 stays in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else DIGITS[tens - 1]) + "十"
    return head + (DIGITS[ones - 1] if ones else "")


def from_chinese(numeral: str) -> int:
    """The number that a Chinese numeral, or digits, below 100 spell; of an odd one such as 三二十, what its last digits say."""
    if numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.partition("十")
    if not ten:
        tens, ones = "", numeral
    return ((_digit(tens) if tens else 1) * 10 if ten else 0) + (_digit(ones) if ones else 0)


def _digit(numeral: str) -> int:
    return NUMERAL.index(numeral[-1]) + 1
