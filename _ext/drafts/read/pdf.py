"""The text of a PDF, page by page. A page without text is told as 无法核对: a scan may say anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..draft import Draft, DraftError, Paragraph

_ENDS = re.compile(r"[。！？!?：:；;”」』）)]\s*$")


def read_pdf(path: Path) -> Draft:
    """Lines of a page are joined to paragraphs: a line that ends a sentence ends one."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DraftError(f"{path.name}：文件加了密码，打不开。请先去掉密码再核对。")
        pages = [page.extract_text() for page in reader.pages]
    except DraftError:
        raise
    # pypdf raises what its parser meets, not only its own errors, when a file is damaged
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError, OSError, RecursionError) as error:  # fmt: skip
        raise DraftError(f"{path.name}：PDF 文件损坏，或不是 PDF。请重新生成后再核对。") from error
    paragraphs = tuple(p for number, text in enumerate(pages, 1) for p in _paragraphs(text, number))
    empty = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if not paragraphs:
        return Draft(
            path.name, (), (), "这个 PDF 没有文字，多半是扫描件，无法核对。请找到文字版，或先做文字识别并校对。"
        )
    notices = (f"第{'、'.join(empty)}页没有文字（可能是扫描的图片），这几页无法核对。",) if empty else ()
    return Draft(path.name, paragraphs, notices)


def _paragraphs(text: str, page: int) -> Iterator[Paragraph]:
    words, number = "", 0
    for line in text.split("\n"):
        words += line.strip() if words else line.rstrip()
        if not line.strip() or _ENDS.search(line):
            if words.strip():
                number += 1
                yield Paragraph(words, f"第{page}页第{number}段", source=page * 1000 + number)
            words = ""
    if words.strip():
        yield Paragraph(words, f"第{page}页第{number + 1}段", source=page * 1000 + number + 1)
