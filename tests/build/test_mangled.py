"""A directive or a role mistyped at random: either its words are verified, or the check fails."""

from __future__ import annotations

import random

import pytest
from book import Book, copy_root

from speeches.check.checked import checked
from speeches.core.review.review import Subtype

pytestmark = pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")
_ALTERED = "守灯人的本分，是天黑之后把灯点亮"
_FORMS = (
    ":::{excerpt} lamp p4.s1\n@。\n:::",
    "```{excerpt} lamp p4.s1\n@。\n```",
    "说{quote}`@ <lamp>`。",
    "说{quote}`@ <lamp p4.s1>`。",
)
_ALIKE = {":": "：︰·;；", "{": "｛([（【", "}": "｝)]）】", "`": "‘’“”'\"｀´", "<": "＜〈《‹(", ">": "＞〉》›)", " ": "\u3000\t",
          "e": "E3", "q": "gＱ", "p": "PＰ", ".": "。．,"}  # fmt: skip
_COUNT = 240


def _mangled(form: str, chance: random.Random) -> str:
    """One to three slips in what is not the quotation."""
    text = form
    for _ in range(chance.randint(1, 3)):
        places = [at for at, character in enumerate(text) if character in _ALIKE]
        at = chance.choice(places)
        match chance.randrange(4):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice((" ", "\u3000", text[at])) + text[at:]
            case 2:
                text = "    " + text.replace("\n", "\n    ") if form[0] in ":`" else text
            case _:
                text = text[:at] + chance.choice(_ALIKE[text[at]]) + text[at + 1 :]
    return text.replace("@", _ALTERED)


def test_no_slip_lets_altered_words_through(tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(20261121)
    texts = sorted({_mangled(chance.choice(_FORMS), chance) for _ in range(_COUNT)})
    book: Book = copy_root("book", tmp_path_factory.mktemp("mangled") / "book")
    for number, text in enumerate(texts):
        book.write(f"chapters/m{number}.md", f"{text}\n")
    outcome = checked(book.build("verify", warns=True).app.env)
    findings = [*outcome.findings, *(finding for item in outcome.reviewed for finding in item.findings)]
    told = {finding.path for finding in findings if finding.subtype is not Subtype.NEW}
    silent = [text for number, text in enumerate(texts) if f"chapters/m{number}.md" not in told]
    assert len(texts) > 200 and not silent, "\n---\n".join(silent)
