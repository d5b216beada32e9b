"""引文核对表 for paper: two quotations to a line, first and last words, short names, exceptions in words.

The whole table is on the site and in the report under the 核验码; printed in full it would be a fifth of the book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..check.checked import checked
from ..core.matching.verdict import TextStatus
from ..core.review.review import Reviewed
from ..nodes import generated_table
from ..rendering import WITHHELD, Cell, table, with_marks, xref
from .quotations import is_withheld
from .tables import accepted_of, result_of

_FIRST, _LAST = 5, 3
"""Characters that are shown of the beginning and of the end of a quotation."""
_TO = "～"
"""Between them. …… would be read as an omission."""
_PER_LINE = 2


def verification_for_print(env: BuildEnvironment) -> list[nodes.Node]:
    """The table, and after it everything that is not verbatim and accepted as most are."""
    reviewed = checked(env).in_book_order
    usual = Counter(accepted_of(item) for item in reviewed).most_common(1)[0][0] if reviewed else ""
    told = (
        f"为省篇幅，引文只印开头和末尾几个字，中间用{_TO}相连，不表示省略；讲话用简称，后注段句号。"
        f"逐字一致、由{usual}认可的不另注明，其余在表后逐条写出。全表在网站和核对报告里。"
    )
    out: list[nodes.Node] = [nodes.paragraph(told, told, classes=["of-every-part"])]
    for kind, name, head in (("excerpt", "摘录", "编号"), ("quote", "引语", "页")):
        items = [item for item in reviewed if item.claim.kind == kind]
        if items:
            agreed = sum(item.passed for item in items)
            out.append(_paragraph(f"{name}{len(items)}条，与存档文本核对一致并经认可{agreed}条。"))
            out.append(_table(items, env, head))
            out += _exceptions(items, usual, env)
    return out


def _table(items: list[Reviewed], env: BuildEnvironment, head: str) -> nodes.table:
    titles = [*(f"{head}:7", "引文起止:20", "出处:21")] * _PER_LINE
    rows: list[list[Cell]] = []
    for _, chapter in groupby(items, key=lambda item: item.claim.docname):
        # A line holds quotations of one chapter, so that a handout can leave the others out.
        cells = [_cells(item, env) for item in chapter]
        for at in range(0, len(cells), _PER_LINE):
            row = [cell for group in cells[at : at + _PER_LINE] for cell in group]
            rows.append([*row, *([[]] * (3 * _PER_LINE - len(row)))])
    return table(titles, rows, ["verification-table", "in-brief", "colwidths-given"])


def _cells(item: Reviewed, env: BuildEnvironment) -> list[Cell]:
    outcome = checked(env)
    number = outcome.numbers.get(item.claim.id, "")
    form = "no-page" if number else "page-only"
    speech = outcome.archive.speeches.get(item.claim.speech)
    found = item.verdict.found
    name = speech.called.removesuffix("的讲话") if speech else item.claim.speech
    place = f" {found.locator}" if found and speech and found.speech == speech.id else ""
    shown = WITHHELD if is_withheld(item, outcome.archive) else _ends(item.claim.text)
    return [[xref("claim", item.claim.id, number or "—", [form])], [*with_marks(shown)], [nodes.Text(name + place)]]


def _ends(text: str) -> str:
    """First and last words; the whole of what is short."""
    line = "".join(text.split())
    return line if len(line) <= _FIRST + _LAST + 1 else line[:_FIRST] + _TO + line[-_LAST:]


def _exceptions(items: Iterable[Reviewed], usual: str, env: BuildEnvironment) -> Iterator[nodes.Node]:
    """A line for each result other than verbatim, and for each acceptance other than the usual one, in book order."""
    noted: dict[str, list[Reviewed]] = {}
    for item in items:
        if item.verdict.text is not TextStatus.EXACT or item.verdict.flags or not item.passed:
            noted.setdefault(result_of(item), []).append(item)
        if (accepted := accepted_of(item)) != usual:
            noted.setdefault(accepted, []).append(item)
    for words, told in noted.items():
        paragraph = nodes.paragraph("", f"{words}：", classes=["in-brief"])
        for at, item in enumerate(told):
            number = checked(env).numbers.get(item.claim.id, "")
            paragraph += nodes.Text("、" if at else "")
            paragraph += xref("claim", item.claim.id, number or "—", ["no-page" if number else "page-only"])
        paragraph += nodes.Text("。")
        yield paragraph


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph(text, text)


class ForPaper(SphinxPostTransform):
    """The table for print stands in for the whole one, before that is filled in (priority 5)."""

    default_priority = 4
    formats = ("typst", "docx")

    def run(self, **kwargs: object) -> None:
        for node in list(self.document.findall(generated_table)):
            if node["kind"] == "verification":
                node.replace_self(verification_for_print(self.env))


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(ForPaper)
