"""``sphinx-build -b typst``: handbook.typ with its template, and handbook.pdf compiled from it."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Set
from pathlib import Path
from typing import ClassVar

from sphinx.application import Sphinx

from .book import assemble
from .compiling import compile_pdf, compile_sheet
from .config import PrintConfig
from .coverage import Ink, check_coverage
from .faces import Fonts, find_fonts
from .fetch import font_folder
from .front import spine
from .index import Index
from .inline import collect_footnotes
from .messages import PrintError, fail, tell, warn
from .onefile import OneFileBuilder, make_ready
from .outside import document_at, off_the_area
from .pages import Writer, look_file, main_file, wrap_file
from .press import TABLE

_SHOWN = 30
_TEMPLATES = Path(__file__).parent / "templates"


class TypstBuilder(OneFileBuilder):
    """The whole book in one file. Nothing is fetched, and nothing outside the output folder is written."""

    name = "typst"
    format = "typst"
    # No PDF: the compiler refuses it in a file that shall meet PDF/A or PDF/UA.
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    # Else Sphinx would fetch them.
    supported_remote_images = True

    def write_documents(self, _docnames: Set[str]) -> None:
        # Doctrees are many small objects that stay: looking through them for garbage takes a sixth of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._write_book()
        except PrintError as error:
            # Raised, it would be told under forty lines of versions and traceback.
            fail(str(error))
            self._app.statuscode = 1  # as in linkcheck: a builder has no public way to the exit status
        finally:
            if collecting:
                gc.enable()

    def _write_book(self) -> None:
        """Fonts first: without them nothing can be printed; coverage before compiling."""
        config = PrintConfig.of(self.config)
        name = f"handout-{config.chapter}" if config.chapter else "handbook"
        source = Path(self.outdir) / f"{name}.typ"
        # A book that cannot be made leaves no earlier one behind, to be printed by mistake.
        cover = source.with_name("cover.typ")
        for made in (source, cover):
            made.with_suffix(".pdf").unlink(missing_ok=True)
        root = Path(self._app.confdir)  # nor to the folder of conf.py
        office = root / config.fonts if config.fonts else None
        fonts, remarks = find_fonts(office, font_folder(root / config.font_cache), config.system_fonts)
        for remark in remarks:
            warn("font", remark)
        self._write_source(source, config, fonts)
        # The compiler needs the memory that the doctrees took.
        gc.collect()
        pages = compile_pdf(source, fonts.files(), config.standards, config.area)
        self._tell_strays(source, config)
        tell(f"{name}.pdf：{pages}页")
        if config.wrap and not config.chapter:
            cover.write_text(wrap_file(config, self.config, _epoch(), pages), encoding="utf-8", newline="\n")
            compile_sheet(cover, fonts.files(), config.standards)
            tell(f"cover.pdf：书脊厚{spine(pages, config.leaf_thickness):.1f}毫米")

    def _tell_strays(self, source: Path, config: PrintConfig) -> None:
        places = json.loads(source.with_name(TABLE).read_text(encoding="utf-8"))["places"]
        for page, height, words in off_the_area(source.with_suffix(".pdf"), config.area):
            docname = document_at(places, self.env.found_docs, page, height)
            place = f"{self.env.doc2path(docname, base=False)}:" if docname in self.env.found_docs else source.name
            warn(
                "layout",
                f"印刷文件第{page}页有字超出版心：“{words[:_SHOWN]}”。请看这一页；长的词、宽的表格要拆开。",
                place,
            )

    def _write_source(self, file: Path, config: PrintConfig, fonts: Fonts) -> None:
        book = assemble(self, config)
        make_ready(book, config)
        ink, index = Ink(fonts), Index()
        writer = Writer(book, self.env, config, ink, index)
        collect_footnotes(writer)
        fingerprint = str(self.events.emit_firstresult("zhprint-fingerprint") or "")
        source = main_file(writer, config, self.config, _epoch(), fingerprint)
        check_coverage(ink)
        out = file.parent
        out.mkdir(parents=True, exist_ok=True)
        for template in sorted(_TEMPLATES.glob("*.typ")):
            shutil.copyfile(template, out / template.name)
        (out / "look.typ").write_text(look_file(config, fonts, self.config), encoding="utf-8", newline="\n")
        file.write_text(source, encoding="utf-8", newline="\n")
        for uri, target in writer.images.items():
            (out / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(self.srcdir) / uri, out / target)


def _epoch() -> int | None:
    """Seconds that SOURCE_DATE_EPOCH gives, where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return int(epoch) if epoch else None


def register(app: Sphinx) -> None:
    """Add the builder, and the event that asks which text is printed: an answer goes into the PDF's keywords."""
    app.add_event("zhprint-fingerprint")
    app.add_builder(TypstBuilder)
