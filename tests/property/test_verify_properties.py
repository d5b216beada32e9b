"""A verbatim slice passes, a changed one never does, and nothing that is printed makes the check raise."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, example, given, strategies as st

from speeches.core.matching.verdict import PlaceStatus, TextStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data, to_json
from speeches.core.source.archive import load_archive
from speeches.core.source.folding import fold
from speeches.core.source.selector import Selector
from speeches.core.source.speech import Speech
from strategies import ANYTHING, VARIATIONS
from support import SPEECH_IDS, SPEECHES, is_han

ARCHIVE = load_archive(SPEECHES)
COMMON = "不的了是在有人一二三能要办公室领导工作地得"


def _verify(speech: Speech, text: str, start: int, end: int, *, nested: bool = False) -> Verdict:
    """Verify ``text`` with the context that stands around ``start`` and ``end`` in its paragraph."""
    paragraph = speech.outline.paragraph_at(start)
    assert paragraph is not None
    before = speech.text[max(paragraph.start, start - 30) : start]
    after = speech.text[end : min(paragraph.end, end + 30)]
    return verify(Request(text, speech.id, Selector(prefix=before, suffix=after), nested=nested), ARCHIVE)


@st.composite
def slices(draw: st.DrawFn, least: int = 12, most: int = 80) -> tuple[Speech, int, int]:
    """A run of one paragraph, neither end a space nor ellipsis."""
    speech = ARCHIVE.speeches[draw(st.sampled_from(SPEECH_IDS))]
    paragraph = draw(st.sampled_from([p for p in speech.outline.paragraphs if p.end - p.start > least]))
    start = draw(st.integers(paragraph.start, paragraph.end - least))
    end = draw(st.integers(start + least, min(paragraph.end, start + most)))
    assume(is_han(speech.text[start]) and is_han(speech.text[end - 1]))
    assume("\n" not in speech.text[start:end])
    return speech, start, end


@given(slices())
def test_a_verbatim_slice_is_exact_where_it_stands(taken: tuple[Speech, int, int]) -> None:
    speech, start, end = taken
    verdict = _verify(speech, speech.text[start:end], start, end)
    assert (verdict.text, verdict.place) == (TextStatus.EXACT, PlaceStatus.AS_CITED)
    assert [(span.start, span.end) for span in verdict.fragments] == [(start, end)]


@pytest.mark.parametrize("name", VARIATIONS)
@given(taken=slices())
def test_every_folded_variation_passes_as_typographic(name: str, taken: tuple[Speech, int, int]) -> None:
    speech, start, end = taken
    original = speech.text[start:end]
    printed = VARIATIONS[name](original)
    verdict = _verify(speech, printed, start, end)
    exact = printed.strip(" \t\r\n\u3000") == original
    assert verdict.text is (TextStatus.EXACT if exact else TextStatus.TYPOGRAPHIC)
    assert [(span.start, span.end) for span in verdict.fragments] == [(start, end)]


@given(slices(), st.data())
def test_one_changed_character_never_passes(taken: tuple[Speech, int, int], data: st.DataObject) -> None:
    speech, start, end = taken
    text = speech.text[start:end]
    at = data.draw(st.integers(0, len(text) - 1))
    come = data.draw(st.one_of(st.sampled_from(COMMON), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
    kind = data.draw(st.sampled_from(["change", "delete", "insert"]))
    changed = {
        "change": text[:at] + come + text[at + 1 :],
        "delete": text[:at] + text[at + 1 :],
        "insert": text[:at] + come + text[at:],
    }[kind]
    assume(fold(changed).text not in speech.folded.text)
    verdict = verify(Request(changed, speech.id, Selector(anywhere=True)), ARCHIVE)
    assert not verdict.agrees
    assert verdict.text in (TextStatus.ALTERED, TextStatus.ABSENT) or verdict.place is PlaceStatus.ELSEWHERE


@given(slices(least=30), st.data())
def test_one_changed_punctuation_mark_never_passes(taken: tuple[Speech, int, int], data: st.DataObject) -> None:
    speech, start, end = taken
    text = speech.text[start:end]
    places = [i for i, c in enumerate(text) if c in "，。、；：“”"]
    assume(places)
    at = data.draw(st.sampled_from(places))
    come = data.draw(st.sampled_from([c for c in "，。、；：？！《》" if fold(c).text != fold(text[at]).text] + [""]))
    changed = text[:at] + come + text[at + 1 :]
    assume(fold(changed).text not in speech.folded.text)
    assert not _verify(speech, changed, start, end).agrees


@given(slices(least=40), st.data())
def test_fragments_in_order_pass_and_out_of_order_never(taken: tuple[Speech, int, int], data: st.DataObject) -> None:
    speech, start, end = taken
    first = data.draw(st.integers(start + 12, start + 16))
    second = data.draw(st.integers(first + 4, end - 12))
    one, two = speech.text[start:first], speech.text[second:end]
    assume(speech.text.count(one) == 1 and speech.text.count(two) == 1)
    assume(is_han(speech.text[first]) and is_han(speech.text[second - 1]))
    verdict = _verify(speech, f"{one}……{two}", start, end)
    assert verdict.text in (TextStatus.ELIDED, TextStatus.ALTERED)
    if verdict.text is TextStatus.ELIDED:
        assert [(s.start, s.end) for s in verdict.fragments] == [(start, first), (second, end)]
    else:
        # In order and apart, only a swallowed negator or two quotations run into one may refuse it.
        assert verdict.reason in ("swallowed", "crossed")
    assert not verify(Request(f"{two}……{one}", speech.id), ARCHIVE).agrees
    assert not verify(Request(f"{one}{two}", speech.id), ARCHIVE).agrees, "two true halves joined"


@given(slices(least=30), st.integers(1, 8))
def test_overlapping_fragments_never_pass(taken: tuple[Speech, int, int], overlap: int) -> None:
    speech, start, end = taken
    middle = start + 15
    one, two = speech.text[start:middle], speech.text[middle - overlap : end]
    assume(speech.text.count(one) == 1 and speech.text.count(two) == 1)
    assert not verify(Request(f"{one}……{two}", speech.id), ARCHIVE).agrees


@given(
    ANYTHING,
    st.sampled_from([*SPEECH_IDS, "nobody"]),
    st.one_of(st.just(""), ANYTHING),
    st.booleans(),
    st.booleans(),
)
@example("“办公室‘工作", SPEECH_IDS[0], "", True, True)
@example("办公室〔〕〔〕……〔不〕……（原文至此中断，编者注）……", SPEECH_IDS[0], "", False, False)
@example("【……】办公室［〔主任〕］", SPEECH_IDS[0], "", False, True)
def test_no_text_raises(text: str, speech: str, context: str, nested: bool, in_handbook: bool) -> None:
    request = Request(text, speech, Selector(prefix=context), nested=nested, in_handbook=in_handbook)
    verdict = verify(request, ARCHIVE)
    assert to_json(line_data("x", verdict))
    assert not (verdict.agrees and verdict.text in (TextStatus.UNCHECKED, TextStatus.ALTERED))


@given(slices(least=14, most=40), st.randoms(use_true_random=False))
def test_marks_and_noise_in_a_real_slice_never_raise(taken: tuple[Speech, int, int], chance: random.Random) -> None:
    speech, start, end = taken
    text = list(speech.text[start:end])
    for _ in range(4):
        text.insert(chance.randrange(len(text) + 1), chance.choice("〔〕［］【】…“”‘’\"'\u200b\u0301（）"))
    for nested in (False, True):
        verify(Request("".join(text), speech.id, nested=nested), ARCHIVE)
