"""A printed PDF read back: the text of every page, its printed number, its links and its outline.

The counterpart of the template: it knows that destinations are named ``<docname>:<id>``, that text stands inside the
paper's 版心, running heads over it and page numbers under it. Text comes in the order in which it was written, which is
the order in which it is read: an excerpt is its number, its text, —— and its source (摘录2-12…——《…》…), then the editors'
notes; a reference is followed by its page, （第12页） or inside brackets ，第12页; footnotes come after the text of their
page. White space, line ends and word joiners are dropped (``squeeze``).
Two readers, because what one cannot extract the next reader of the book may not find either.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from .foreign import foreign_parts
from .paper import MM, paper_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")
_FOLIO = re.compile(r"[0-9]+|[ivxlc]+")
_WORTH_A_PROCESS = 16
"""Pages from which on a process of its own reads them sooner than one does that is busy with others."""


DAMAGED = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, NotImplementedError,
    RecursionError, EOFError, MemoryError,
)  # fmt: skip
"""What readers of others (pypdf, fontTools, Sphinx's of inventories) let through when a file is not what it says."""


class ReadingError(Exception):
    """A file that should be a printed book cannot be read; the message is for an editor."""


@dataclass(slots=True)
class Page:
    """A page of the PDF: its printed number, its text, and what each link on it says and leads to.

    ``head`` and ``foot``: what stands above and below the 版心, the number included.
    """

    folio: str
    text: str
    links: list[tuple[str, int]] = field(default_factory=list)
    head: str = ""
    foot: str = ""


@dataclass(slots=True)
class Printed:
    """A whole PDF. ``starts``: page index at which a document begins; ``titles``: outline; ``keywords``: metadata.

    ``aside``: all that the metadata say, of both kinds, and the names of destinations. ``name``: the title among them.
    ``foreign``: what another program put in.
    """

    pages: list[Page]
    starts: dict[str, int]
    titles: list[tuple[int, str, int]]
    keywords: str = ""
    aside: tuple[str, ...] = ()
    name: str = ""
    foreign: tuple[str, ...] = ()

    def span(self, docname: str) -> tuple[int, int] | None:
        """Indexes of the first page of a document, and of the page after its last."""
        if docname not in self.starts:
            return None
        first = self.starts[docname]
        return first, min((at for at in self.starts.values() if at > first), default=len(self.pages) - 1) + 1


def text_bounds(height: float) -> tuple[float, float]:
    """Upper and lower bound of the text of a page so many points high, in points from its foot; below is the folio."""
    paper = paper_of(height)
    return height - paper.text_top, paper.foot * MM


def squeeze(text: str) -> str:
    """Without white space and line ends, which typesetting makes."""
    return _SPACE.sub("", text)


def read_pdf(path: Path) -> Printed:
    """Read a PDF with pypdf. ReadingError when it is none."""
    from pypdf import PdfReader  # takes long to load: only the proof needs it
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        return _read(reader, _pages(path, len(reader.pages)))
    except (PyPdfError, OSError, *DAMAGED) as error:
        raise ReadingError(f"{path.name} 读不懂，不是完整的 PDF：{error}") from None


def _read(reader: PdfReader, pages: list[Page]) -> Printed:
    targets = _targets(reader)
    starts: dict[str, int] = {}
    for name, at in targets.items():
        docname = name.rpartition(":")[0]
        starts[docname] = min(at, starts.get(docname, at))
    said: Mapping[str, object] = reader.metadata or {}
    aside = (*_metadata(reader), *targets)
    return Printed(
        pages, starts, list(_titles(reader, reader.outline, 1)), str(said.get("/Keywords", "")), aside,
        str(said.get("/Title", "")), tuple(foreign_parts(reader)),
    )  # fmt: skip


def _targets(reader: PdfReader) -> dict[str, int]:
    """Name of a destination → index of its page."""
    index = _index(reader)
    targets: dict[str, int] = {}
    for name, destination in reader.named_destinations.items():
        reference = destination.raw_get("/Page") if "/Page" in destination else None
        if reference is not None and getattr(reference, "idnum", None) in index:
            targets[name] = index[reference.idnum]
    return targets


def _index(reader: PdfReader) -> dict[int, int]:
    return {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}


def _pages(path: Path, count: int) -> list[Page]:
    """Every page, on all processors: pypdf takes its time, since it reads the fonts anew for each."""
    jobs = min(os.cpu_count() or 1, count // _WORTH_A_PROCESS)
    if jobs > 1:
        try:
            with ProcessPoolExecutor(jobs) as pool:
                parts = list(pool.map(_every, repeat(path, jobs), range(jobs), repeat(jobs)))
            return [parts[at % jobs][at // jobs] for at in range(count)]
        except (BrokenExecutor, OSError):
            pass  # no room for processes of its own: one after the other, then
    return _every(path, 0, 1)


def _every(path: Path, first: int, step: int) -> list[Page]:
    from pypdf import PdfReader  # as above

    reader = PdfReader(path)
    targets, index = _targets(reader), _index(reader)
    return [_page(page, targets, index) for page in reader.pages[first::step]]


def _metadata(reader: PdfReader) -> Iterator[str]:
    """The values of the document information, and the XMP packet as it stands."""
    from pypdf.generic import StreamObject  # as above

    yield from map(str, (reader.metadata or {}).values())
    packet = reader.root_object.get("/Metadata")
    stream = packet.get_object() if packet is not None else None
    if isinstance(stream, StreamObject):
        yield stream.get_data().decode("utf-8", "replace")


def _page(page: PageObject, targets: Mapping[str, int], index: Mapping[int, int]) -> Page:
    pieces: list[tuple[float, float, str]] = []
    trim = page.trimbox
    top, bottom = (bound + float(trim.bottom) for bound in text_bounds(float(trim.height)))

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            pieces.append((x, y, text))

    page.extract_text(visitor_text=visit)
    folio = next((squeeze(t) for _, y, t in pieces if y < bottom and _FOLIO.fullmatch(squeeze(t))), "")
    body = "".join(text for _, y, text in pieces if bottom <= y <= top)
    head, foot = "".join(t for _, y, t in pieces if y > top), "".join(t for _, y, t in pieces if y < bottom)
    found = Page(folio, squeeze(body), head=squeeze(head), foot=squeeze(foot))
    for annotation in page.get("/Annots") or ():
        link = annotation.get_object()
        target = _target(link, targets, index)
        if target is not None:
            x0, y0, x1, y1 = (float(value) for value in link["/Rect"])
            quads = [float(value) for value in link.get("/QuadPoints", (x0, y0, x1, y0, x1, y1, x0, y1))]
            boxes = [_box(quads[at : at + 8]) for at in range(0, len(quads), 8)]
            inside = [t for x, y, t in pieces if any(x0 <= x < x1 and y0 <= y < y1 for x0, y0, x1, y1 in boxes)]
            found.links.append((squeeze("".join(inside)), target))
    return found


def _box(corners: Sequence[float]) -> tuple[float, float, float, float]:
    """Left, lower, right, upper bound of a quadrilateral, half a point wider where text begins."""
    return min(corners[::2]) - 0.5, min(corners[1::2]) - 0.5, max(corners[::2]), max(corners[1::2])


def _target(link: DictionaryObject, targets: Mapping[str, int], index: Mapping[int, int]) -> int | None:
    destination = link.get("/Dest") or (link.get("/A") or {}).get("/D")
    if isinstance(destination, (str, bytes)):
        name = destination.decode() if isinstance(destination, bytes) else str(destination)
        return targets.get(name)
    if destination:
        return index.get(getattr(destination[0], "idnum", -1))
    return None


def _titles(reader: PdfReader, outline: Iterable[object], level: int) -> Iterator[tuple[int, str, int]]:
    from pypdf.generic import Destination

    for item in outline:
        if isinstance(item, list):
            yield from _titles(reader, item, level + 1)
        elif isinstance(item, Destination):
            yield level, str(item.title), reader.get_destination_page_number(item) or 0


def second_reading(path: Path) -> list[str] | None:
    """The text of every page as pdftotext reads it, in the order it was written; None when it is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    from pypdf import PdfReader  # takes long to load: only the proof needs it
    from pypdf.errors import PyPdfError

    try:
        box, trim = PdfReader(path).pages[0].mediabox, PdfReader(path).pages[0].trimbox
    except (PyPdfError, OSError, *DAMAGED) as error:
        raise ReadingError(f"{path.name} 读不懂，不是完整的 PDF：{error}") from None
    width, height = round(box.width), float(box.height)
    top, bottom = (bound + float(trim.bottom) for bound in text_bounds(float(trim.height)))
    place = ["-x", "0", "-y", str(round(height - top)), "-W", str(width), "-H", str(round(top - bottom))]
    area = ["-raw", "-r", "72", *place]
    done = subprocess.run([program, *area, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False)
    if done.returncode:
        raise ReadingError(f"{path.name} 读不懂，不是完整的 PDF。")
    return [squeeze(page) for page in done.stdout.decode("utf-8").split("\f")]
