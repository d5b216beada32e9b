"""Which anchors the page of a speech has."""

from __future__ import annotations

import pytest

from speeches.domain import SpeechPage


@pytest.mark.parametrize(
    ("place", "anchor"),
    [
        ("p3", "p3"),
        ("p12", "p12"),
        ("p12.s4", "p12.s4"),
        ("p12.s5", "p12"),
        ("p12.s0", "p12"),
        ("p12.sx", "p12"),
        ("p3.s1", "p3"),  # a heading has no sentences
        ("p012", ""),
        ("p１２", ""),
        ("p4", ""),
        ("12", ""),
        ("", ""),
        ("p" + "1" * 5000, ""),
        ("p12.s" + "1" * 5000, "p12"),
    ],
)
def test_a_place_is_the_sentence_else_the_paragraph_else_nothing(place: str, anchor: str) -> None:
    assert SpeechPage("lamp", "《题名》", (3, 12), (0, 4)).anchor(place) == anchor
