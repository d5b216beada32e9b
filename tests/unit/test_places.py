"""Where words stand, asked without a verdict: in a speech as received, in it as it should read; and what gives a secret away."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.matching.corrected import Corrected, without_marks
from speeches.core.matching.locate import locate
from speeches.core.matching.withheld import tells_withheld
from speeches.core.source.folding import fold
from speeches.core.source.selector import Selector, parse_locator
from speeches.core.source.speech import Span
from support import TWO_ERRORS, MakeArchive

LINE = "在工作得心应手，位臵要紧。"


@pytest.mark.parametrize(
    ("wanted", "received"),
    [
        ("心应手", "心应手"),
        ("工作中得心", "工作得心"),
        ("工作中", "工作"),
        ("置要紧。", "臵要紧。"),
        ("位置", "位臵"),
        ("在工作中得心应手，位置要紧。", LINE),
    ],
)
def test_corrected_words_are_found_at_the_received_ones(
    tmp_path: Path, make_archive: MakeArchive, wanted: str, received: str
) -> None:
    (speech,) = make_archive(tmp_path, {"one": LINE}, {"one": TWO_ERRORS})
    (place,) = Corrected.of(speech).places(fold(wanted).text)
    assert speech.text[place.start : place.end] == received
    assert Corrected.of(speech).places("没有的话") == []


def test_without_marks_a_text_reads_as_it_should() -> None:
    assert without_marks("位臵〔置〕，在工作［中］，一【个】颗") == "位置，在工作中，一颗"
    assert without_marks("〔甲〕乙") == "甲乙"


@pytest.mark.parametrize(
    ("text", "locator", "found"),
    [
        ("国发〔2013〕5号", "", "国发〔2013〕5号"),  # the speech's own brackets
        ("国发5号", "", ""),
        ("按照国发……要求去办", "", "按照国发〔2013〕5号文件的要求去办"),
        ("要去办", "", ""),
        ("去办", "", ""),  # twice
        ("去办", "p2", "去办"),
        ("去办", "p9", ""),
    ],
)
def test_words_are_located_where_they_stand(
    tmp_path: Path, make_archive: MakeArchive, text: str, locator: str, found: str
) -> None:
    (speech,) = make_archive(tmp_path, {"one": "按照国发〔2013〕5号文件的要求去办。\n马上去办。\n"}, {"one": None})
    place = locate(text, speech, Selector(parse_locator(locator) if locator else None))
    assert (speech.text[place.start : place.end] if place else "") == found
    if locator == "p2":
        assert place == Span(speech.text.rindex("去办"), speech.text.rindex("去办") + 2)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("编者说竹筏摆在桥下边", True),  # six in a row that stand nowhere else
        ("编者说竹筏摆在桥", False),
        ("救生的竹筏很多", False),  # said openly too
        ("这里写着暗号", True),  # all of a short one, though a speech says it openly
        ("暗处的号", False),
    ],
)
def test_six_characters_or_the_whole_give_a_secret_away(
    tmp_path: Path, make_archive: MakeArchive, text: str, tells: bool
) -> None:
    restricted = "".join(f'[[restrict]]\nlines = [{n}, {n}]\nkind = "withhold"\nreason = "内部"\n' for n in (1, 2))
    archive = make_archive(
        tmp_path,
        {"one": "救生的竹筏摆在桥下边\n暗号\n桥上人多。\n", "two": "救生的竹筏很多，暗号每天换。\n"},
        {"one": restricted, "two": None},
    )
    assert tells_withheld(text, archive) is tells
