"""A form as a .docx that Word, WPS and LibreOffice open: A4, one page, the same bytes from the same form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.run import Run

from .sheet import Sheet

_WIDTH, _LINE = 166, 9
"""Millimetres: between the margins, and a line to write on."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(path: Path, title: str, told: Sequence[str], sheets: Sequence[Sheet], foot: str) -> None:
    """Write a form: its title, what it is for, its tables. ``foot``: where it comes from, at the foot of the page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_face(heading.add_run(title), "黑体", 18)
    for text in told:
        _set_face(document.add_paragraph().add_run(text), "仿宋", 10.5)
    for sheet in sheets:
        rows = len(sheet.rows) + bool(sheet.heads)
        _fill(document.add_table(rows, len(sheet.widths), style="Table Grid"), sheet)
        document.add_paragraph()
    _set_face(section.footer.paragraphs[0].add_run(foot), "宋体", 9)
    document.core_properties.title, document.core_properties.author = title, ""
    made = io.BytesIO()
    document.save(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_timeless(made))


def _fill(table: Table, sheet: Sheet) -> None:
    table.autofit = False
    unit = _WIDTH / sum(sheet.widths)
    rows = list(table.rows)
    if sheet.heads:
        rows[0].height, rows[0].height_rule = Mm(_LINE), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, text in zip(rows.pop(0).cells, sheet.heads, strict=True):
            _set_face(cell.paragraphs[0].add_run(text), "黑体", 10.5)
    for row, cells in zip(rows, sheet.rows, strict=True):
        row.height, row.height_rule = Mm(_LINE * max(cell.lines for cell in cells)), WD_ROW_HEIGHT_RULE.AT_LEAST
        at, grid = 0, row.cells
        for cell in cells:
            merged = grid[at].merge(grid[at + cell.span - 1])
            _set_face(merged.paragraphs[0].add_run(cell.text), "宋体", 10.5)
            at += cell.span
    for column, width in zip(table.columns, sheet.widths, strict=True):
        column.width = Mm(unit * width)
    for row in table.rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _set_face(run: Run, face: str, size: float) -> None:
    run.font.size = Pt(size)
    run.font.name = face
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _timeless(made: io.BytesIO) -> bytes:
    """The same file with no times in it: builds repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
