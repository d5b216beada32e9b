"""Candidate terms: what recurs and is not listed."""

from __future__ import annotations

import pytest

from speeches.core.prose.candidates import candidates
from support import ROOT
from zh.words import read_words

TEXTS = ["督查督办要抓紧，督查督办要落实。耐得住寂寞，守得住秘密。", "督查督办是办公室的职责，耐得住寂寞。"]


def test_what_recurs_is_offered_with_its_counts() -> None:
    found = {c.term: c for c in candidates(TEXTS, [], least=2)}
    assert "办公室" not in found, "once is not often enough"
    assert (found["督查督办"].count, found["督查督办"].texts) == (3, 2)


def test_listed_terms_are_not_offered_again() -> None:
    assert "督查督办" not in {c.term for c in candidates(TEXTS, ["督查督办"], least=2)}


def test_words_of_no_office_are_not_offered() -> None:
    offered = {c.term for c in candidates(TEXTS, [], least=1)}
    assert not offered & {"的", "要", "是"}
    assert all(len(term) > 1 for term in offered)


@pytest.mark.this_book
def test_the_dictionary_is_tidy() -> None:
    terms = read_words(ROOT / "terms.txt")
    assert len(terms) >= 120
    assert len(set(terms)) == len(terms)
    assert all(2 <= len(term) <= 12 for term in terms)
