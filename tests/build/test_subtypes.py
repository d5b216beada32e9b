"""Every warning of the closed list: raised, told in Chinese with what to do, at file and line, and suppressible."""

from __future__ import annotations

import re

import pytest
from book import Book
from mistakes import CASES, apply

from speeches.core.review.finding import Subtype


def test_every_subtype_has_a_case() -> None:
    """What others tell under types of their own is in test_overheard.py."""
    assert sorted(CASES) == sorted(set(Subtype) - {Subtype.BUILD})


@pytest.mark.parametrize("subtype", CASES)
def test_warning_is_raised_located_and_says_what_to_do(book: Book, subtype: str) -> None:
    case = CASES[subtype]
    apply(book, case)
    built = book.build("verify", warns=True)
    told = built.warned(subtype)
    assert told, built.warnings
    located = [
        w for w in told if re.match(rf"(?:\S*/)?{re.escape(case.where)}: WARNING: " if case.where else "WARNING: ", w)
    ]
    assert located, f"none at {case.where}: {told}"
    (warning, *_) = located
    for words in case.says:
        assert words in warning, f"{words!r} is not in {warning}"
    assert "怎么办：" in warning or subtype in ("archive", "lock"), warning
    assert built.app.statuscode == 1


@pytest.mark.parametrize("subtype", CASES)
def test_warning_can_be_suppressed_but_the_check_still_fails(book: Book, subtype: str) -> None:
    apply(book, CASES[subtype])
    built = book.build("verify", warns=True, suppress_warnings=[f"speech.{subtype}"])
    assert not built.warned(subtype)
    assert built.app.statuscode == 1, "a warning that is silenced is no pass"


@pytest.mark.parametrize("subtype", ["altered", "stale", "lock"])
def test_all_warnings_can_be_suppressed_at_once(book: Book, subtype: str) -> None:
    apply(book, CASES[subtype])
    assert book.build("verify", suppress_warnings=["speech"]).app.statuscode == 1


def test_message_names_the_word_that_differs_though_the_first_words_stand_nearby_too(book: Book) -> None:
    """渡 stands a few characters before the passage: that must not be taken for its beginning."""
    book.edit("chapters/two.md", "离岸之前", "离岸之后")
    (warning,) = book.build("verify", warns=True).warned("altered")
    assert "原文是“前”，印成了“后”" in warning
    assert "存档文本：渡船离岸之前，船工先要数清人数。（river p3.s2" in warning
