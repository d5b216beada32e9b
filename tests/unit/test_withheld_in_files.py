"""The proof of a site looks for withheld words in every file that holds text, unpacked where it is packed."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from handbook.proof.site import _withheld
from speeches.core.source.archive import Archive
from support import MakeArchive

SECRET = "昨天李某某偷懒没有剪果树"
RECORD = f'[[restrict]]\nlines = [2, 2]\nfrom = "{SECRET}"\nto = "{SECRET}"\nkind = "withhold"\n'


@pytest.fixture
def secretive(tmp_path: Path, make_archive: MakeArchive) -> Archive:
    return make_archive(
        tmp_path, {"orchard": f"果园里的讲话\n果树要剪枝。{SECRET}。今年要补上。\n"}, {"orchard": RECORD}
    )


def _inventory(path: Path, words: str) -> None:
    path.write_bytes(b"# Sphinx inventory version 2\nzlib.\n" + zlib.compress(f"x std:label -1 a {words}".encode()))


def _docx(path: Path, words: str) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for character in words:
        paragraph.add_run(character)
    document.save(str(path))


def _text(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write"), [("objects.inv", _inventory), ("form.docx", _docx), ("data.js", _text), ("a.svg", _text)]
)
def test_withheld_words_are_found(
    tmp_path: Path, secretive: Archive, name: str, write: Callable[[Path, str], None]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    write(site / name, "果树要剪枝。")
    assert not list(_withheld(site, secretive))
    write(site / name, f"据说{SECRET}。")
    (told,) = _withheld(site, secretive)
    assert name in told and "orchard" in told


def test_a_damaged_inventory_is_told(tmp_path: Path, secretive: Archive) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "objects.inv").write_bytes(b"# Sphinx inventory version 2\nzlib.\nnot packed")
    (told,) = _withheld(site, secretive)
    assert "读不出来" in told
