"""The ``quote`` role prints the outer marks itself: one level down, and still the right way round."""

from __future__ import annotations

import pytest

from speeches.core.matching.verdict import TextStatus
from speeches.core.source.archive import Archive
from support import BUREAU, COUNTY, ask


@pytest.mark.parametrize(
    "text",
    [
        "是领导机关的‘心脏’‘枢纽的枢纽’",
        "是领导机关的“心脏”“枢纽的枢纽”",
        "是领导机关的'心脏''枢纽的枢纽'",
        "是领导机关的『心脏』『枢纽的枢纽』",
    ],
)
def test_one_level_down_passes_in_the_role_only(archive: Archive, text: str) -> None:
    assert ask(archive, COUNTY, text, nested=True, in_handbook=True).agrees
    assert ask(archive, COUNTY, text, in_handbook=True).agrees is ("“" in text)


@pytest.mark.parametrize(
    "text",
    [
        "是领导机关的‘心脏‘’枢纽的枢纽’",
        "是领导机关的‘心脏“”枢纽的枢纽’",
        "是领导机关的“心脏“”枢纽的枢纽”",
        "是领导机关的“心脏‘’枢纽的枢纽”",
        "是领导机关的‘心脏’’枢纽的枢纽‘",
        "是领导机关的’心脏‘’枢纽的枢纽‘",
        "是领导机关的〈心脏〉〈枢纽的枢纽〉",
        "是领导机关的心脏枢纽的枢纽",
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_reversed_or_other_marks_never_pass(archive: Archive, text: str, nested: bool) -> None:
    """The source has two quotations side by side; ‘心脏‘’枢纽的枢纽’ makes one of them, and pairs by chance."""
    assert not ask(archive, COUNTY, text, nested=nested, in_handbook=True).agrees


@pytest.mark.parametrize("text", ["“灰浆桶”是指办公室", "‘灰浆桶’是指办公室", '"灰浆桶"是指办公室'])
def test_straight_marks_of_the_source(archive: Archive, text: str) -> None:
    verdict = ask(archive, BUREAU, text, nested=True, in_handbook=True)
    assert verdict.text in (TextStatus.EXACT, TextStatus.TYPOGRAPHIC)


@pytest.mark.parametrize("text", ["是领导机关的“心脏……枢纽的枢纽”", "是领导机关的“心脏……的枢纽”"])
def test_an_omission_never_makes_one_quotation_of_two(archive: Archive, text: str) -> None:
    """What is left out holds a closing and an opening mark, so that what is printed as one phrase was never said."""
    assert not ask(archive, COUNTY, text, in_handbook=True).agrees
