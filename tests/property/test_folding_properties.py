"""Folding is idempotent, and every folded span leads back to the characters it came from."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given, strategies as st

from speeches.core.source.folding import (
    fold,
    forbidden_characters,
    name_of,
    quotation_marks_disagree,
    unpaired_quotation_marks,
)
from strategies import ANYTHING, MIXED, VARIATIONS, WITH_COMBINING


@given(MIXED)
def test_idempotent(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(WITH_COMBINING)
@example("e \u0301")
@example("ｅ\u0301")
@example("0 A\u200b\u030a")
def test_idempotent_with_combining_characters(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.one_of(MIXED, WITH_COMBINING))
@example("0 \u212b")
@example("0 \u212a")
@example("\u212a 0")
@example("0 A\u200b\u030a")
def test_canonically_equal_texts_fold_alike(text: str) -> None:
    """The table folds NFC. Spaces are left out: NFC turns an en quad into an en space, which is ignored anyway."""
    assert fold(unicodedata.normalize("NFC", text)).text == fold(unicodedata.normalize("NFD", text)).text


@given(st.one_of(MIXED, WITH_COMBINING), st.data())
def test_a_folded_span_leads_back_to_text_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    begin, stop = folded.span_of(start, end)
    assert 0 <= begin < stop <= len(text)
    wanted = folded.text[start:end]
    # A space between two ASCII words means nothing on its own, and a letter goes back with its mark.
    parted = any(unicodedata.category(c).startswith("M") for c in (wanted[0], *folded.text[end : end + 1]))
    if wanted.strip() == wanted and not parted:
        assert fold(text[begin:stop]).text == wanted
    assert parted or folded.index_at(begin) == start


@given(MIXED)
def test_spans_of_single_characters_are_in_order_and_apart(text: str) -> None:
    folded = fold(text)
    spans = [folded.span_of(i, i + 1) for i in range(len(folded.text))]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize("name", VARIATIONS)
@given(text=st.text(st.sampled_from("办公室一人大工力心，。；（）“甲”——1a"), max_size=40))
def test_variations_fold_alike(name: str, text: str) -> None:
    assert fold(VARIATIONS[name](text)).text == fold(text).text


@given(ANYTHING)
def test_no_text_raises(text: str) -> None:
    folded = fold(text)
    assert folded.span_of(0, len(folded.text)) is not None
    for _, character in forbidden_characters(text):
        assert name_of(character).startswith("U+")
    unpaired_quotation_marks(text)
    assert not quotation_marks_disagree(text, text)
