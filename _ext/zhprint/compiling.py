"""Typst source → PDF. What the compiler says is told in Chinese, with the line of the generated file."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from .messages import PrintError, warn


def compile_pdf(source: Path, fonts: list[Path], standard: str) -> int:
    """Compile beside the source; the number of pages. PrintError when the compiler refuses."""
    with tempfile.TemporaryDirectory(prefix="zhprint-") as folder:
        # Only these files: whatever else the folders hold cannot change the book.
        for number, font in enumerate(fonts):
            _place(font, Path(folder) / f"{number}{font.suffix.lower()}")
        try:
            compiler = typst.Compiler(
                str(source), root=str(source.parent), font_paths=[folder], ignore_system_fonts=True
            )
            standards: Any = [standard] if standard else []
            data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=standards)
        except typst.TypstError as error:
            hints = "".join(f"\n  提示：{hint}" for hint in getattr(error, "hints", []))
            raise PrintError(f"排版引擎不能排 {source.name}：{getattr(error, 'message', error)}{hints}") from None
    assert isinstance(data, bytes)
    for warning in warnings:
        warn("layout", f"排版引擎提示：{warning}", source.name)
    target = source.with_suffix(".pdf")
    target.write_bytes(data)
    return len(PdfReader(BytesIO(data)).pages)


def _place(font: Path, target: Path) -> None:
    try:
        target.symlink_to(font.resolve())
    except OSError:
        target.write_bytes(font.read_bytes())
