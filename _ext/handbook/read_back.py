"""付印前核对 of what was made, for ``check-print`` and ``edition`` alike; the page of each quotation goes into the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx

from speeches.check.events import fingerprint
from speeches.config import archive_path
from speeches.core.report.shape import Item, Report
from speeches.core.source.archive import load_archive

from .proof import Expected, Proof, check_html, check_pdf, expect


def read_back(
    app: Sphinx, report: Report, items: Sequence[Item], pdf: Path, site: Path | None,
    *, marks: str = "", chapter: str = "", expected: Expected | None = None, stamp: str = "",
) -> dict[str, Proof]:  # fmt: skip
    """What was found in the PDF and, where there is one, on the site. ReadingError for what is no PDF.

    ``items``: the quotations that the PDF must hold; ``marks``: as ``zhprint_marks``; ``chapter``: that of a handout, which
    has no lists; ``expected``: what must stand in both, if it is known already; ``stamp``: the 核验码 that both print.
    """
    archive = load_archive(archive_path(app))
    if expected is None:
        expected = expect(app, {name: value for name, value in (("chapter", chapter), ("marks", marks)) if value})
    if stamp:
        expected = replace(expected, fixed=(*expected.fixed, stamp))
    lists = () if chapter else ("目录", *([expected.index_title] if expected.terms else []))
    proofs = {"印刷文件": check_pdf(pdf, expected, items, archive, lists=lists, fingerprint=fingerprint(app))}
    if site is not None:
        proofs["网页"] = check_html(site, expected, report["excerpts"], archive)
    for item in items:
        if place := proofs["印刷文件"].pages.get(item["id"]):
            item["page"], item["pdf_page"] = place
    return proofs
