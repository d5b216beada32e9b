"""What the page 许可 says of the fonts is what lies in the PDF of the real book."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from booksite.shipped import shipped, unknown


def test_every_font_in_the_pdf_is_of_a_part_and_every_part_is_there(pdf: Path) -> None:
    faces = set()
    for page in PdfReader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            faces.add(str(font.get_object()["/BaseFont"]).removeprefix("/").partition("+")[2])
    assert len(faces) >= 6 and unknown(faces, fonts=True) == []
    assert [part.name for part in shipped() if part.fonts and not any(map(part.has_font, faces))] == []
