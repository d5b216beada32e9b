"""``sphinx-build -b verify``, in the manner of linkcheck: writes two reports, sets the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from zh.files import write_atomically

from ..check.checked import checked
from ..check.overheard import overheard
from ..config import is_public
from ..core.review.finding import told

if TYPE_CHECKING:
    from ..core.report.shape import Book, ChapterItem

_logger = logging.getLogger(__name__)


class VerifyBuilder(DummyBuilder):
    """Strict: anything that does not pass, or could not be checked, or is not there, fails."""

    name = "verify"
    epilog = "核对报告在 %(outdir)s/report.txt。"

    def get_outdated_docs(self) -> set[str]:
        return set()  # no page is written, so none need be resolved

    def finish(self) -> None:
        # Imported here: every other build has this class too and makes no report.
        from ..core.report.report import report_data, to_json, to_text

        outcome = checked(self.env)
        # Now, when every page was resolved. A builder has no public way to its application.
        others = [*outcome.findings, *overheard(self._app)]
        data = report_data(
            outcome.reviewed, others, outcome.archive, outcome.numbers, public=is_public(self.config),
            book=self._book(),
        )  # fmt: skip
        write_atomically(self.outdir / "report.json", to_json(data))
        every = [*others, *(finding for item in outcome.reviewed for finding in item.findings)]
        text = to_text(data, () if is_public(self.config) else told(every))
        write_atomically(self.outdir / "report.txt", text)
        summary = data["summary"]
        _logger.info("%s", "\n".join(text.split("\n")[1:3]))
        if not summary["ok"]:
            self._app.statuscode = 1  # as in linkcheck: a builder has no public way to the exit status

    def _book(self) -> Book:
        """Edition, chapters and ids, so that two reports can be compared."""
        config, env = self.config, self.env
        order = checked(env).order
        chapters: dict[str, ChapterItem] = {}
        for docname in sorted(env.titles.keys() & order.keys(), key=order.__getitem__):
            number = env.toc_secnumbers.get(docname, {}).get("", ())
            chapters[docname] = {"title": env.titles[docname].astext(), "number": number[0] if number else 0}
        book: Book = {
            "edition": {
                "title": config.project,
                "version": config.version,
                "release": config.release,
                "date": getattr(config, "booksite_edition_date", ""),
                "kind": "节本" if is_public(config) else "全本",
            },
            "chapters": chapters,
        }
        if "permalink" in self._app.extensions:  # as above
            from permalink.collect import public_ids

            book["ids"] = {i: found.page for i, found in public_ids(env).items()}
        return book


def register(app: Sphinx) -> None:
    """Add the builder."""
    app.add_builder(VerifyBuilder)
