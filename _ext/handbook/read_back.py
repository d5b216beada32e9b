"""付印前核对 of what was made, for ``check-print`` and ``edition`` alike; the page of each quotation goes into the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from speeches.config import archive_path
from speeches.core.report.stamp import text_digest
from speeches.core.source.archive import load_archive

from .proof import Proof, check_html, check_pdf


def read_back(
    app: Sphinx, report: Mapping[str, Any], items: Sequence[dict[str, Any]], pdf: Path, site: Path | None,
    *, marks: str = "", handout: bool = False,
) -> dict[str, Proof]:  # fmt: skip
    """What was found in the PDF and, where there is one, on the site. ReadingError for what is no PDF.

    ``items``: the quotations that the PDF must hold; ``marks``: as ``zhprint_marks``; a ``handout`` has no lists.
    """
    archive = load_archive(archive_path(app))
    marks = marks or str(getattr(app.config, "zhprint_marks", "full"))
    lists = () if handout else _lists(app)
    proofs = {"印刷文件": check_pdf(pdf, items, archive, marks, lists=lists, fingerprint=text_digest(report))}
    if site is not None:
        proofs["网页"] = check_html(site, report["excerpts"], archive)
    for item in items:
        if place := proofs["印刷文件"].pages.get(item["id"]):
            item["page"], item["pdf_page"] = place
    return proofs


def _lists(app: Sphinx) -> tuple[str, ...]:
    """Titles of the lists of pages that the book must hold; an index where there is something to index."""
    index = str(getattr(app.config, "zhprint_index_title", "主题索引"))
    return ("目录", index) if any(app.env.domaindata["index"]["entries"].values()) else ("目录",)
