"""The pages of the site, read back whole and compared with the reading text, run by run, in order."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from speeches.core.prose.reading import BlockKind, RunKind
from speeches.core.prose.withheld import Secrets
from speeches.core.report.shape import Item
from speeches.core.source.archive import Archive
from zh.typed import typed
from zhprint.reading import squeeze

from .align import align
from .expected import Expected, Piece, pieces
from .form import Proof, told_all
from .page import WrittenPage, read_page


def _again() -> str:
    return f"重新运行 {typed('handbook html')}；仍不一致的，请查模板和脚本。"


_NO_DOCUMENT = frozenset(("genindex.html", "search.html", "404.html", "licences.html"))
_TAG = re.compile(rb"<[^<>]*>")
_NUMBER = re.compile(r"\A[0-9.]+")
_ANSWER_HEAD = "显示要点"
_TOOLS = frozenset(("本页", "本章", "打印本页", "打印本章", "对照原文", "只读原文"))
"""Words of the tools outside the article."""
_TEXTS = frozenset((".js", ".json", ".txt", ".html", ".css", ".svg", ".xml", ".csv", ".md", ".inv", ".docx"))


def check_html(folder: Path, expected: Expected, items: Sequence[Item], archive: Archive) -> Proof:
    """Everything that the pages of a folder say, and no page but the book's; withheld words in none of its files."""
    proof = Proof(quotations=len(items))
    written: dict[str, WrittenPage] = {}
    for docname, reading in expected.pages.items():
        name = next((n for n in (f"{docname}.html", f"{docname}/index.html") if (folder / n).is_file()), None)
        if name is None:
            proof.problems.append(f"{docname}.html：网页没有写出来，无从核对。请运行 {typed('handbook html')}。")
            continue
        page = written[name] = read_page(folder / name)
        wanted = list(pieces(reading, paper=False))
        proof.runs += len(wanted)
        proof.problems += _page_problems(name, page, wanted, expected, docname)
    proof.problems += _furniture(written, expected)
    proof.problems += _left_over(folder, written)
    proof.problems += _withheld(folder, archive)
    return proof


def _page_problems(
    name: str, page: WrittenPage, wanted: Sequence[Piece], expected: Expected, docname: str
) -> Iterator[str]:
    found = align(wanted, page.text)
    yield from told_all(found.differences, f"网页 {name} ", _again())
    if tuple(page.sections) != expected.sections[docname]:
        yield f"{name}：各节的序号与书稿不一致：{'、'.join(page.sections)}。\n  怎么办：{_again()}"
    for what in sorted(set(page.hidden)):
        yield f"{name}：网页里有看不见、划掉或另外引入的内容：{what}。\n  怎么办：{_again()}"
    said = Counter(block.text for block in expected.pages[docname] if block.kind is BlockKind.ATTRIBUTE)
    for value in sorted((Counter(page.values) - said).elements()):
        yield f"{name}：网页附带的文字（供复制、搜索或朗读）不是书稿里的：{value}\n  怎么办：{_again()}"
    whole = "".join(piece.text for piece in wanted)
    attributes = {squeeze(text) for text in said}
    for value in page.descriptions:
        # The beginning of the page, or the titles of the book and of the page.
        titles = value.partition("：")[::2]
        if (
            value.removesuffix("…") not in whole
            and value not in attributes
            and not {*titles} <= {*expected.fixed, *expected.furniture}
        ):
            yield f"{name}：给搜索用的说明不是书稿里的文字：{value}\n  怎么办：{_again()}"
    printed = _all_words(expected)
    for answer in page.answers:
        words = answer.removeprefix(_ANSWER_HEAD)
        if words not in printed:
            yield f"{name}：题目下面的要点与书稿的答题要点不一致：{words[:60]}\n  怎么办：{_again()}"
    if not found.differences:
        yield from _misplaced(name, page, wanted, found.at)


def _all_words(expected: Expected) -> str:
    """Everything that the book says, page after page: where a part of it is printed once more, it stands here."""
    return "\f".join("".join(p.text for p in pieces(reading, paper=False)) for reading in expected.pages.values())


def _misplaced(name: str, page: WrittenPage, wanted: Sequence[Piece], at: Sequence[int]) -> Iterator[str]:
    """What looks like a quotation is one, under its own id."""
    begins: dict[int, str] = {}
    before = ""
    for piece, start in zip(wanted, at, strict=True):
        inside = piece.claim if piece.block is BlockKind.EXCERPT else ""
        if piece.kind is RunKind.QUOTE or (inside and inside != before):
            begins.setdefault(start, piece.claim)
        before = inside
    for identifier, start, end in page.spans:
        if begins.get(start) is None or (identifier and begins[start] != identifier):
            yield f"{name}：这里看上去是引文，书稿里不是：{page.text[start:end][:60]}\n  怎么办：{_again()}"
    missing = begins.keys() - {start for _, start, _ in page.spans}
    for start in sorted(missing):
        yield f"{name}：这条引文印得不像引文（{begins[start]}）：{page.text[start : start + 40]}\n  怎么办：{_again()}"


def _furniture(written: dict[str, WrittenPage], expected: Expected) -> Iterator[str]:
    """Around the text stands what stands around every page, and headings of the book."""
    count = Counter(text for page in written.values() for text in set(page.furniture))
    for name, page in written.items():
        for text in dict.fromkeys(page.furniture):
            everywhere = len(written) > 1 and 2 * count[text] > len(written)
            if not everywhere and not {text, _NUMBER.sub("", text)} & {"", *_TOOLS, *expected.furniture}:
                yield f"{name}：正文之外多了文字：{text[:60]}\n  怎么办：{_again()}"


def _left_over(folder: Path, written: Iterable[str]) -> Iterator[str]:
    known = {*written, *_NO_DOCUMENT}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if name not in known and read_page(path).text:
            yield (
                f"{name}：这一页不在书里，上面的文字没有人核对过，可能是改名以前留下的。\n"
                f"  怎么办：删去这个文件，或者删去整个文件夹，再运行 {typed('handbook html')}。"
            )


def _withheld(folder: Path, archive: Archive) -> Iterator[str]:
    """No file of the site gives away withheld words: not its search data, not a received text."""
    secrets = Secrets.of(archive)
    if not secrets.pieces:
        return
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TEXTS and path.is_file():
            try:
                words = _words_of(path)
            except (OSError, zlib.error, zipfile.BadZipFile, KeyError) as error:
                yield f"{path.relative_to(folder).as_posix()}：读不出来（{error}）。\n  怎么办：{_again()}"
                continue
            if found := secrets.first_in(squeeze(words)):
                yield (
                    f"{path.relative_to(folder).as_posix()}：里面有讲话 {found[1]} 里登记为不得刊出的文字。\n"
                    f"  怎么办：不要发布；{_again()}"
                )


def _words_of(path: Path) -> str:
    """Everything that a file of the site says, unpacked where it is packed."""
    data = path.read_bytes()
    if path.suffix == ".inv":
        head, _, packed = data.partition(b"zlib.\n")
        data = head + zlib.decompress(packed)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            parts = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
        data = _TAG.sub(b"", parts)
    return data.decode("utf-8", errors="replace")
