"""What every Chinese part shares: numerals, line ends, word files, reading order."""

from __future__ import annotations

from pathlib import Path

import pytest

from zh.lines import for_setting, tidy
from zh.numerals import from_chinese, to_chinese
from zh.order import reading_order
from zh.words import read_words


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (10, "十"), (11, "十一"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_numerals(number: int, chinese: str) -> None:
    assert to_chinese(number) == chinese
    assert from_chinese(chinese) == from_chinese(str(number)) == number


def test_every_ordinal_comes_back() -> None:
    assert [from_chinese(to_chinese(number)) for number in range(1, 100)] == list(range(1, 100))
    assert (to_chinese(0), to_chinese(100)) == ("0", "100")


@pytest.mark.parametrize(("odd", "number"), [("十十", 20), ("三二十", 20), ("一二", 2), ("十一十", 20)])
def test_an_odd_numeral_is_no_crash(odd: str, number: int) -> None:
    """A speech may hold any run of such characters at the start of a line."""
    assert from_chinese(odd) == number


def test_line_ends_between_chinese_characters_vanish() -> None:
    assert tidy(" 中文\n 中文\nword \n word  中\u3000文 ") == "中文中文 word word 中\u3000文"
    assert for_setting("中\n文\nword\nword") == "中文word word"
    assert for_setting("𠀀\n𠀀 a\n  b") == "𠀀𠀀 a b"


def test_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    assert read_words(path) == ()
    path.write_bytes("\ufeff# 说明\n三服务 5 n\r\n\n 办文 \n三服务\n #注\n".encode())
    assert read_words(path) == ("三服务", "办文")


def test_reading_order_follows_the_tables_of_contents_and_stops_in_a_circle() -> None:
    below = {"index": ["a", "b"], "a": ["c"], "c": ["a", "index"], "b": ["c"]}
    assert list(reading_order("index", below)) == ["index", "a", "c", "b"]
