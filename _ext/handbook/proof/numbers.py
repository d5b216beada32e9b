"""The page numbers that a PDF prints of itself: in 目录, in 索引 and in references, against the folios of its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zh.typed import typed
from zhprint.reading import Printed, squeeze

from .form import Proof

_PAGE_LINK = re.compile(r"第?([0-9]+|[ivxlc]+)页")
_LISTED = re.compile(r"(?:(?<![0-9])[0-9]+|(?<![ivxlc])[ivxlc]+)\Z")


def check_numbers(printed: Printed, proof: Proof, titles: Sequence[str]) -> None:
    """``titles``: of the lists that must be there, 目录 first. A wrong number, a missing list and an unlisted title fail."""
    lists = {title: _range(printed, title) for title in titles}
    contents = titles[0] if titles else ""
    for title, span in lists.items():
        if not span:
            proof.problems.append(
                f"印刷文件里没有找到“{title}”，其中的页码无从核对。\n"
                "  怎么办：不要付印；先核对 conf.py 的 zhprint_index_title，再重新生成印刷文件。"
            )
    listed = {at: f"（{title}）" for title, span in lists.items() for at in span}
    for number, page in enumerate(printed.pages):
        where = listed.get(number, "")
        for text, target in page.links:
            match = _LISTED.search(text) if where else _PAGE_LINK.fullmatch(text)
            if match is None:
                continue
            proof.numbers += 1
            shown, true = match[match.lastindex or 0], printed.pages[target].folio
            if shown != true:
                proof.problems.append(
                    f"印刷文件第{number + 1}页{where}：“{text}”印的页码是{shown}，实际在{true or '没有页码的一页'}。\n"
                    f"  怎么办：不要付印；重新运行 {typed('handbook pdf')}。"
                )
    shown_text = "".join(printed.pages[at].text for at in lists.get(contents, ()))
    for level, title, at in printed.titles:
        if squeeze(title) not in printed.pages[at].text:
            proof.problems.append(f"书签“{title}”指向印刷文件第{at + 1}页，那一页没有这个标题。")
        if lists.get(contents) and level == 1 and title != contents and squeeze(title) not in shown_text:
            proof.problems.append(f"{contents}里没有“{title}”。")


def _range(printed: Printed, title: str) -> range:
    tops = [(name, at) for level, name, at in printed.titles if level == 1]
    for (name, at), after in zip(tops, [*tops[1:], ("", len(printed.pages))], strict=True):
        if name == title:
            return range(at, max(after[1], at + 1))
    return range(0)
