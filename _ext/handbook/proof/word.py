"""The Word file, read back whole and compared with the reading text run by run, in order; and what it says around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from drafts.package import open_package
from speeches.core.report.shape import Item
from speeches.core.source.archive import Archive
from zhprint.reading import squeeze
from zhword.reading import Written, origins, read_word, strange_parts

from .align import align
from .expected import Expected, notes, pieces
from .form import Proof, told_all
from .paper import check_claims, verify_item

_AGAIN = "重新运行 handbook word，仍不一致的，请查程序。"
_SIGNED = "□检查人日期复查人日期"
_EXCERPT = re.compile(r"摘录[0-9]+-[0-9]+")
_SHOWN = 60


def check_word(path: Path, expected: Expected, items: Sequence[Item], archive: Archive, *,
               fingerprint: str = "", unlisted: str = "") -> Proof:  # fmt: skip
    """Everything that the Word file says. DraftError for no Word file.

    ``fingerprint``: what the file must say of itself to be the book that was verified; ``unlisted``: what the printed 目录
    lists and Word's cannot, since it is no heading.
    """
    document = open_package(path, path.name)
    proof = Proof(quotations=len(items))
    core = document.core_properties
    if fingerprint and fingerprint not in (core.keywords or ""):
        proof.problems.append(
            f"{path.name} 不是照现在的书稿做的，做好以后书稿改动过。\n  怎么办：重新运行 handbook word。"
        )
    written = read_word(document, expected.index_title)
    wanted = [piece for reading in expected.paper for piece in pieces(reading, paper=True)]
    proof.runs = len(wanted)
    text = "".join(written.text).replace(_SIGNED, "□")
    found = align(wanted, text)
    proof.problems += told_all(found.differences, "Word 文件", _AGAIN)
    check_claims(wanted, items, proof)
    for item in items:
        verify_item(item, archive, proof)
    _check_notes(written, list(notes(expected.paper)), proof)
    _check_known("封面或版权页", "".join(written.front), expected.fixed, proof)
    for head in written.heads:
        _check_known(
            "页眉或页脚",
            head.rstrip("0123456789"),
            (*expected.fixed, *expected.tops, "目录", expected.index_title),
            proof,
        )
    _check_known(
        "文件属性",
        squeeze(f"{core.title}{core.author}"),
        (*expected.fixed, *expected.tops, squeeze(core.author or ""), "（", "）"),
        proof,
    )
    _check_contents(written, [heading for heading in expected.listed if heading != unlisted], proof)
    _check_index(written, expected, proof)
    _check_links(written, proof)
    for name in sorted({*written.strange, *strange_parts(document)}):
        proof.problems.append(f"Word 文件里有不该有的内容（{name}）。\n  怎么办：{_AGAIN}")
    said = {squeeze(paragraph) for paragraph in _bare(written)}
    for paragraph in origins(document):
        if (words := _without_numbers(squeeze(paragraph.text))) not in said:
            proof.problems.append(f"Word 文件的出处表里有正文没有的文字：{words[:_SHOWN]}\n  怎么办：{_AGAIN}")
            break
    return proof


def _bare(written: Written) -> Iterable[str]:
    return (_without_numbers(text) for text in (*written.front, *written.text, *written.notes, *written.index))


def _without_numbers(text: str) -> str:
    """Without page numbers, also those of the index, notes' marks and lists' numbers, which the two readings tell differently."""
    return re.sub(r"(?<![0-9…])[0-9…]+(?=页)|\[[0-9]+\]|\A[0-9]+\.", "", text.rstrip("0…，"))


def _check_notes(written: Written, wanted: list[str], proof: Proof) -> None:
    for note in written.notes:
        if note in wanted:
            wanted.remove(note)
        else:
            proof.problems.append(f"脚注与书稿不一致：{note[:_SHOWN]}\n  怎么办：{_AGAIN}")
    proof.problems += [f"脚注没有写出来：{note[:_SHOWN]}\n  怎么办：{_AGAIN}" for note in wanted]


def _check_known(where: str, text: str, known: Iterable[str], proof: Proof) -> None:
    for words in sorted(known, key=len, reverse=True):
        text = text.replace(words, "") if words else text
    if text:
        proof.problems.append(f"{where}多了书稿里没有的文字：{text[:_SHOWN]}\n  怎么办：{_AGAIN}")


def _check_contents(written: Written, listed: Sequence[str], proof: Proof) -> None:
    if not written.contents:
        return
    told = [line.removesuffix("0") for line in written.contents[1:] if line]
    if told != list(listed):
        odd = next((pair for pair in zip([*told, ""], [*listed, ""], strict=False) if pair[0] != pair[1]), ("", ""))
        proof.problems.append(f"目录与书稿的标题不一致。\n  应当是：{odd[1]}\n  写的是：{odd[0]}\n  怎么办：{_AGAIN}")


def _check_index(written: Written, expected: Expected, proof: Proof) -> None:
    if not written.index:
        return
    lines = {re.sub(r"0(?:，0)*\Z", "", line) for line in written.index[1:] if len(line) > 1}
    terms = {re.split("参见|见", line)[0] if line not in expected.terms else line for line in lines}
    for term in sorted(expected.terms - terms):
        proof.problems.append(f"{expected.index_title}里没有“{term}”。\n  怎么办：{_AGAIN}")
    for term in sorted(terms - expected.terms):
        proof.problems.append(f"{expected.index_title}多了“{term[:_SHOWN]}”。\n  怎么办：{_AGAIN}")


def _check_links(written: Written, proof: Proof) -> None:
    """Every link leads somewhere; one that names an excerpt, to that excerpt."""
    for words, name in written.links:
        place = written.places.get(name)
        if place is None:
            proof.problems.append(f"Word 文件里有一处参见（{words or '页码'}）不知道指到哪里。\n  怎么办：{_AGAIN}")
        elif _EXCERPT.fullmatch(words) and place != words:
            proof.problems.append(f"Word 文件里的{words}指到了“{place[:20]}”。\n  怎么办：{_AGAIN}")
        proof.numbers += 1
