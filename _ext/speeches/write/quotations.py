"""What a verdict puts on the page: the source line of an excerpt, what is wrong with it, and where a reference leads."""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

from zh.numerals import to_chinese

from ..check.checked import checked
from ..config import is_public
from ..core.citation import place_title
from ..core.matching.withheld import tells_withheld
from ..core.review.review import Reviewed
from ..core.source.archive import Archive
from ..core.source.speech import Span
from ..nodes import excerpt, excerpt_count, quote, source_line, speech_count
from ..rendering import WITHHELD, excerpt_paragraphs, source_nodes
from .records import dated_in, period_note

_AROUND = 24
"""Characters beside a passage that a message may show, to tell two places apart."""


class Outcome(NamedTuple):
    """All that a page shows of one verdict. ``locator`` is empty where the quotation does not agree."""

    number: str
    locator: str
    source: str
    failure: str
    pending: bool
    withheld: bool
    dated: tuple[str, ...]


def outcome(env: BuildEnvironment, claim_id: str, _docname: str) -> Outcome:
    """What is shown of a quotation; also the state of its part."""
    found = checked(env)
    item = found.by_id[claim_id]
    speech = found.archive.speeches.get(item.claim.speech)
    place = item.verdict.found
    if speech is None or place is None or not item.verdict.agrees:
        locator, source = "", speech.title if speech else item.claim.speech
    else:
        locator, source = place.locator, place_title(speech, place.start)
    return Outcome(
        number=found.numbers.get(claim_id, ""),
        locator=locator,
        source=source,
        failure=_failure(env, item),
        pending=item.pending,
        withheld=is_withheld(item, found.archive),
        dated=tuple(period_note(dated) for dated in dated_in(item, found.archive)),
    )


def is_withheld(item: Reviewed, archive: Archive) -> bool:
    """Whether a quotation must not be printed, because what it quotes, or tries to quote, is withheld."""
    speech = archive.speeches.get(item.claim.speech)
    if speech is not None and any(speech.withholds(span) for span in item.verdict.fragments):
        return True
    # Where it stands is not known, or not here: its words must do. Those of one that agrees may stand openly elsewhere.
    return not item.verdict.agrees and tells_withheld(item.claim.text, archive)


def fill_excerpt(env: BuildEnvironment, node: excerpt, docname: str) -> None:
    """The source line, 摘录1-3 ——《题名》第二部分（四）, and what is wrong: a preview shows it where it stands."""
    shown = outcome(env, node["claim"], docname)
    if shown.withheld or node["hidden"]:
        text = WITHHELD if shown.withheld else checked(env).by_id[node["claim"]].claim.text
        rest = [child for child in node if isinstance(child, nodes.Element) and "excerpt-text" not in child["classes"]]
        node[:] = [*excerpt_paragraphs(text), *rest]
    for line in node.findall(source_line):
        label = f"摘录{shown.number}"
        line += nodes.inline(label, label, classes=["excerpt-number"])
        if shown.locator:
            line += source_nodes(node["speech"], shown.locator, f"——{shown.source}")
        else:
            note = f"——{shown.source}（未通过核对）"
            line += nodes.inline(note, note, classes=["unverified"])
    for note in shown.dated:
        node += nodes.paragraph(note, note, classes=["editor-note", "period-note"])
    if shown.failure:
        classes = ["verification-failure", *(["pending"] if shown.pending else [])]
        node += nodes.paragraph(shown.failure, shown.failure, classes=classes)


def fill_quote(env: BuildEnvironment, node: quote, docname: str) -> None:
    """A quotation inside a sentence says that it failed; that nobody accepted it yet is told elsewhere."""
    shown = outcome(env, node["claim"], docname)
    if shown.withheld:
        node.children = []
        node += nodes.Text(WITHHELD)
    if shown.failure and not shown.pending:
        node["classes"].append("unverified")
        note = "（引语未通过核对）"
        node += nodes.inline(note, note, classes=["quote-failure"])


def fill_count(env: BuildEnvironment, node: excerpt_count, _docname: str) -> None:
    node += nodes.Text(str(count_state(env, node["target"], "")))


def count_state(env: BuildEnvironment, target: str, _docname: str) -> int:
    """How many excerpts a document holds."""
    return sum(item.claim.kind == "excerpt" for item in checked(env).by_document.get(target, ()))


def fill_speeches(env: BuildEnvironment, node: speech_count, _docname: str) -> None:
    node += nodes.Text(speeches_state(env, node["target"], ""))


def speeches_state(env: BuildEnvironment, target: str, _docname: str) -> str:
    """How many speeches a document quotes, or the book (``*``): 五."""
    found = checked(env)
    items = found.reviewed if target == "*" else found.by_document.get(target, ())
    return to_chinese(len({item.claim.speech for item in items} & found.archive.speeches.keys()))


def reference_state(env: BuildEnvironment, target: str, _docname: str) -> tuple[str, str]:
    """Number and document of the excerpt that a name means; empty where it means none."""
    item = checked(env).excerpt(target)
    return (checked(env).numbers[item.claim.id], item.claim.docname) if item else ("", "")


def _failure(env: BuildEnvironment, item: Reviewed) -> str:
    if not item.findings:
        return ""
    head = "尚未认可" if item.pending else "引文未通过核对"
    # The message shows what the source says; a public page must not, and no page what is withheld.
    if is_public(env.config) or _shows_withheld(item, checked(env).archive):
        return head
    return "\n".join([head, *(finding.message for finding in item.findings)])


def _shows_withheld(item: Reviewed, archive: Archive) -> bool:
    """Whether a passage that the message shows, or what stands around it, is withheld."""
    verdict = item.verdict
    passages = (verdict.nearest, verdict.found, *verdict.candidates)
    return is_withheld(item, archive) or any(
        archive.speeches[passage.speech].withholds(Span(max(0, passage.start - _AROUND), passage.end + _AROUND))
        for passage in passages
        if passage is not None and passage.speech in archive.speeches
    )
