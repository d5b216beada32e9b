"""The pages of the site, read back: quotations, source lines, and quotations that are in no report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from speeches.core.source.archive import Archive
from zhprint.reading import squeeze

from .form import Item, Proof, shown_form, source_of


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
    wanted = Counter(shown_form(item) for item in items)
    extra = sorted(read.excerpts.keys() - {item["id"] for item in items})
    extra += sorted((read.quotes - wanted).elements())
    for text in extra:
        yield (
            f"{name}：网页上有一条核对报告里没有的引文，没有人核对过：{text}\n"
            "  怎么办：先运行 make check，再运行 make html。"
        )
    for item in items:
        form = shown_form(item)
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
