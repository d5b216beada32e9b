"""``sphinx-build -b docx``: handbook.docx, the printed book as a Word file."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from zh.files import write_atomically
from zhprint.config import PrintConfig
from zhprint.messages import PrintError, fail, tell


class WordBuilder(Builder):
    """The whole book in one file; nothing outside the output folder is written."""

    name = "docx"
    format = "docx"
    epilog = "书在 %(outdir)s。"
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = ["image/png", "image/jpeg", "image/gif"]

    def get_outdated_docs(self) -> str:
        return "全书"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        pass

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        pass

    def write_documents(self, _docnames: Set[str]) -> None:
        from .document import docx_of  # python-docx takes a tenth of a second, and every builder's class is loaded

        config = PrintConfig.of(self.config)
        file = Path(self.outdir) / f"{f'handout-{config.chapter}' if config.chapter else 'handbook'}.docx"
        # A book that cannot be made leaves no earlier one behind, to be taken for it.
        file.unlink(missing_ok=True)
        try:
            write_atomically(file, docx_of(self, config))
        except PrintError as error:
            fail(str(error))
            self._app.statuscode = 1
            return
        tell(f"{file.name} 已生成")


def register(app: Sphinx) -> None:
    """Add the builder."""
    app.add_builder(WordBuilder)
