"""A bad file is a clear error with file, key and line, keeps its speech out, and leaves the rest alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from speeches.core.matching.verdict import Flag
from speeches.core.source.archive import Fault, FaultKind, load_archive
from support import MakeArchive, archive_of, ask, fault_of, messages, write_archive

TEXT = "办公室工作无小事。\n何主任在1月9日说，不要怕苦，办公室副主任要带头。\n谢谢大家！\n"


def _refused(tmp_path: Path, record: str, text: str | bytes = TEXT) -> Fault:
    return fault_of(tmp_path / "s", "one", text, record)


@pytest.mark.parametrize(
    ("record", "line", "key"),
    [
        ("\n\nnonsense = 1\n", 5, "nonsense"),
        ("Title = 1\n", 3, "Title"),
        ("date = 2015\n", 3, "date"),
        ('date = "去年"\n', 3, "date"),
        ('checked_against_original = "no"\n', 3, "checked_against_original"),
        ('rights = "secret"\n', 3, "rights"),
        ("skip = [[2, 1]]\n", 3, "skip"),
        ("skip = [[0, 1]]\n", 3, "skip"),
        ("join = [[1, 2], [2, 3]]\n", 3, "join"),
        ("skip = [[1, 99]]\n", 3, "skip"),
        ('[[emendation]]\nline = 1\noriginal = "没有的字"\nreading = "有的字"\n', 5, "original"),
        ('[[emendation]]\nline = 9\noriginal = "办"\nreading = "力"\n', 4, "line"),
        ('[[emendation]]\nline = 1\noriginal = "办公"\nreading = "办工"\nkind = "typo"\n', 7, "kind"),
        ('[[emendation]]\nline = 1\noriginal = "办公"\nreading = "办公"\n', 5, "original"),
        ('[[emendation]]\nline = 1\noriginal = "办公"\n', 3, "emendation"),
        ('[[emendation]]\nline = "1"\noriginal = "办"\nreading = "力"\n', 4, "line"),
        ('[[emendation]]\nline = 3\noriginal = "谢"\nreading = "射"\n', None, "occurrence"),
        ('[[restrict]]\nlines = [2, 2]\nfrom = "没有"\nkind = "noquote"\n', 5, "from"),
        ('[[restrict]]\nlines = [2, 2]\nto = "没有"\nkind = "noquote"\n', 5, "to"),
        ('[[restrict]]\nlines = [2, 2]\nfrom = "带头"\nto = "何主任"\nkind = "noquote"\n', 6, "to"),
        ('[[restrict]]\nlines = [2, 9]\nkind = "noquote"\n', 4, "lines"),
        ('[[restrict]]\nlines = [2]\nkind = "noquote"\n', 4, "lines"),
        ('[[restrict]]\nlines = [2, 2]\nkind = "secret"\n', 5, "kind"),
        ('[[restrict]]\nlines = [2, 2]\nwhy = "x"\nkind = "noquote"\n', 5, "why"),
        ('called = "县里的讲话"\n', 3, "called"),
        ('order = "1"\n', 3, "order"),
        ('[[dated]]\nwording = "没有的话"\nperiod = "当时"\nlook_up = "现行规定"\n', 4, "wording"),
        ('[[dated]]\nwording = "不要怕苦"\nperiod = "当时"\n', 3, "dated"),
        ('date = "2015\n', 3, ""),
    ],
)
def test_a_bad_record_names_key_and_line(tmp_path: Path, record: str, line: int | None, key: str) -> None:
    fault = _refused(tmp_path, record)
    assert fault.kind is FaultKind.UNREADABLE
    problem = fault.problems[0]
    assert problem.key == key
    assert problem.path == "s/one.toml"
    if line is not None:
        assert problem.line == line, str(problem)


def test_a_missing_title_and_digest(tmp_path: Path) -> None:
    fault = _refused(tmp_path, 'title = ""\nsha256 = ""\n')
    assert {problem.key for problem in fault.problems} == {"title", "sha256"}, "all problems are collected"
    assert f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"' in messages(fault), "it can be pasted"


@pytest.mark.parametrize(
    ("line", "original", "reading"),
    [
        (2, "不要怕苦", "要怕苦"),
        (2, "怕苦", "不怕苦"),
        (2, "1月9日", "1月19日"),
        (2, "何主任", "贺主任"),
        (2, "何", "贺"),
        (2, "副主任", "主任"),
        (2, "副", ""),
        (2, "主任要", "书记要"),
        (2, "说，", "说，没有"),
        (1, "办公室", "政府办公室"),
        (2, "说，", "说，不仅"),
        (2, "说，", "说，不怕"),
    ],
)
def test_an_emendation_never_turns_the_sense(tmp_path: Path, line: int, original: str, reading: str) -> None:
    """No negator, number, name or post, however narrowly the record cuts ``original``."""
    record = f'[[emendation]]\nline = {line}\noriginal = "{original}"\nreading = "{reading}"\n'
    fault = _refused(tmp_path, record)
    assert fault.problems[0].key == "reading"


@pytest.mark.parametrize(
    ("original", "reading"), [("苦在其中", "甜在其中"), ("提高", "降低"), ("积极", "消极"), ("增", "减")]
)
def test_an_emendation_never_puts_the_opposite(tmp_path: Path, original: str, reading: str) -> None:
    record = f'[[emendation]]\nline = 1\noriginal = "{original}"\nreading = "{reading}"\n'
    (problem,) = _refused(tmp_path, record, "苦在其中，积极提高，有增有长。\n").problems
    assert problem.key == "reading" and "反义词" in problem.message


def test_an_emendation_never_turns_a_prohibition(tmp_path: Path) -> None:
    record = '[[emendation]]\nline = 1\noriginal = "反对"\nreading = "支持"\n'
    assert _refused(tmp_path, record, "坚决反对“四风”，锤炼作风。\n").problems


def test_overlapping_emendations(tmp_path: Path) -> None:
    one = '[[emendation]]\nline = 1\noriginal = "办公"\nreading = "办工"\n'
    two = '[[emendation]]\nline = 1\noriginal = "公室"\nreading = "工室"\n'
    assert "重叠" in messages(_refused(tmp_path, one + two))


def test_missing_text_and_unknown_speech(tmp_path: Path) -> None:
    folder = write_archive(tmp_path / "s", {"two": TEXT})
    (folder / "one.toml").write_text('title = "一"\nsha256 = "00"\n', encoding="utf-8")
    archive = load_archive(folder)
    assert archive.faults["one"].kind is FaultKind.MISSING
    assert list(archive.speeches) == ["two"], "the rest is loaded"


def test_a_digest_that_differs(tmp_path: Path) -> None:
    folder = write_archive(tmp_path / "s", {"one": TEXT})
    (folder / "one.txt").write_text(TEXT.replace("不要", "只要"), encoding="utf-8")
    fault = load_archive(folder).faults["one"]
    assert fault.kind is FaultKind.CHANGED
    assert fault.problems[0].key == "sha256" and fault.problems[0].line == 2


def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    folder = write_archive(tmp_path / "s", {"two": TEXT})
    (folder / "one.txt").symlink_to(outside)
    archive = load_archive(folder)
    assert "链接" in messages(archive.faults["one"])
    assert "two" in archive.speeches


def test_links_in_a_circle_and_folders(tmp_path: Path) -> None:
    folder = write_archive(tmp_path / "s", {"two": TEXT})
    (folder / "one.txt").symlink_to(folder / "one.txt")
    (folder / "three.txt").mkdir()
    assert set(load_archive(folder).faults) == {"one", "three"}


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("big5", "Big5")]
)
@pytest.mark.parametrize("record", [None, ""])
def test_not_utf8(tmp_path: Path, encoding: str, name: str, record: str | None) -> None:
    text = "辦公室工作無小事。" if encoding == "big5" else TEXT
    fault = fault_of(tmp_path / "s", "one", (text * 20).encode(encoding), record)
    assert fault.kind is FaultKind.UNREADABLE
    if encoding not in ("big5", "utf-16-le"):
        assert name in messages(fault)
    assert "UTF-8" in messages(fault)


def test_byte_order_mark_and_crlf_keep_their_offsets(tmp_path: Path, make_archive: MakeArchive) -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    archive = make_archive(tmp_path, {"one": data})
    verdict = ask(archive, "one", "不要怕苦", "p2")
    received = data.decode("utf-8")
    (span,) = verdict.fragments
    assert received[span.start : span.end] == "不要怕苦"
    assert verdict.text == "exact" and verdict.place == "as-cited"
    assert Flag.PARAGRAPH not in ask(archive, "one", "办公室工作无小事。\n何主任").flags


@pytest.mark.parametrize("character", ["\ufffd", "\ue000", "\x07", "\u202e"])
def test_odd_characters_are_reported(tmp_path: Path, make_archive: MakeArchive, character: str) -> None:
    archive = make_archive(tmp_path, {"one": f"办公室\n工作{character}无小事"})
    (notice,) = archive.notices
    assert (notice.path, notice.line) == ("speeches/one.txt", 2)
    assert f"U+{ord(character):04X}" in notice.message


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b" \r\n\n"])
def test_an_empty_file(tmp_path: Path, text: bytes) -> None:
    assert "空" in messages(_refused(tmp_path, "", text))


def test_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    folder = write_archive(tmp_path / "s", {"one": TEXT})
    os.truncate(folder / "one.txt", 50_000_000)
    assert "50 MB" in messages(load_archive(folder).faults["one"])


@pytest.mark.parametrize("name", ["One", "讲话", "a_b", "-a", "a--b", "a b"])
def test_ids_are_slugs(tmp_path: Path, name: str) -> None:
    folder = write_archive(tmp_path / "s", {name: TEXT})
    assert set(load_archive(folder).faults) == {name}
    assert set(load_archive(folder, bare_ids=True).speeches) == {name}


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        load_archive(tmp_path / "nothing")


def test_digests_in_capitals_are_the_same(tmp_path: Path, make_archive: MakeArchive) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest().upper()
    assert make_archive(tmp_path, {"one": TEXT}, {"one": f'sha256 = "{digest}"\n'}).speeches


def test_wording_of_its_time_is_found_wherever_it_stands(tmp_path: Path, make_archive: MakeArchive) -> None:
    record = '[[dated]]\nwording = "新时期"\nperiod = "当时的表述"\nlook_up = "现行文件"\n'
    speech = make_archive(tmp_path, {"one": "新时期要有新作为。\n新时期。\n"}, {"one": record}).speeches["one"]
    assert [(d.wording, [s.start for s in d.spans]) for d in speech.dated] == [("新时期", [0, 10])]


def test_speeches_stand_in_the_order_of_their_records(tmp_path: Path, make_archive: MakeArchive) -> None:
    texts = {"a": "第一篇讲话。", "b": "第二篇讲话。", "c": "第三篇讲话。"}
    archive = make_archive(
        tmp_path, texts, {"a": "order = 2\n", "b": 'order = 1\ncalled = ["县里的讲话", "县讲话"]\n', "c": ""}
    )
    assert [speech.id for speech in archive] == ["b", "a", "c"]
    assert archive.speeches["a"].called == "《a》"
    assert archive.speeches["b"].called == "县里的讲话"


def test_a_restriction_may_begin_and_end_with_the_file(tmp_path: Path) -> None:
    record = '[[restrict]]\nlines = [1, 1]\nto = "何"\nkind = "noquote"\n'
    speech = archive_of(tmp_path / "s", {"one": "何主任，同志们。"}, {"one": record}).speeches["one"]
    assert [(r.span.start, r.span.end) for r in speech.restrictions] == [(0, 1)]
