"""What a PDF holds that the printer never makes: another program put it there, and a reader sees or opens it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_ANNOTATIONS = {
    "/Text": "批注", "/FreeText": "文本批注", "/Popup": "批注", "/Stamp": "图章", "/Highlight": "加亮", "/Underline": "下划线", "/StrikeOut": "删除线",
    "/Ink": "手写的笔迹", "/FileAttachment": "附件", "/Widget": "表单域", "/Redact": "涂黑", "/Caret": "插入批注",
}  # fmt: skip
"""PDF 32000-1, table 169; a link is the only kind that a book has."""
_ACTIONS = {"/GoTo", "/URI"}
"""PDF 32000-1, table 198: to a place in the book, to an address."""


def foreign_parts(reader: PdfReader) -> Iterator[str]:
    """Each in the words of a message, with its page where it has one (counted from 1)."""
    root = reader.root_object
    names = root.get("/Names", {})
    for key, what in (("/EmbeddedFiles", "附件"), ("/JavaScript", "脚本")):
        if key in names:
            yield f"文件里夹带了{what}"
    for key, what in (("/AcroForm", "要填写的表单"), ("/OCProperties", "可以隐藏的图层"), ("/AA", "自动运行的动作")):
        if key in root:
            yield f"文件里有{what}"
    if "/S" in (root.get("/OpenAction") or ()):
        yield "文件里有打开时运行的动作"
    for number, page in enumerate(reader.pages, 1):
        yield from (f"第{number}页有{what}" for what in dict.fromkeys(_on_page(page)))


def _on_page(page: PageObject) -> Iterator[str]:
    if page.rotation:
        yield "转过的版面"
    if "/AA" in page:
        yield "自动运行的动作"
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        kind = str(annotation.get("/Subtype"))
        if kind != "/Link":
            yield _ANNOTATIONS.get(kind, f"{kind.strip('/')}标注")
        elif (annotation.get("/A") or {}).get("/S", "/GoTo") not in _ACTIONS:
            yield "不是通往网页或书中某处的链接"
