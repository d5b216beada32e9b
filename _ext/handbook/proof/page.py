"""One page of the site, read back: the words of its article, where its quotations stand, and what its markup hides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from zhprint.reading import squeeze

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)  # fmt: skip
_STRUCK = frozenset(
    ("del", "s", "strike", "ins", "script", "style", "iframe", "object", "embed", "noscript", "template", "dialog", "audio",
     "video", "canvas", "font", "marquee")
)  # fmt: skip
"""Elements that strike words out, hide them, put others there, or bring in what is not read here."""
_STYLE = re.compile(r"(?:\s*(?:width|height|text-align|flex-grow)\s*:[^;:]*;?)*\s*")
_HIDING = re.compile(r"(?:^|-)(?:hidden|hide|none|invisible|sr-only|visually-hidden|d-none)$")
_WIDE = re.compile("[\u2e80-\u9fff]")
_BY_RULE = {
    "headerlink": re.compile("[¶#]?"),
    "colon": re.compile(":"),
    "label": re.compile(r"[\[\]0-9]+"),
    "backrefs": re.compile(r"[(),0-9]+"),
    "form-file": re.compile("下载可以修改的文件（docx）"),
    "home-search": re.compile("搜索"),
    "home-pdf": re.compile("整本印刷文件（PDF）"),
}
"""What the writer of the site adds, by its class."""
_TOOLS = frozenset(("搜索全书", "搜索全书（首页）", "搜词语、句子、摘录编号，或直接问：督查怎么搞"))
"""What the tools of a page say to a screen reader."""
_ANSWER, _ANSWER_HEAD = "self-test", "显示要点"
_OWN_TITLES = ("链接到", "此", "永久链接")


@dataclass(slots=True)
class WrittenPage:
    """``text``: the article, squeezed. ``spans``: id and offsets of each quotation. ``values``: attributes in Chinese.

    ``answers``: what is folded in under a question, each squeezed. ``furniture``: what stands outside the article;
    ``descriptions``: what search engines are told;
    ``hidden``: what makes words unseen or struck out.
    """

    text: str = ""
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)


def read_page(path: Path) -> WrittenPage:
    """Read one file."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8", errors="replace"))
    reader.close()
    reader.page.text = "".join(reader.parts)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = WrittenPage()
        self.parts: list[str] = []
        self.length = 0
        self.open: list[tuple[str, str]] = []
        self.begun: list[tuple[int, str, int]] = []

    @property
    def inside(self) -> bool:
        return any(mark == "article" for _, mark in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        mark = (
            "article"
            if values.get("role") == "main"
            else next((name for name in classes if name in _BY_RULE or name in ("section-number", _ANSWER)), "")
        )
        if tag in ("script", "style", "head", "svg", "title"):
            mark = "silent"
        if self.inside:
            self._look(tag, values, classes)
        if tag == "meta" and values.get("name") in ("description", "keywords"):
            self.page.descriptions.append(squeeze(values.get("content", "")))
        if tag in _VOID:
            return
        if mark == _ANSWER:
            self.page.answers.append("")
        self.open.append((tag, mark))
        if any(mark == _ANSWER for _, mark in self.open):
            return
        if ("excerpt" in classes and tag == "blockquote") or ("quote" in classes and tag == "span"):
            self.begun.append((len(self.open), values.get("id", ""), self.length))

    def _look(self, tag: str, values: dict[str, str], classes: list[str]) -> None:
        if tag in _STRUCK:
            self.page.hidden.append(f"<{tag}>")
        if "hidden" in values or not _STYLE.fullmatch(values.get("style", "")):
            self.page.hidden.append(f"<{tag} {'hidden' if 'hidden' in values else values['style']}>")
        self.page.hidden += [f'<{tag} class="{name}">' for name in classes if _HIDING.search(name)]
        for name, value in values.items():
            if (
                _WIDE.search(value)
                and not (name == "title" and value.startswith(_OWN_TITLES))
                and name not in ("id", "href")
                and value not in _TOOLS
            ):
                self.page.values.append(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, _ = self.open.pop()
            while self.begun and self.begun[-1][0] > len(self.open):
                _, identifier, start = self.begun.pop()
                self.page.spans.append((identifier, start, self.length))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        marks = {mark for _, mark in self.open}
        text = squeeze(data)
        if not text or "silent" in marks:
            return
        if "article" not in marks:
            self.page.furniture.append(text)
        elif _ANSWER in marks:
            self.page.answers[-1] += text
        elif "section-number" in marks:
            self.page.sections.append(text)
        elif not any(_BY_RULE[mark].fullmatch(text) for mark in marks if mark in _BY_RULE):
            self.parts.append(text)
            self.length += len(text)

    def handle_comment(self, data: str) -> None:
        if self.inside and _WIDE.search(data):
            self.page.hidden.append(f"<!--{data[:40]}-->")
