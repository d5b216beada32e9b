"""A speech page marks what is quoted; an emendation prints once, whatever a quotation cuts beside it."""

from __future__ import annotations

import pytest
from book import Book

TEXT = "果园讲话\n各位：\n剪枝工作得心应手，心里有底。\n"
SUPPLIED = 'skip = [[1, 1]]\n[[emendation]]\nline = 3\noriginal = "工作得"\nreading = "工作中得"\nkind = "missing"\n'


@pytest.mark.parametrize("quoted", ["剪枝工作", "得心应手，心里有底", "剪枝工作［中］得心应手", "心里有底"])
def test_a_supplied_character_at_the_edge_of_a_quotation_prints_once(book: Book, quoted: str) -> None:
    book.speech("orchard", TEXT, SUPPLIED)
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    book.edit("chapters/two.md", "船上的规矩见", f"说{{quote}}`{quoted} <orchard>`。\n\n船上的规矩见")
    passage = book.build(warns=True).page("source_speeches/orchard").find(id="orchard.p3")
    assert passage is not None
    for chip in passage.select(".quoted-by"):
        chip.decompose()
    assert passage.get_text().strip() == "剪枝工作［中］得心应手，心里有底。"
    marked = "".join(span.get_text() for span in passage.select(".quoted"))
    assert marked == quoted
