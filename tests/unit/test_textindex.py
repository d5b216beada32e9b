"""The index of a large archive: what it may not lose, and that it is made again when it is not what it should be."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="the extra `large`")

from hypothesis import event, given, settings, strategies as st  # noqa: E402

from drafts.draft import Paragraph  # noqa: E402
from drafts.judge import judge  # noqa: E402
from drafts.quoted import Attribution, Kind, Quotation  # noqa: E402
from handbook.find import describe  # noqa: E402
from intake.twins import twin_of  # noqa: E402
from speeches.core.matching.verdict import PlaceStatus, Request  # noqa: E402
from speeches.core.matching.verify import verify  # noqa: E402
from speeches.core.prose.wording import LEAST_RUN, WordingIndex  # noqa: E402
from speeches.core.source import archive as archives, textindex  # noqa: E402
from speeches.core.source.archive import Archive, load_archive  # noqa: E402
from speeches.core.source.folding import fold  # noqa: E402
from speeches.core.source.speech import Speech  # noqa: E402
from speeches.core.source.textindex import TextIndex  # noqa: E402
from speeches.core.source.winnow import GRAM, SHORTEST, WINDOW, codes, grams, winnowed  # noqa: E402
from suggest.passages import saying  # noqa: E402
from support import SPEECHES, archive_of  # noqa: E402

LETTERS = "甲乙丙丁，。"
"""Few, so that runs recur."""


@pytest.fixture(autouse=True)
def _any_archive_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGE", 0)


def _speeches(*texts: str) -> list[Speech]:
    """Each with a title of its own, which may stand anywhere."""
    return [Speech(f"s{number}", f"题名\n{text}", f"digest of {text}") for number, text in enumerate(texts)]


def _archive(*texts: str) -> Archive:
    return Archive(Path(), {speech.id: speech for speech in _speeches(*texts)})


def _kept(text: str) -> set[int]:
    return {int(value) >> 32 for value in winnowed(grams(codes(text)))}


@given(st.text(LETTERS, max_size=60), st.text(LETTERS, max_size=60), st.text(LETTERS, min_size=13, max_size=40),
       st.text(LETTERS, max_size=60), st.text(LETTERS, max_size=60))  # fmt: skip
def test_two_texts_that_share_13_characters_keep_a_gram_of_them(a: str, b: str, run: str, c: str, d: str) -> None:
    assert SHORTEST == LEAST_RUN
    inside = {int(value) for value in grams(codes(run))}
    assert _kept(a + run + b) & _kept(c + run + d) & inside


@given(st.text(max_size=300))
def test_of_every_window_one_gram_is_kept(text: str) -> None:
    hashes = grams(codes(text))
    places = [int(value) & 0xFFFFFFFF for value in winnowed(hashes)]
    assert places == sorted(set(places))
    for start in range(len(hashes) - WINDOW + 1):
        assert any(start <= place < start + WINDOW for place in places), (start, places)
    assert len(hashes) == max(len(text) - GRAM + 1, 0)


@given(st.lists(st.text(LETTERS, max_size=60), min_size=1, max_size=5), st.text(LETTERS, min_size=1, max_size=20))
def test_no_speech_that_holds_a_text_is_left_out(texts: list[str], asked: str) -> None:
    archive = _archive(*texts)
    texts = [speech.folded.text for speech in archive]
    said = fold(asked).text
    assert {speech.id for speech in archive.holding(said)} == {f"s{n}" for n, text in enumerate(texts) if said in text}


@given(st.lists(st.text(LETTERS, min_size=20, max_size=80), min_size=1, max_size=4), st.data())
def test_every_run_of_13_characters_is_found(texts: list[str], data: st.DataObject) -> None:
    """In a text put together of pieces of the speeches and of other characters."""
    archive = _archive(*texts)
    prose = ""
    for _ in range(data.draw(st.integers(1, 4))):
        text = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(text) - 10))
        prose += text[start : start + data.draw(st.integers(10, 30))] + data.draw(st.text(LETTERS + "子", max_size=9))
    told = [(hit.start, hit.end) for hit in WordingIndex.build(archive, ()).borrowed(prose)]
    event("told" if told else "not told")
    prose = fold(prose).text  # of these characters each folds to one
    for start in range(len(prose) - LEAST_RUN + 1):
        run = prose[start : start + LEAST_RUN]
        if any(run in speech.folded.text for speech in archive):
            assert any(a < start + LEAST_RUN and start < b for a, b in told), (run, told)
    for a, b in told:
        assert b - a >= LEAST_RUN
        assert any(prose[a:b] in speech.folded.text for speech in archive)


_REAL = load_archive(SPEECHES)


@settings(max_examples=200)
@given(
    st.sampled_from(_REAL.in_order), st.randoms(use_true_random=False), st.integers(28, 60), st.sampled_from("甲，0")
)
def test_a_quotation_of_28_characters_with_one_change_is_located(
    speech: Speech, chance: random.Random, length: int, strange: str
) -> None:
    source = speech.folded.text
    start = chance.randrange(len(source) - length)
    at = start + chance.randrange(length)
    changed = source[start:at] + strange * chance.randrange(3) + source[at + chance.randrange(3) : start + length]
    regions = _index().nearest(changed)
    assert any(_REAL.in_order[r.number] is speech and r.start <= start and start + length <= r.end for r in regions)


@cache
def _index() -> TextIndex:
    return TextIndex.of(_REAL.in_order, None)


def test_a_quotation_of_another_speech_is_told_as_its(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path, {"one": "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥。\n", "two": "天地玄黄‘宇宙洪荒’，日月盈昃。\n"}
    )
    assert archive.index is not None
    for text, nested in (
        ("宇宙洪荒", False), ("天地玄黄‘宇宙洪荒’，日月盈昃", False), ("天地玄黄“宇宙洪荒”，日月盈昃", True),
        ("天地玄黄……日月盈昃", False), ("天地玄元〔黄〕‘宇宙洪荒’，日月盈昃", False), ("日月盈昃（原文如此）", False),
        ("天地（原文如此）", False),
    ):  # fmt: skip
        verdict = verify(Request(text, "one", nested=nested), archive)
        told = verify(Request(text, "two", nested=nested), archive).agrees
        assert (verdict.place is PlaceStatus.ELSEWHERE) is told and not verdict.agrees, text
        assert not told or (verdict.found and verdict.found.speech == "two")


def _forms(archive: Archive) -> list[Any]:
    """What an editor is told of the same texts: of each speech a run, a changed run, and what no speech says."""
    chance = random.Random(7)
    words = WordingIndex.build(archive, ())
    ids, out = list(archive.speeches), list[Any]()
    for speech in archive.in_order:
        source = speech.folded.text
        for _ in range(4):
            at = chance.randrange(len(source) - 60)
            run = source[at : at + 40]
            other = ids[(ids.index(speech.id) + 1) % len(ids)]
            changed = f"{run[:20]}甲{run[21:]}"
            out += [verify(Request(text, cited), archive) for text in (run, changed) for cited in (speech.id, other)]
            out += [describe(run, archive), describe(changed, archive), describe(run[:6], archive)]
            out += [[hit.found.text for hit in words.borrowed(f"编者说{run[:25]}，又说天地玄黄。")]]
            for name in ("", other):
                kind = Quotation(Paragraph(run, "第1段"), 0, len(run), Kind.MARKS, Attribution(name))
                judged = judge(kind, archive)
                out.append((judged.outcome, judged.places))
        out.append(twin_of(speech.text[: len(speech.text) * 2 // 3], archive))
    return out


def test_with_the_index_the_same_is_told_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    with_index = load_archive(SPEECHES)
    assert with_index.index is not None
    told = _forms(with_index)
    monkeypatch.setattr(archives, "LARGE", 10**9)
    without = load_archive(SPEECHES)
    assert without.index is None
    for one, other in zip(told, _forms(without), strict=True):
        assert one == other


def test_a_suggestion_is_looked_for_where_one_of_the_words_stands() -> None:
    archive = load_archive(SPEECHES)
    words = "信访", "机要保密"
    wanted = [speech.id for speech in archive if any(word in speech.folded.text for word in words)]
    assert 0 < len(wanted) < len(archive.speeches)
    assert list(saying(archive, words).speeches) == wanted


class TestKept:
    """The file."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "made" / "archive.index"

    def _times(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        made: list[int] = []
        original = TextIndex._made

        def counted(speeches: list[Speech]) -> TextIndex:
            made.append(len(speeches))
            return original(speeches)

        monkeypatch.setattr(TextIndex, "_made", counted)
        return made

    def test_it_is_made_once_and_again_when_a_speech_changed(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = self._times(monkeypatch)
        texts = "甲乙丙丁戊己庚辛壬癸子丑寅卯", "天地玄黄宇宙洪荒日月盈昃辰宿"
        for _ in range(2):
            assert TextIndex.of(_speeches(*texts), file).holding("宇宙洪荒") == [1]
        assert len(made) == 1
        assert TextIndex.of(_speeches(texts[0], "寒来暑往"), file).holding("宇宙洪荒") == []
        assert TextIndex.of(_speeches(*reversed(texts)), file).holding("宇宙洪荒") == [0]
        assert len(made) == 3
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    def test_a_damaged_file_is_made_again(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        speeches = _speeches("天地玄黄宇宙洪荒日月盈昃辰宿列张")
        TextIndex.of(speeches, file)
        whole = file.read_bytes()
        broken = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
        broken += [whole[:at] for at in (0, 1, len(whole) // 2, len(whole) - 1)] + [whole + b"\0", b"[]\n", b"{}\n"]
        made = self._times(monkeypatch)
        for damaged in broken:
            file.write_bytes(damaged)
            assert TextIndex.of(speeches, file).holding("宇宙洪荒日月盈昃辰宿列") == [0]
        assert len(made) >= len(broken) - whole.index(b"\n")  # white space at the end of the head means nothing
        assert file.read_bytes() == whole

    def test_it_does_without_a_disk(self, tmp_path: Path) -> None:
        (tmp_path / "made").write_text("a file where a folder should be")
        index = TextIndex.of(_speeches("天地玄黄宇宙洪荒"), tmp_path / "made" / "archive.index")
        assert index.holding("宇宙洪荒") == [0]


def test_what_the_index_proposes_is_compared_with_the_speech() -> None:
    """An index of other texts cannot make a quotation pass, nor stand anywhere."""
    archive = _archive("天地玄黄宇宙洪荒日月盈昃辰宿列张", "寒来暑往秋收冬藏闰余成岁律吕调阳")
    lying = TextIndex.of(_speeches("寒来暑往秋收冬藏闰余成岁律吕调阳", "云腾致雨露结为霜金生丽水玉出昆冈"), None)
    vars(archive)["index"] = lying
    verdict = verify(Request("云腾致雨露结为霜金生丽水玉出昆冈", "s0"), archive)
    assert not verdict.agrees and verdict.found is None and verdict.place is not PlaceStatus.ELSEWHERE


def test_a_file_that_cannot_be_read_again_leaves_the_index_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textindex, "_opened", lambda *_asked: None)
    assert TextIndex.of(_speeches("天地玄黄宇宙洪荒"), tmp_path / "index").holding("宇宙洪荒") == [0]
    assert (tmp_path / "index").is_file()
