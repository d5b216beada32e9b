"""One bad file is one message: whatever a file from outside holds, its reader raises what it declares, and soon."""

from __future__ import annotations

import json
import os
import tarfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from citable.shape import CitationsError, changes_in, excerpts_in, from_json
from handbook.verify_lines import parse_line
from handbook_citations.site import read_site
from permalink.moved import MovedError, parse_moved
from permalink.published import PublishedError, parse_published
from speeches.core.errors import CoreError, LockError
from speeches.core.report.coverage import read_labels
from speeches.core.review.lockfile import parse_lock, read_lock
from speeches.core.source.archive import load_archive
from support import fault_of, messages, write_archive
from zh.encoding import UnreadableError
from zh.toml import TomlError, from_toml
from zh.words import read_words
from zhprint import fetch
from zhprint.reading import ReadingError, read_pdf
from zhsearch.words import read_synonyms

LONG, DEEP = "9" * 5000, "[" * 3000
TOML = [f"skip = [[1, {LONG}]]", f"title = {DEEP}", "title = \x00", "= = =", "[[", f"on = 1979-05-27T{LONG}"]


@pytest.mark.parametrize("source", TOML)
def test_toml_is_told_in_one_way(source: str) -> None:
    with pytest.raises(TomlError):
        from_toml(source)


@pytest.mark.parametrize("source", TOML)
def test_a_bad_record_is_a_fault_of_one_speech_and_the_others_load(tmp_path: Path, source: str) -> None:
    folder = write_archive(tmp_path / "speeches", {"good": "好的。\n", "bad": "坏的。\n"})
    (folder / "bad.toml").write_text(source, encoding="utf-8")
    archive = load_archive(folder)
    assert list(archive.speeches) == ["good"] and list(archive.faults) == ["bad"]


@pytest.mark.parametrize("key", ["skip", "join"])
def test_a_range_without_end_is_told_and_takes_no_memory(tmp_path: Path, key: str) -> None:
    fault = fault_of(tmp_path, "one", "甲。\n乙。\n", f"{key} = [[1, {'9' * 18}]]\n")
    assert "超出" in messages(fault)


@pytest.mark.parametrize("source", TOML)
def test_moved_ids(source: str) -> None:
    with pytest.raises(MovedError, match=r"moved-ids\.toml"):
        parse_moved(source)


def _too_large(path: Path) -> Path:
    """A file one byte over the limit that takes no place on the disk."""
    with path.open("wb") as file:
        file.truncate(60_000_000)
    return path


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path: Path) -> None:
    with pytest.raises(LockError, match=r"excerpts\.lock: 超过上限 10 MB"):
        read_lock(_too_large(tmp_path / "excerpts.lock"))
    for read in (read_words, read_synonyms):
        with pytest.raises(UnreadableError, match="超过上限 10 MB"):
            read(_too_large(tmp_path / "words.txt"))
    with pytest.raises(CoreError, match="超过上限"):
        read_labels(_too_large(tmp_path / "labels.jsonl"))
    folder = write_archive(tmp_path / "speeches", {"good": "好的。\n"})
    _too_large(folder / "long.txt")
    assert "超过上限" in messages(load_archive(folder).faults["long"])
    assert "超过上限" in read_site(_too_large(tmp_path / "objects.inv").parent).problem


def test_an_inventory_that_would_fill_the_memory_is_told(tmp_path: Path) -> None:
    head = b"# Sphinx inventory version 2\n# Project: a\n# Version: 1\n# The remainder of this file is compressed using zlib.\n"
    (tmp_path / "objects.inv").write_bytes(head + zlib.compress(b"\n" * 60_000_000))
    assert "解开以后超过 50 MB" in read_site(tmp_path).problem


def test_too_long_a_citations_file_is_told(tmp_path: Path) -> None:
    line = b"a std:label -1 a.html -\n"
    head = b"# Sphinx inventory version 2\n# Project: a\n# Version: 1\n# The remainder of this file is compressed using zlib.\n"
    (tmp_path / "objects.inv").write_bytes(head + zlib.compress(line))
    _too_large(tmp_path / "citations.json")
    site = read_site(tmp_path)
    assert site.usable and "超过上限 50 MB" in site.remark


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    readers: list[tuple[Callable[[str], object], type[Exception]]] = [
        (from_toml, TomlError), (parse_moved, MovedError), (parse_published, PublishedError), (parse_lock, LockError),
        (from_json, CitationsError),
    ]  # fmt: skip
    for read, declared in readers:
        with suppress(declared):
            read(text)
    parse_line(text.encode("utf-8", "surrogatepass"), 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    text = json.dumps({"version": 1, "items": value, "changes": {"a": value}})
    assert excerpts_in(from_json(text)) == {} and changes_in(from_json(text)) == {}
    parse_line(json.dumps(value).encode(), 1)


@pytest.mark.parametrize("line", [DEEP, LONG, f'{{"speech": {LONG}}}', f'{{"text": {DEEP}', "\ufeff", '{"id": NaN}'])
def test_a_bad_line_is_a_bad_line(line: str) -> None:
    assert parse_line(line.encode(), 7)[2].startswith("第7行")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_what_is_no_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LockError, match="不是普通文件"):
        read_lock(tmp_path / "pipe")
    assert read_words(tmp_path / "pipe") == ()
    folder = write_archive(tmp_path / "speeches", {"good": "好的。\n"})
    for name in ("a.txt", "b.toml"):
        os.mkfifo(folder / name)
    archive = load_archive(folder)
    assert list(archive.speeches) == ["good"] and sorted(archive.faults) == ["a", "b"]


@given(st.binary(max_size=400))
def test_any_bytes_of_an_inventory(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "inventory"
    folder.mkdir(exist_ok=True)
    for head in (
        b"",
        b"# Sphinx inventory version 1\n",
        b"# Sphinx inventory version 2\n# Project: x\n# Version: 1\n# zlib\n",
    ):
        (folder / "objects.inv").write_bytes(head + data)
        assert not read_site(folder).usable


def test_a_damaged_pdf_is_told(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(200, 200)
    writer.add_outline_item(title="题", page_number=1)
    out = BytesIO()
    writer.write(out)
    whole, path = out.getvalue(), tmp_path / "a.pdf"
    words = (
        b"/Type",
        b"/Page",
        b"/Kids",
        b"/Count",
        b"/Root",
        b"obj",
        b"/MediaBox",
        b"[",
        b"<<",
        b"/Size",
        b"xref",
        b"trailer",
        b"/Outlines",
    )
    damaged = [whole[: len(whole) * part // 12] for part in range(12)]
    damaged += [whole.replace(word, b"/Filter", 1) for word in words] + [
        whole.replace(word, b"9" * len(word)) for word in words
    ]
    told = 0
    for data in damaged:
        path.write_bytes(data)
        try:
            read_pdf(path)
        except ReadingError as error:
            told += "a.pdf 读不懂" in str(error)
    assert told >= 12


def test_what_npm_brings_is_refused_when_it_is_not_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(fetch.subprocess, "run", lambda *_args, **_more: None)
    pin = {"file": "a.ttf", "npm": "a@1", "path": "package/a.ttf", "sha256": "0" * 64, "needed": True, "licence": "OFL"}
    monkeypatch.setattr(fetch, "pins", lambda: [pin])
    assert fetch.fetch(tmp_path / "nothing") == 1

    def packed(*members: tarfile.TarInfo) -> bytes:
        out = BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as archive:
            for member in members:
                archive.addfile(member, BytesIO(b"x" * member.size))
        return out.getvalue()

    link, file = tarfile.TarInfo("package/a.ttf"), tarfile.TarInfo("package/a.ttf")
    link.type, link.linkname, file.size = tarfile.SYMTYPE, "/etc/passwd", 40_000
    for number, data in enumerate((packed(), packed(link), packed(file), packed(file)[:60], b"", b"not a package")):

        def bring(command: list[str], cwd: Path, data: bytes = data, **_more: object) -> None:
            (cwd / "a-1.tgz").write_bytes(data)

        monkeypatch.setattr(fetch.subprocess, "run", bring)
        folder = tmp_path / str(number)
        assert fetch.fetch(folder) == 1 and list(folder.iterdir()) == []
