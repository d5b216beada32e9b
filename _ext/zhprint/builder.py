"""``sphinx-build -b typst``: handbook.typ with its template, and handbook.pdf compiled from it."""

from __future__ import annotations

import gc
from collections.abc import Set
from typing import ClassVar

from sphinx.application import Sphinx

from .messages import PrintError, fail
from .onefile import OneFileBuilder


class TypstBuilder(OneFileBuilder):
    """The whole book in one file. Nothing is fetched, and nothing outside the output folder is written."""

    name = "typst"
    format = "typst"
    # No PDF: the compiler refuses it in a file that shall meet PDF/A or PDF/UA.
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    # Else Sphinx would fetch them.
    supported_remote_images = True

    def write_documents(self, _docnames: Set[str]) -> None:
        # Imported here: compiler and fonts take a tenth of a second, and every builder's class is loaded in every build.
        from .making import make_book

        # Doctrees are many small objects that stay: looking through them for garbage takes a sixth of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            make_book(self)
        except PrintError as error:
            # Raised, it would be told under forty lines of versions and traceback.
            fail(str(error))
            self._app.statuscode = 1  # as in linkcheck: a builder has no public way to the exit status
        finally:
            if collecting:
                gc.enable()


def register(app: Sphinx) -> None:
    """Add the builder, and the event that asks which text is printed: an answer goes into the PDF's keywords."""
    app.add_event("zhprint-fingerprint")
    app.add_builder(TypstBuilder)
