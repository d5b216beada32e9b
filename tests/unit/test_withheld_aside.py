"""Withheld words in what a PDF says beside its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from handbook.proof.aside import withheld_aside
from support import archive_of
from zhprint.reading import read_pdf

SECRET = "绳索每月换一次，救生的竹筏摆在顺手的地方。"
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:subject>{}</dc:subject></x:xmpmeta>'


@pytest.mark.parametrize("where", ["nowhere", "title", "keywords", "xmp", "bookmark", "destination", "name"])
def test_withheld_words_beside_the_pages_are_told(tmp_path: Path, where: str) -> None:
    record = 'title = "在渡口的讲话"\n[[restrict]]\nlines = [2, 2]\nkind = "withhold"\n'
    archive = archive_of(tmp_path / "speeches", {"river": f"渡口每天过往的人很多。\n{SECRET}\n"}, {"river": record})
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.add_metadata(
        {"/Title": SECRET if where == "title" else "手册", "/Keywords": SECRET[:12] if where == "keywords" else ""}
    )
    if where == "xmp":
        writer.xmp_metadata = XMP.format(SECRET).encode()
    if where == "bookmark":
        writer.add_outline_item(title=SECRET, page_number=0)
    if where == "destination":
        writer.add_named_destination(SECRET, 0)
    path = tmp_path / (f"{SECRET}.pdf" if where == "name" else "book.pdf")
    writer.write(path)
    told = list(withheld_aside(path, read_pdf(path), archive))
    assert len(told) == (0 if where == "nowhere" else 1)
    assert all("river" in message and SECRET not in message.partition("的文件名")[2] for message in told)
