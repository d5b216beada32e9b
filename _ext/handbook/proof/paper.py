"""The PDF, read back by two readers where there are two: quotations, source lines, what stands before them, what is extra."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from speeches.core.matching.verify import Request, verify
from speeches.core.source.archive import Archive
from speeches.core.source.selector import Selector, parse_locator
from zhprint.reading import Printed, read_pdf, second_reading

from .form import Item, Proof, printed_form, source_of
from .numbers import check_numbers

_LABEL = re.compile(r"摘录([0-9]+(?:-[0-9]+)?)(?:(?!摘录[0-9]).)*?——《")
"""The number that an excerpt begins with, up to its source line; one that is followed by another is a reference."""
_BEFORE = 12
"""Characters that are shown of what stands before a quotation that is not as it should be."""


def check_pdf(path: Path, items: Sequence[Item], archive: Archive, marks: str = "full",
              lists: Sequence[str] = ("目录", "主题索引"), fingerprint: str = "") -> Proof:  # fmt: skip
    """Every quotation of the report in the PDF, and every page number that the PDF prints of itself.

    ``lists``: titles of the lists of pages that it must hold, 目录 first. ``fingerprint``: what the PDF must say of itself to
    be the book that the report is of. ReadingError for no PDF.
    """
    printed = read_pdf(path)
    proof = Proof()
    if fingerprint and fingerprint not in printed.keywords:
        proof.problems.append(
            f"{path.name} 不是照现在的书稿排的，排好以后书稿改动过。\n  怎么办：重新运行 make pdf（讲义用 make handout），再核对。"
        )
    readings = {"pypdf": [page.text for page in printed.pages]}
    if (other := second_reading(path)) is not None:
        readings["pdftotext"] = other
    for docname in sorted({item["docname"] for item in items}):
        mine = [item for item in items if item["docname"] == docname]
        span = printed.span(docname)
        if span is None:
            proof.problems.append(f"{mine[0]['path']}：这一章没有印出来，其中{len(mine)}条引文无从核对。")
            continue
        for reader, texts in readings.items():
            found = _find(mine, texts[span[0] : span[1]], span[0], printed, proof, marks, reader)
            whole = "".join(texts[span[0] : span[1]])
            _check_sources(mine, found, whole, archive, proof, marks, reader)
    for reader, texts in readings.items():
        _find_unverified(items, "".join(texts), proof, reader)
    for item in items:
        _verify(item, archive, proof)
    proof.quotations = len(items)
    check_numbers(printed, proof, lists)
    return proof


def _find(items: Sequence[Item], texts: Sequence[str], first: int, printed: Printed, proof: Proof, marks: str,
          reader: str) -> dict[str, int]:  # fmt: skip
    """Where each quotation stands in the texts together, by id."""
    whole = "".join(texts)
    ends = [sum(len(text) for text in texts[: at + 1]) for at in range(len(texts))]
    wanted = Counter(printed_form(item, marks) for item in items)
    reached = 0
    found: dict[str, int] = {}
    for item in items:
        form = printed_form(item, marks)
        at = whole.find(form, reached)
        if at < 0 and whole.count(form) >= wanted[form]:
            at = whole.find(form)  # out of order, as in a footnote
        if at < 0:
            proof.problems.append(_missing(item, form, whole, reader))
            continue
        reached = max(reached, at + 1)
        found.setdefault(item["id"], at)
        number = first + bisect_right(ends, at)
        proof.pages.setdefault(item["id"], (printed.pages[number].folio, number + 1))
    return found


def _check_sources(items: Sequence[Item], found: Mapping[str, int], whole: str, archive: Archive, proof: Proof,
                   marks: str, reader: str) -> None:  # fmt: skip
    """An excerpt under another speech's name is a leader misquoted."""
    for item in items:
        if item["kind"] == "excerpt" and item["id"] in found and (source := source_of(item, archive)):
            at = found[item["id"]] + len(printed_form(item, marks))
            if not whole.startswith(source, at):
                proof.problems.append(
                    f"{item['path']}:{item['line']}：印出的出处不对（{item['id']}，{reader} 读取）。\n"
                    f"  应当印作：——{source}\n  文件里是：——{whole[at : at + len(source)]}\n"
                    "  怎么办：不要付印；重新运行 make pdf。"
                )


def _find_unverified(items: Sequence[Item], whole: str, proof: Proof, reader: str) -> None:
    """An excerpt that is printed and stands in no report was verified by nobody."""
    known = Counter(str(item["number"]) for item in items if item["kind"] == "excerpt")
    for number in sorted((Counter(_LABEL.findall(whole)) - known).elements()):
        proof.problems.append(
            f"印出的文件里有摘录{number}，核对报告里没有这一条，没有人核对过（{reader} 读取）。\n"
            "  怎么办：不要付印；先运行 make check，再运行 make pdf。"
        )


def _missing(item: Item, form: str, whole: str, reader: str) -> str:
    """Says what stands in the PDF where the quotation should, as far as that can be told."""
    body = form.removeprefix(f"摘录{item['number']}") if item["kind"] == "excerpt" else form
    size = next((n for n in range(len(body), 3, -1) if body[:n] in whole), 0)
    at = whole.find(body[:size])
    near = whole[max(0, at - _BEFORE) : at + len(body) + 5] if size else "（找不到相近的文字）"
    return (
        f"{item['path']}:{item['line']}：印出的文件里没有这条引文（{item['id']}，{reader} 读取）。\n"
        f"  应当印作：{form}\n  文件里是：{near}\n  怎么办：不要付印；重新运行 make pdf，仍不一致的，请查版式和字体。"
    )


def _verify(item: Item, archive: Archive, proof: Proof) -> None:
    locator = Selector(parse_locator(item["locator"])) if item["locator"] else Selector()
    request = Request(item["quoted"], item["speech"], locator, nested=item["kind"] == "quote", in_handbook=True)
    verdict = verify(request, archive)
    spans = [(span.start, span.end) for span in verdict.fragments]
    if not verdict.agrees or spans != [(f["start"], f["end"]) for f in item["fragments"]]:
        proof.problems.append(
            f"{item['path']}:{item['line']}：核对报告里的引文与讲话库现在的文本不一致（{item['id']}）。\n"
            "  怎么办：先运行 make check，再重新生成印刷文件。"
        )
