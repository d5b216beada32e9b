"""Passages are suggested by theme and by words; what may not be quoted, or is quoted already, never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches.core.source.archive import Archive
from speeches.core.source.speech import Span
from suggest.bayes import learn
from suggest.features import Reader
from suggest.passages import candidates
from suggest.rank import for_theme, for_words
from support import MakeArchive

TEXT = """同志们：
一、看好灯
灯塔的灯要天天擦，灯芯要剪得齐，油要添得足，灯光才会亮。
夜里点灯的人不能打盹，灯一灭，船就看不见路。
二、管好船
渡船离岸以前，船工要把人数点清楚，把缆绳收好，把桨放稳。
船到了岸，船工要先下来扶老人和孩子，再搬货物。
"""
RECORD = 'skip = []\n[[restrict]]\nlines = [6, 6]\nkind = "noquote"\nreason = "试"\n'


@pytest.fixture
def small(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(tmp_path, {"lamp": TEXT}, {"lamp": RECORD})


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(())


def test_restricted_and_quoted_sentences_are_no_candidates(small: Archive) -> None:
    at = TEXT.index("夜里点灯")
    texts = [c.text for c in candidates(small, [("lamp", Span(at, at + 10))])]
    assert any(text.startswith("灯塔的灯") for text in texts) and any(text.startswith("船到了岸") for text in texts)
    assert not [text for text in texts if "夜里点灯" in text or "渡船离岸" in text]


def test_a_theme_gets_its_own_passages_first(small: Archive, reader: Reader) -> None:
    model = learn([
        ("点灯", reader.of_text("油灯要添油，灯芯要修剪，灯光要亮")),
        ("点灯", reader.of_text("守灯的人夜里看灯")),
        ("行船", reader.of_text("船工数人数，收缆绳，划船")),
        ("行船", reader.of_text("船靠岸，扶老人孩子下船")),
    ])  # fmt: skip
    found = list(candidates(small, []))
    assert all("灯" in s.candidate.text for s in for_theme("点灯", found, model, reader))
    assert [s.candidate.text[:4] for s in for_theme("行船", found, model, reader)] == ["船到了岸"]


def test_words_are_found_with_their_reason(small: Archive, reader: Reader) -> None:
    model = learn([("点灯", reader.of_text("油灯")), ("行船", reader.of_text("船工"))])
    first = for_words("扶老人", list(candidates(small, [])), model, reader)[0]
    assert first.candidate.text.startswith("船到了岸") and "老人" in first.words
    assert not for_words("公文格式", list(candidates(small, [])), model, reader)


def test_learning_evens_out_uneven_themes() -> None:
    """Many examples of one theme do not drag a passage of another along (Rennie et al. 2003)."""
    model = learn([("多", {"w:甲": 1, "w:共": 1})] * 20 + [("少", {"w:乙": 1, "w:共": 1})])
    assert model.best({"w:乙": 1, "w:共": 1}) == "少" and model.best({"w:甲": 1}) == "多"
    assert learn([]).best({"w:甲": 1}) == ""
