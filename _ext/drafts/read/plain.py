"""Text, Markdown and web pages, in whatever encoding an office saved them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..draft import Draft, DraftError, Paragraph

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "th",
        "blockquote",
        "pre",
        "figcaption",
        "caption",
        "dt",
        "dd",
        "section",
        "article",
        "body",
    ]
)
_SILENT = frozenset({"script", "style", "head", "noscript", "template"})


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and a notice on its encoding ("" for UTF-8). DraftError where it is no text."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            try:
                return data.decode(encoding), "" if encoding == "utf-8-sig" else "文件是 UTF-16 编码。"
            except UnicodeDecodeError as error:
                raise DraftError(f"{name}：开头说是 {encoding}，里面却不是。请重新保存为 UTF-8。") from error
    for encoding, notice in (("utf-8", ""), ("gb18030", "文件是 GBK（GB18030）编码，已按这种编码读取。")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, notice
    raise DraftError(f"{name}：不是文字文件，或编码认不出来。请用记事本打开，另存为 UTF-8。")


def _read(path: Path, paragraphs: Callable[[str], Iterator[Paragraph]]) -> Draft:
    text, notice = decoded(path.read_bytes(), path.name)
    found = tuple(paragraphs(text.replace("\r\n", "\n").replace("\r", "\n")))
    return Draft(path.name, found, (notice,) if notice else (), "" if found else "文件里没有文字。")


def _text(text: str) -> Iterator[Paragraph]:
    """A line is a paragraph: that is how Word and Notepad save text."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Paragraph(line, f"第{number}行", source=number)


def _markdown(text: str) -> Iterator[Paragraph]:
    from markdown_it import MarkdownIt

    depth = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        line = (token.map[0] + 1) if token.map else 0
        if token.type == "inline" and token.children is not None:
            words = "".join(
                "" if child.type in ("softbreak", "hardbreak") else child.content for child in token.children
            )
            if words.strip():
                yield Paragraph(words, f"第{line}行", excerpt=depth > 0, source=line)
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield Paragraph(token.content, f"第{line}行", source=line)


def _html(text: str) -> Iterator[Paragraph]:
    from lxml import etree, html

    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if not body.strip():
        return
    try:
        tree = html.document_fromstring(body)
    except etree.ParserError:  # nothing in it but marks that close what was never opened
        return
    number = 0
    for words, excerpt in _blocks(tree, excerpt=False):
        if words.strip():
            number += 1
            yield Paragraph(" ".join(words.split()), f"第{number}段", excerpt=excerpt, source=number)


def _blocks(element: object, *, excerpt: bool) -> Iterator[tuple[str, bool]]:
    """The text of each block of a page; what stands between blocks is one too."""
    from lxml import etree

    assert isinstance(element, etree._Element)
    words = ""
    for kind, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if kind == "start" and tag in _SILENT:
            node.text = ""
            for child in list(node):
                node.remove(child)
        if kind in ("comment", "pi"):
            words += node.tail or ""
        elif kind == "start":
            if tag in _BLOCKS and words:
                yield words, excerpt
                words = ""
            excerpt = excerpt or tag == "blockquote"
            words += "“" * (tag == "q") + (node.text or "") + "\n" * (tag == "br")
        else:
            words += "”" * (tag == "q")
            if tag in _BLOCKS:
                yield words, excerpt
                words = ""
            if tag == "blockquote":
                excerpt = any(isinstance(a.tag, str) and a.tag == "blockquote" for a in node.iterancestors())
            words += (node.tail or "") if node is not element else ""
    if words:
        yield words, excerpt


READERS: dict[str, Callable[[Path], Draft]] = {
    "text": lambda path: _read(path, _text),
    "markdown": lambda path: _read(path, _markdown),
    "html": lambda path: _read(path, _html),
}
