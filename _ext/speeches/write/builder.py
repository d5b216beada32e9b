"""``sphinx-build -b verify``, in the manner of linkcheck: writes two reports, sets the exit status."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging

from permalink.collect import public_ids
from zh.files import write_atomically

from ..config import is_public
from ..core.report.report import report_data, to_json, to_text
from ..domain import speech_domain

_logger = logging.getLogger(__name__)


class VerifyBuilder(Builder):
    """Strict: anything that does not pass, or could not be checked, or is not there, fails."""

    name = "verify"
    epilog = "核对报告在 %(outdir)s/report.txt。"
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = []

    def get_outdated_docs(self) -> list[str]:
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return ""

    def prepare_writing(self, docnames: Set[str]) -> None:
        pass

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        pass

    def finish(self) -> None:
        domain = speech_domain(self.env)
        assert domain.archive is not None
        data = report_data(
            domain.reviewed, domain.other_findings, domain.archive, domain.numbers(), public=is_public(self.config),
            book=self._book(),
        )  # fmt: skip
        write_atomically(self.outdir / "report.json", to_json(data))
        text = to_text(data)
        write_atomically(self.outdir / "report.txt", text)
        summary = data["summary"]
        _logger.info("%s", "\n".join(text.split("\n")[1:3]))
        if not summary["ok"]:
            self._app.statuscode = 1

    def _book(self) -> dict[str, Any]:
        """Edition, chapters and ids, so that two reports can be compared."""
        config, env = self.config, self.env
        order = speech_domain(env).chapter_order()
        chapters = {}
        for docname in sorted(env.titles.keys() & order.keys(), key=order.__getitem__):
            number = env.toc_secnumbers.get(docname, {}).get("", ())
            chapters[docname] = {"title": env.titles[docname].astext(), "number": number[0] if number else 0}
        book: dict[str, Any] = {
            "edition": {
                "title": config.project,
                "version": config.version,
                "release": config.release,
                "date": getattr(config, "booksite_edition_date", ""),
                "kind": "公开版" if is_public(config) else "内部版",
            },
            "chapters": chapters,
        }
        if "permalink" in self._app.extensions:
            book["ids"] = {i: found.page for i, found in public_ids(env).items()}
        return book


def register(app: Sphinx) -> None:
    """Add the builder."""
    app.add_builder(VerifyBuilder)
