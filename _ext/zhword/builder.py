"""``sphinx-build -b docx``: handbook.docx, the printed book as a Word file."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import ClassVar

from sphinx.application import Sphinx

from zh.files import write_atomically
from zhprint.config import PrintConfig
from zhprint.messages import PrintError, fail, tell
from zhprint.onefile import OneFileBuilder


class WordBuilder(OneFileBuilder):
    """The whole book in one file; nothing outside the output folder is written."""

    name = "docx"
    format = "docx"
    supported_image_types: ClassVar[list[str]] = ["image/png", "image/jpeg", "image/gif"]

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
            self._app.statuscode = 1  # as in linkcheck: a builder has no public way to the exit status
            return
        tell(f"{file.name} 已生成")


def register(app: Sphinx) -> None:
    """Add the builder."""
    app.add_builder(WordBuilder)
