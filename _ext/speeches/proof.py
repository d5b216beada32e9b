"""付印前核对: what was printed is read back, from the PDF and from the HTML, and compared with the speeches.

Texts are compared verbatim, white space and line ends apart, by two readers where there are two; then what was read is
verified against the archive as it is now.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from zhprint.reading import Printed, read_pdf, second_reading, squeeze

from .core.archive import Archive
from .core.citation import place_title
from .core.folding import curly
from .core.selector import Selector, parse_locator
from .core.verify import Request, verify
from .rendering import one_level_down

_PAGE_LINK = re.compile(r"第?([0-9]+|[ivxlc]+)页")
_LISTED = re.compile(r"(.*?)[·\s]*([0-9]+|[ivxlc]+)")
_LABEL = re.compile(r"摘录([0-9]+(?:-[0-9]+)?)——")
_REPLACED = re.compile(r"〔([^〔〕]*)〕")
Item = Mapping[str, Any]


@dataclass(slots=True)
class Proof:
    """What was found. ``pages``: quotation id → (printed number, page of the PDF)."""

    problems: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, int]] = field(default_factory=dict)
    quotations: int = 0
    numbers: int = 0


# Comparing ------------------------------------------------------------------------------------------------------------


def printed_form(item: Item, marks: str = "full") -> str:
    """What stands on paper: an excerpt with its number and the dashes of its source line, a quotation inside its marks."""
    text = str(item["quoted"])
    text = f"“{one_level_down(curly(text))}”" if item["kind"] == "quote" else "\n".join(map(curly, text.split("\n")))
    if marks == "table":
        while match := _REPLACED.search(text):
            start = match.start() - len(match.group(1))
            text = text[: max(0, start)] + match.group(1) + text[match.end() :]
        text = re.sub(r"【[^【】]*】", "", re.sub(r"［([^［］]*)］", r"\1", text))
    return squeeze(text) + (f"摘录{item['number']}——" if item["kind"] == "excerpt" else "")


def source_of(item: Item, archive: Archive) -> str:
    """What a source line must name: 《题名》第二部分（四）; "" where the speech or the place is not known."""
    speech = archive.speeches.get(item["speech"])
    spans = item["fragments"]
    return squeeze(place_title(speech, spans[0]["start"])) if speech and spans else ""


def check_pdf(path: Path, items: Sequence[Item], archive: Archive, marks: str = "full", contents: str = "目录",
              index: str = "主题索引", fingerprint: str = "") -> Proof:  # fmt: skip
    """Every quotation of the report in the PDF, and every page number that the PDF prints of itself.

    ``fingerprint``: what the PDF must say of itself to be the book that the report is of. ReadingError for no PDF.
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
            if reader == "pypdf":
                fonts = [font for page in printed.pages[span[0] : span[1]] for font in page.fonts]
                _check_beginnings(mine, found, whole, fonts, proof)
    for reader, texts in readings.items():
        _find_unverified(items, "".join(texts), proof, reader)
    for item in items:
        _verify(item, archive, proof)
    proof.quotations = len(items)
    _check_numbers(printed, proof, contents, index)
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


def _check_beginnings(items: Sequence[Item], found: Mapping[str, int], whole: str, fonts: Sequence[str],
                      proof: Proof) -> None:  # fmt: skip
    """Nothing stands before an excerpt that a reader would take for its beginning: 楷体 is for excerpts alone.

    Where prose is set in the same font, for want of a better, this cannot be told.
    """
    usual = Counter(fonts).most_common(1)[0][0] if fonts else ""
    for item in items:
        at = found.get(item["id"], 0)
        if item["kind"] != "excerpt" or not at:
            continue
        own = Counter(fonts[at : at + len(squeeze(str(item["quoted"])))]).most_common(1)[0][0]
        if own != usual and fonts[at - 1] == own:
            start = next((n for n in range(at - 1, -1, -1) if fonts[n] != own), -1) + 1
            proof.problems.append(
                f"{item['path']}:{item['line']}：印出的摘录前面多了文字（{item['id']}）：{whole[start:at]}\n"
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
    size = next((n for n in range(len(form) // 2, 3, -1) if form[:n] in whole), 0)
    near = whole[whole.find(form[:size]) :][: len(form) + 5] if size else "（找不到相近的文字）"
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


def _check_numbers(printed: Printed, proof: Proof, contents: str, index: str) -> None:
    lists = {title: _range(printed, title) for title in (contents, index)}
    listed = {at: f"（{title}）" for title, span in lists.items() for at in span}
    for number, page in enumerate(printed.pages):
        where = listed.get(number, "")
        for text, target in page.links:
            match = _LISTED.fullmatch(text) if where else _PAGE_LINK.fullmatch(text)
            if match is None:
                continue
            proof.numbers += 1
            shown, true = match.groups()[-1], printed.pages[target].folio
            if shown != true:
                proof.problems.append(
                    f"印刷文件第{number + 1}页{where}：“{text}”印的页码是{shown}，实际在{true or '没有页码的一页'}。\n"
                    "  怎么办：不要付印；重新运行 make pdf。"
                )
    shown_text = "".join(printed.pages[at].text for at in lists[contents])
    for level, title, at in printed.titles:
        if squeeze(title) not in printed.pages[at].text:
            proof.problems.append(f"书签“{title}”指向印刷文件第{at + 1}页，那一页没有这个标题。")
        if lists[contents] and level == 1 and title != contents and squeeze(title) not in shown_text:
            proof.problems.append(f"{contents}里没有“{title}”。")


def _range(printed: Printed, title: str) -> range:
    tops = [(name, at) for level, name, at in printed.titles if level == 1]
    for (name, at), after in zip(tops, [*tops[1:], ("", len(printed.pages))], strict=True):
        if name == title:
            return range(at, max(after[1], at + 1))
    return range(0)


# The site -------------------------------------------------------------------------------------------------------------


class _Quotations(HTMLParser):
    """Excerpts by id, and inline quotations, of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.excerpts: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.quotes: Counter[str] = Counter()
        self._open: list[str] = []
        self._id, self._text, self._quote, self._source = "", "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        kind = next((name for name in ("excerpt", "excerpt-text", "source-line", "quote") if name in classes), "")
        if tag in ("blockquote", "p", "span"):
            self._open.append(f"{tag}:{kind}")
            if kind == "excerpt":
                self._id, self._text, self._source = values.get("id") or "", "", ""
            elif kind == "quote":
                self._quote = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("blockquote", "p", "span") and self._open:
            match self._open.pop():
                case "blockquote:excerpt":
                    self.excerpts[self._id] = squeeze(self._text)
                    self.sources[self._id] = squeeze(self._source)
                case "span:quote":
                    self.quotes[squeeze(self._quote)] += 1

    def handle_data(self, data: str) -> None:
        if "p:excerpt-text" in self._open:
            self._text += data
        if "p:source-line" in self._open:
            self._source += data
        if "span:quote" in self._open:
            self._quote += data


def check_html(folder: Path, items: Sequence[Item], archive: Archive) -> Proof:
    """Every quotation of the report in the pages that were written, and no other in any page of the folder."""
    proof = Proof(quotations=len(items))
    written = {path.relative_to(folder).as_posix(): _read_page(path) for path in sorted(folder.rglob("*.html"))}
    for docname in sorted({item["docname"] for item in items}):
        mine = [item for item in items if item["docname"] == docname]
        name = next((name for name in (f"{docname}.html", f"{docname}/index.html") if name in written), None)
        if name is None:
            proof.problems.append(f"{docname}.html：网页没有写出来，其中{len(mine)}条引文无从核对。请运行 make html。")
            continue
        proof.problems += _page_problems(name, written.pop(name), mine, archive)
    for name, read in written.items():
        if read.excerpts or read.quotes:
            proof.problems.append(
                f"{name}：这一页不在书里，上面有引文没有人核对过，可能是改名以前留下的。\n"
                "  怎么办：删去这个文件，或者删去整个文件夹，再运行 make html。"
            )
    return proof


def _read_page(path: Path) -> _Quotations:
    read = _Quotations()
    read.feed(path.read_text(encoding="utf-8", errors="replace"))
    return read


def _page_problems(name: str, read: _Quotations, items: Sequence[Item], archive: Archive) -> Iterator[str]:
    wanted = Counter(printed_form(item) for item in items)
    extra = sorted(read.excerpts.keys() - {item["id"] for item in items})
    extra += sorted((read.quotes - wanted).elements())
    for text in extra:
        yield (
            f"{name}：网页上有一条核对报告里没有的引文，没有人核对过：{text}\n"
            "  怎么办：先运行 make check，再运行 make html。"
        )
    for item in items:
        form = printed_form(item).removesuffix(f"摘录{item['number']}——")
        if item["kind"] == "excerpt":
            form, shown = f"{form}——{source_of(item, archive)}", "（没有这一条）"
            if item["id"] in read.excerpts:
                line = read.sources[item["id"]].removeprefix(f"摘录{item['number']}")
                shown = read.excerpts[item["id"]] + line
        else:
            shown = form if read.quotes[form] >= wanted[form] else "（没有这句引语）"
        if shown != form:
            yield (
                f"{name}：网页上的引文与核对报告不一致（{item['id']}）。\n  应当是：{form}\n  网页上：{shown}\n"
                "  怎么办：重新运行 make html；仍不一致的，请查模板和脚本。"
            )
