"""Locators: read, written, resolved, and found again for a span."""

from __future__ import annotations

import pytest

from speeches.core.errors import LocatorError
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Locator, locator_of, parse_locator, resolve_locator
from support import COUNTY, SPEECH_IDS


@pytest.mark.parametrize("text", ["p12", "p12-14", "p12.s2", "p12.s2-4", "p1", "p100.s10-20"])
def test_what_is_read_is_written(text: str) -> None:
    assert str(parse_locator(text)) == text


@pytest.mark.parametrize("text", ["p12-12", "p12.s2-2"])
def test_a_range_of_one_is_written_short(text: str) -> None:
    assert str(parse_locator(text)) == text.rsplit("-", 1)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "P12",
        "p",
        "p12.",
        "p12.s",
        "p12.s0",
        "p12.s4-2",
        "p14-12",
        "p12.2",
        "p12 ",
        "p12\n",
        "p-1",
        "p12.s1-",
        "p12.s2-p13",
        "第12段",
    ],
)
def test_no_locator(text: str) -> None:
    with pytest.raises(LocatorError, match="段句号|句号|行号"):
        parse_locator(text)


@pytest.mark.parametrize("text", ["p0", "p1", "p29", "p999", "p12.s9", "p11-999", "p" + "9" * 30])
def test_out_of_range(archive: Archive, text: str) -> None:
    with pytest.raises(LocatorError):
        resolve_locator(parse_locator(text), archive.speeches[COUNTY].outline)


@pytest.mark.parametrize("speech_id", SPEECH_IDS)
def test_every_sentence_and_paragraph_is_found_again(archive: Archive, speech_id: str) -> None:
    outline = archive.speeches[speech_id].outline
    for paragraph in outline.paragraphs:
        assert locator_of(paragraph.start, paragraph.end, outline) == Locator(paragraph.line, paragraph.line)
        for sentence in paragraph.sentences:
            found = locator_of(sentence.start, sentence.end, outline)
            assert found is not None
            start, end = resolve_locator(found, outline)
            assert (start, end) == (sentence.start, sentence.end)
            inner = locator_of(sentence.start + 1, sentence.end - 1, outline)
            assert inner == found, "the narrowest that covers"


def test_a_span_over_paragraphs(archive: Archive) -> None:
    outline = archive.speeches[COUNTY].outline
    start, end = outline.paragraphs[3].start, outline.paragraphs[5].end
    found = locator_of(start, end, outline)
    assert found is not None and resolve_locator(found, outline) == (start, end)


def test_where_no_paragraph_is_there_is_no_locator(archive: Archive) -> None:
    speech = archive.speeches[COUNTY]
    assert locator_of(0, 3, speech.outline) is None
