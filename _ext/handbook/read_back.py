"""付印前核对 of what was made, for ``check-print`` and ``edition`` alike; the page of each quotation goes into the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx

from speeches.check.events import fingerprint
from speeches.config import archive_path
from speeches.core.report.shape import Item, Report
from speeches.core.report.stamp import archive_digest, book_digest, short_stamp
from speeches.core.source.archive import load_archive
from zhprint.config import PrintConfig

from .proof import Expected, Proof, check_html, check_pdf, expect
from .proof.word import check_word


def read_back(
    app: Sphinx, report: Report, items: Sequence[Item], pdf: Path | None, site: Path | None,
    *, word: Path | None = None, marks: str = "", chapter: str = "", expected: Expected | None = None,
) -> dict[str, Proof]:  # fmt: skip
    """What was found in each that is given: the PDF, the site, the Word file. ReadingError for what is no PDF, DraftError
    for what is no Word file.

    ``items``: the quotations that PDF and Word file must hold; ``marks``: as ``zhprint_marks``; ``chapter``: that of a
    handout, which has no lists; ``expected``: what must stand in all, if it is known already. What an edition
    prints as its 核验码 may stand there when it is that of this book.
    """
    archive = load_archive(archive_path(app))
    if expected is None:
        expected = expect(app, {name: value for name, value in (("chapter", chapter), ("marks", marks)) if value})
    stamp = short_stamp(archive_digest(archive), book_digest(expected.digest, report))
    expected = replace(expected, fixed=(*expected.fixed, stamp))
    proofs: dict[str, Proof] = {}
    if pdf is not None:
        lists = () if chapter else ("目录", *([expected.index_title] if expected.terms else []))
        proofs["印刷文件"] = check_pdf(pdf, expected, items, archive, lists=lists, fingerprint=fingerprint(app))
        for item in items:
            if place := proofs["印刷文件"].pages.get(item["id"]):
                item["page"], item["pdf_page"] = place
    if site is not None:
        proofs["网页"] = check_html(site, expected, report["excerpts"], archive)
    if word is not None:
        unlisted = PrintConfig.of(app.config).appendix_title
        proofs["Word 文件"] = check_word(
            word, expected, items, archive, fingerprint=fingerprint(app), unlisted=unlisted
        )
    return proofs
