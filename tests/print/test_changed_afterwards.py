"""付印前核对 of a PDF that another program changed after it was made: what a reader would see or open is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter, Transformation
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)  # fmt: skip

from handbook.proof import Expected, check_pdf
from speeches.core.source.archive import Archive
from zhprint.typography import check_typography

WORDS = "谁都不要信"


Told = Callable[[Callable[[PdfWriter], object]], list[str]]


@pytest.fixture(scope="module")
def problems(
    expected: Expected, book_archive: Archive, book: Path, tmp_path_factory: pytest.TempPathFactory
) -> Told:  # fmt: skip
    folder = tmp_path_factory.mktemp("changed")
    items = json.loads((book / "verify/report.json").read_text(encoding="utf-8"))["excerpts"]

    def told(change: Callable[[PdfWriter], object]) -> list[str]:
        writer = PdfWriter(clone_from=book / "out/handbook.pdf")
        change(writer)
        file = folder / "changed.pdf"
        writer.write(file)
        typography = [f"{finding}" for finding in check_typography(file) if finding.grave]
        return [*check_pdf(file, expected, items, book_archive).problems, *typography]

    return told


def _chapter(writer: PdfWriter) -> int:
    return next(at for at, page in enumerate(writer.pages) if "本章完" in page.extract_text())


def note(writer: PdfWriter) -> None:
    writer.add_annotation(_chapter(writer), Text(text=WORDS, rect=(50, 550, 200, 650), open=True))


def free_text(writer: PdfWriter) -> None:
    writer.add_annotation(_chapter(writer), FreeText(text=WORDS, rect=(50, 550, 200, 650)))


def attachment(writer: PdfWriter) -> None:
    writer.add_attachment("稿.txt", WORDS.encode())


def script(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = action


def link_to_a_program(writer: PdfWriter) -> None:
    annotations = (a.get_object() for page in writer.pages for a in page.get("/Annots", ()))
    link = next(a for a in annotations if a["/Subtype"] == "/Link")
    link.pop("/Dest", None)
    link[NameObject("/A")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")}
    )


def page_lost(writer: PdfWriter) -> None:
    writer.remove_page(_chapter(writer))


def page_twice(writer: PdfWriter) -> None:
    at = _chapter(writer)
    writer.insert_page(writer.pages[at], at + 1)


def pages_exchanged(writer: PdfWriter) -> None:
    kids = writer.root_object["/Pages"]["/Kids"]
    at = _chapter(writer)
    kids[at], kids[at - 1] = kids[at - 1], kids[at]


def page_turned(writer: PdfWriter) -> None:
    writer.pages[_chapter(writer)].rotate(180)


def picture_over_the_text(writer: PdfWriter) -> None:
    image = DecodedStreamObject()
    image.set_data(b"\xff")
    image.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(1), NameObject("/Height"): NumberObject(1),
        NameObject("/ColorSpace"): NameObject("/DeviceGray"), NameObject("/BitsPerComponent"): NumberObject(8),
    })  # fmt: skip
    page = writer.pages[_chapter(writer)]
    page["/Resources"].get_object().setdefault(NameObject("/XObject"), DictionaryObject()).get_object()[
        NameObject("/Over")
    ] = writer._add_object(image)
    _draw(writer, page, b"q 600 0 0 850 0 0 cm /Over Do Q")


def box_over_the_text(writer: PdfWriter) -> None:
    _draw(writer, writer.pages[_chapter(writer)], b"q 1 g 0 0 600 850 re f Q")


def _draw(writer: PdfWriter, page: Any, operators: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(operators)
    content = page["/Contents"]
    parts = list(content) if isinstance(content, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(stream)])


def field_to_fill_in(writer: PdfWriter) -> None:
    widget = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("a"), NameObject("/V"): TextStringObject(WORDS),
        NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (50, 550, 200, 650)]),
    })  # fmt: skip
    page = writer.pages[_chapter(writer)]
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(widget))


def page_cut_smaller(writer: PdfWriter) -> None:
    page = writer.pages[_chapter(writer)]
    page.cropbox.upper_right = (300, 500)


def page_shrunk(writer: PdfWriter) -> None:
    page = writer.pages[_chapter(writer)]
    page.add_transformation(Transformation().scale(0.5))


def bookmark_renamed(writer: PdfWriter) -> None:
    first = writer.root_object["/Outlines"]["/First"].get_object()
    first[NameObject("/Title")] = TextStringObject(WORDS)


def title_changed(writer: PdfWriter) -> None:
    writer.add_metadata({"/Title": WORDS})


def layer(writer: PdfWriter) -> None:
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("层")})
    )
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([group]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
        }
    )


ADDED: dict[Callable[[PdfWriter], object], str] = {
    note: "有批注",
    free_text: "有文本批注",
    attachment: "夹带了附件",
    script: "打开时运行的动作",
    link_to_a_program: "不是通往网页或书中某处的链接",
    page_turned: "转过的版面",
    field_to_fill_in: "有表单域",
    title_changed: "文件属性里的标题",
    layer: "可以隐藏的图层",
}
"""None of it changes what the pages say."""


@pytest.fixture(scope="module")
def told_of_all(problems: Told) -> list[str]:
    def change(writer: PdfWriter) -> None:
        for one in ADDED:
            one(writer)

    return problems(change)


@pytest.mark.parametrize("change", ADDED, ids=lambda change: change.__name__)
def test_what_another_program_put_in_is_told(told_of_all: list[str], change: Callable[[PdfWriter], object]) -> None:
    assert [problem for problem in told_of_all if ADDED[change] in problem and "不要付印" in problem]


@pytest.mark.parametrize(
    "change",
    [
        page_lost, page_twice, pages_exchanged, page_cut_smaller, page_shrunk, bookmark_renamed, picture_over_the_text,
        box_over_the_text,
    ],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_what_another_program_did_to_the_pages_is_told(problems: Told, change: Callable[[PdfWriter], object]) -> None:
    assert problems(change)


def test_a_copy_passes(problems: Told) -> None:
    assert problems(lambda _: None) == []
