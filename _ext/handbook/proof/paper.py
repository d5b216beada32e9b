"""The PDF, read back whole by two readers where there are two, and compared with the reading text run by run, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from speeches.core.matching.verify import Request, verify
from speeches.core.report.shape import Item
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from zh.typed import typed
from zhprint.reading import Printed, read_pdf, second_reading

from .align import Alignment, align
from .aside import withheld_aside
from .expected import Expected, Piece, notes, pieces
from .form import Proof, told_all
from .furniture import check_back, check_contents, check_front, check_heads, check_index
from .numbers import check_numbers

_BOX, _SIGNED = "□", "检查人日期复查人日期"
"""What paper prints under a checklist, to be filled in."""


def _again() -> str:
    return f"重新运行 {typed('handbook pdf')}（讲义用 {typed('handbook handout')}），仍不一致的，请查版式和字体。"


def check_pdf(path: Path, expected: Expected, items: Sequence[Item], archive: Archive,
              lists: Sequence[str] = ("目录", "主题索引"), fingerprint: str = "") -> Proof:  # fmt: skip
    """Everything that the PDF says. ``items``: the quotations of the report that it prints.

    ``lists``: titles of the lists of pages that it must hold, 目录 first. ``fingerprint``: what the PDF must say of itself to
    be the book that was verified. ReadingError for no PDF.
    """
    printed = read_pdf(path)
    proof = Proof(quotations=len(items))
    if fingerprint and fingerprint not in printed.keywords:
        proof.problems.append(
            f"{path.name} 不是照现在的书稿排的，排好以后书稿改动过。\n"
            f"  怎么办：重新运行 {typed('handbook pdf')}（讲义用 {typed('handbook handout')}），再核对。"
        )
    readings = {"pypdf": [page.text for page in printed.pages]}
    if (other := second_reading(path)) is not None:
        readings["pdftotext"] = other
    first, last = _text_pages(printed, expected)
    wanted = [piece for reading in expected.paper for piece in pieces(reading, paper=True)]
    proof.runs = len(wanted)
    known: set[tuple[str, str, str]] = set()
    for reader, texts in readings.items():
        unsigned = list(_unsigned(texts[first:last]))
        texts, lost = _without_notes(unsigned, notes(expected.paper))
        proof.problems += [
            f"脚注没有照书稿印出来（{reader} 读取）：{note}\n  怎么办：不要付印；{_again()}" for note in lost
        ]
        found = _compare(wanted, texts)
        new = [d for d in found.differences if (d.wanted, d.got, d.before) not in known]
        known |= {(d.wanted, d.got, d.before) for d in new}
        proof.problems += told_all(new, f"印刷文件（{reader} 读取）", _again())
        if reader == "pypdf":
            _note_pages(wanted, found, printed, texts, first, proof)
    check_claims(wanted, items, proof)
    for item in items:
        verify_item(item, archive, proof)
    proof.problems += withheld_aside(path, printed, archive)
    proof.problems += [
        f"{part}，不是排版时做的，是别的程序后来加的。\n  怎么办：不要付印；{_again()}" for part in printed.foreign
    ]
    contents = lists[0] if lists else "目录"
    check_front(printed, expected, contents, first, proof)
    check_back(printed, expected, last, proof)
    check_contents(printed, expected, contents, first, proof)
    check_index(printed, expected, last, proof)
    check_heads(printed, expected, contents, proof)
    check_numbers(printed, proof, lists)
    return proof


def _unsigned(texts: Sequence[str]) -> Iterator[str]:
    """Pages without the line to sign under a checklist, which may begin the page after its last box."""
    before = ""
    for text in texts:
        after_box = before.endswith(_BOX) and text.startswith(_SIGNED)
        yield text.removeprefix(_SIGNED if after_box else "").replace(_BOX + _SIGNED, _BOX)
        before = text


def _text_pages(printed: Printed, expected: Expected) -> tuple[int, int]:
    """First page of the documents, and the one after their last: the index follows, or the back cover, without a folio."""
    first = min((at for name, at in printed.starts.items() if name != "zh"), default=len(printed.pages))
    indexes = [at for level, title, at in printed.titles if level == 1 and title == expected.index_title]
    last = max((number for number, page in enumerate(printed.pages, 1) if page.folio), default=len(printed.pages))
    return first, indexes[-1] if indexes else last


def _starts(texts: Sequence[str]) -> list[int]:
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    return starts[:-1]


def _compare(wanted: Sequence[Piece], texts: Sequence[str]) -> Alignment:
    heads: dict[tuple[str, int], str] = {}
    for piece in wanted:
        if piece.row == 0:
            heads[piece.table] = heads.get(piece.table, "") + piece.text
    return align(wanted, "".join(texts), _starts(texts), heads)


def _without_notes(texts: Sequence[str], wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """The pages without the notes at their feet, and the notes that stand at none."""
    out, waiting = list(texts), list(wanted)
    for number in range(len(out)):
        while note := next((n for n in waiting if re.search(rf"[0-9]{{1,3}}{re.escape(n)}\Z", out[number])), ""):
            waiting.remove(note)
            out[number] = re.sub(rf"[0-9]{{1,3}}{re.escape(note)}\Z", "", out[number])
    return out, waiting


def _note_pages(
    wanted: Sequence[Piece], found: Alignment, printed: Printed, texts: Sequence[str], first: int, proof: Proof
) -> None:
    starts = _starts(texts)
    for piece, at in zip(wanted, found.at, strict=True):
        if piece.claim and at >= 0:
            number = first + bisect_right(starts, at) - 1
            proof.pages.setdefault(piece.claim, (printed.pages[number].folio, number + 1))


def check_claims(wanted: Sequence[Piece], items: Sequence[Item], proof: Proof) -> None:
    """What is printed as a quotation is in the report, and the other way round."""
    printed, known = {piece.claim: piece for piece in wanted if piece.claim}, {str(item["id"]): item for item in items}
    for claim in sorted(printed.keys() - known.keys()):
        proof.problems.append(
            f"{printed[claim].where}：核对报告里没有这一条引文（{claim}），没有人核对过。\n"
            f"  怎么办：不要付印；先运行 {typed('handbook check')}，再运行 {typed('handbook pdf')}。"
        )
    for claim in sorted(known.keys() - printed.keys()):
        proof.problems.append(f"{known[claim]['path']}：这条引文没有印出来，无从核对（{claim}）。")


def verify_item(item: Item, archive: Archive, proof: Proof) -> None:
    locator = Selector(parse_locator(item["locator"])) if item["locator"] else Selector()
    request = Request(item["quoted"], item["speech"], locator, nested=item["kind"] == "quote", in_handbook=True)
    verdict = verify(request, archive)
    spans = [(span.start, span.end) for span in verdict.fragments]
    if not verdict.agrees or spans != [(f["start"], f["end"]) for f in item["fragments"]]:
        proof.problems.append(
            f"{item['path']}:{item['line']}：核对报告里的引文与讲话库现在的文本不一致（{item['id']}）。\n"
            f"  怎么办：先运行 {typed('handbook check')}，再重新生成印刷文件。"
        )
