"""What the builder does when it is run: the book's source is written, compiled, and what strays on its pages told."""

from __future__ import annotations

import gc
import json
import os
import shutil
from pathlib import Path

from sphinx.builders import Builder

from .book import assemble
from .compiling import compile_pdf, compile_sheet
from .config import PrintConfig
from .coverage import Ink, check_coverage
from .faces import Fonts, find_fonts
from .fetch import font_folder
from .front import spine
from .index import Index
from .inline import collect_footnotes
from .messages import tell, warn
from .onefile import make_ready
from .outside import document_at, off_the_area
from .pages import Writer, look_file, main_file, wrap_file
from .press import TABLE

_SHOWN = 30
_TEMPLATES = Path(__file__).parent / "templates"


def make_book(builder: Builder) -> None:
    """Fonts first: without them nothing can be printed; coverage before compiling."""
    config = PrintConfig.of(builder.config)
    root = Path(builder.confdir)
    name = f"handout-{config.chapter}" if config.chapter else "handbook"
    source = Path(builder.outdir) / f"{name}.typ"
    # A book that cannot be made leaves no earlier one behind, to be printed by mistake.
    cover = source.with_name("cover.typ")
    for made in (source, cover):
        made.with_suffix(".pdf").unlink(missing_ok=True)
    office = root / config.fonts if config.fonts else None
    fonts, remarks = find_fonts(office, font_folder(root / config.font_cache), config.system_fonts)
    for remark in remarks:
        warn("font", remark)
    _write_source(builder, source, config, fonts)
    # The compiler needs the memory that the doctrees took.
    gc.collect()
    pages = compile_pdf(source, fonts.files(), config.standards, config.area)
    _tell_strays(builder, source, config)
    tell(f"{name}.pdf：{pages}页")
    if config.wrap and not config.chapter:
        cover.write_text(wrap_file(config, builder.config, _epoch(), pages), encoding="utf-8", newline="\n")
        compile_sheet(cover, fonts.files(), config.standards)
        tell(f"cover.pdf：书脊厚{spine(pages, config.leaf_thickness):.1f}毫米")


def _tell_strays(builder: Builder, source: Path, config: PrintConfig) -> None:
    places = json.loads(source.with_name(TABLE).read_text(encoding="utf-8"))["places"]
    for page, height, words in off_the_area(source.with_suffix(".pdf"), config.area):
        docname = document_at(places, builder.env.found_docs, page, height)
        place = f"{builder.env.doc2path(docname, base=False)}:" if docname in builder.env.found_docs else source.name
        warn(
            "layout",
            f"印刷文件第{page}页有字超出版心：“{words[:_SHOWN]}”。请看这一页；长的词、宽的表格要拆开。",
            place,
        )


def _write_source(builder: Builder, file: Path, config: PrintConfig, fonts: Fonts) -> None:
    book = assemble(builder, config)
    make_ready(book, config)
    ink, index = Ink(fonts), Index()
    writer = Writer(book, builder.env, config, ink, index)
    collect_footnotes(writer)
    fingerprint = str(builder.events.emit_firstresult("zhprint-fingerprint") or "")
    source = main_file(writer, config, builder.config, _epoch(), fingerprint)
    check_coverage(ink)
    out = file.parent
    out.mkdir(parents=True, exist_ok=True)
    for template in sorted(_TEMPLATES.glob("*.typ")):
        shutil.copyfile(template, out / template.name)
    (out / "look.typ").write_text(look_file(config, fonts, builder.config), encoding="utf-8", newline="\n")
    file.write_text(source, encoding="utf-8", newline="\n")
    for uri, target in writer.images.items():
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(builder.srcdir) / uri, out / target)


def _epoch() -> int | None:
    """Seconds that SOURCE_DATE_EPOCH gives, where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return int(epoch) if epoch else None
