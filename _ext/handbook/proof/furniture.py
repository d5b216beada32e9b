"""What a book prints of itself, by rule: cover and imprint, 目录, 索引, running heads and folios."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zh.typed import typed
from zhprint.reading import Printed, squeeze

from .expected import Expected
from .form import Proof

_NUMBER = re.compile(r"[·.…]*(?:[0-9]+|[ivxlc]+)")
_NUMBERS = re.compile(r"[0-9ivxlc]+(?:[，、,—–-][0-9ivxlc]+)*")
_SHOWN = 60


def check_front(printed: Printed, expected: Expected, contents: str, first: int, proof: Proof) -> None:
    """Cover, title page and imprint say what conf.py says, and no more; so does the title in the file's properties."""
    if expected.name and squeeze(printed.name) != expected.name:
        proof.problems.append(
            f"文件属性里的标题与书稿不一致。\n  书稿是：{expected.name}\n  文件里是：{printed.name or '（没有）'}\n"
            f"  怎么办：不要付印；重新运行 {typed('handbook pdf')}。"
        )
    for number in range(_contents_start(printed, contents, first)):
        page = printed.pages[number]
        if rest := _without(page.text + page.head + page.foot, expected.fixed):
            proof.problems.append(_extra(f"第{number + 1}页（封面、扉页或版权页）", rest))


def check_back(printed: Printed, expected: Expected, last: int, proof: Proof) -> None:
    """Pages without a folio after the text, such as the back cover, say what conf.py says and no more."""
    for number, page in enumerate(printed.pages[last:], last + 1):
        if not page.folio and (rest := _without(page.text + page.head + page.foot, expected.fixed)):
            proof.problems.append(_extra(f"第{number}页（封底）", rest))


def check_contents(printed: Printed, expected: Expected, contents: str, first: int, proof: Proof) -> None:
    """Every heading of the depth that is listed, in order, each with a page number; nothing between them."""
    begin = _contents_start(printed, contents, first)
    text = "".join(page.text for page in printed.pages[begin:first]).removeprefix(contents)
    if begin == first:
        return
    at = 0
    for heading in expected.listed:
        found = text.find(heading, at)
        if found != at:
            proof.problems.append(
                f"{contents}与书稿的标题不一致，在“{text[max(0, at - 12) : at]}”之后。\n  应当是：{heading}\n"
                f"  印的是：{text[at : at + _SHOWN]}\n  怎么办：不要付印；重新运行 {typed('handbook pdf')}。"
            )
        if found < 0:
            continue
        match = _NUMBER.match(text, found + len(heading))
        at = match.end() if match else found + len(heading)
    if rest := text[at:]:
        proof.problems.append(_extra(contents, rest))


def check_index(printed: Printed, expected: Expected, last: int, proof: Proof) -> None:
    """Every term that the chapters mark and no other word; the numbers are compared with the folios elsewhere."""
    # The back cover, which has no folio, is none of it; a letter that goes on over a column says so.
    listed = "".join(page.text for page in printed.pages[last:] if page.folio)
    text = listed.removeprefix(expected.index_title).replace("（续）", "")
    if not listed:  # a handout has none; that the book's is there, check_numbers says
        return
    terms = sorted(expected.terms, key=len, reverse=True)
    seen, at, extra = set(), 0, ""
    while at < len(text):
        term = next((term for term in terms if text.startswith(term, at)), "")
        if term:
            seen.add(term)
            at += len(term)
        elif match := _NUMBERS.match(text, at):
            at = match.end()
        elif text[at] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ#" or text.startswith(("见", "参见"), at):
            at += 1 if text[at] not in "见参" else len("见") if text[at] == "见" else len("参见")
        else:
            extra, at = extra + text[at], at + 1
    if extra:
        proof.problems.append(_extra(expected.index_title, extra))
    for term in sorted(expected.terms - seen):
        proof.problems.append(
            f"{expected.index_title}里没有“{term}”。\n  怎么办：不要付印；重新运行 {typed('handbook pdf')}。"
        )


def check_heads(printed: Printed, expected: Expected, contents: str, proof: Proof) -> None:
    """Over the text stand the title of the book and that of the chapter, under it the page number alone."""
    known = (*expected.fixed, *expected.tops, contents, expected.index_title)
    for number, page in enumerate(printed.pages):
        if rest := _without(page.head, known):
            proof.problems.append(_extra(f"第{number + 1}页的页眉", rest))
        if rest := page.foot.removeprefix(page.folio):
            proof.problems.append(_extra(f"第{number + 1}页的页脚", rest))


def _contents_start(printed: Printed, contents: str, first: int) -> int:
    return next((at for level, title, at in printed.titles if level == 1 and title == contents), first)


def _without(text: str, known: Iterable[str]) -> str:
    rest = squeeze(text)
    for words in sorted(known, key=len, reverse=True):
        rest = rest.replace(words, "")
    return rest


def _extra(where: str, rest: str) -> str:
    return f"{where}多了书稿里没有的文字：{rest[:_SHOWN]}\n  怎么办：不要付印；重新运行 {typed('handbook pdf')}，仍有的，请查 conf.py 和版式。"
