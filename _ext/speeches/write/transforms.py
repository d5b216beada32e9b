"""Filled in when pages are written, from this build's verdicts: source lines, failures, tables, marks on speech pages."""

from __future__ import annotations

import hashlib
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..check.checked import Checked, checked
from ..config import is_public
from ..core.citation import place_title
from ..core.review.review import Reviewed
from ..core.source.archive import Archive
from ..domain import speech_domain
from ..nodes import excerpt, generated_table, generated_text, quote, source_line, speech_passage
from ..read.directives import source_nodes
from .backlinks import mark_passage
from .rendering import withheld
from .summaries import generated_words, speech_bar
from .tables import make_table, table_state


class FillIn(SphinxPostTransform):
    """Runs before references are resolved (priority 10), because what it fills in holds references."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        docname = self.env.current_document.docname
        self._fill_quotations(self.env)
        for table in list(self.document.findall(generated_table)):
            table.replace_self(make_table(table["kind"], self.env, _home(table) or docname))
        for words in list(self.document.findall(generated_text)):
            words += nodes.Text(generated_words(words["kind"], words["target"], self.env))
        passages = list(self.document.findall(speech_passage))
        for passage in passages:
            mark_passage(passage, checked(self.env))
        if passages:
            facts = next(iter(self.document.findall(nodes.field_list)), None)
            if facts is not None:
                facts.parent.insert(facts.parent.index(facts) + 1, speech_bar(self.env, passages[0]["speech"]))

    def _fill_quotations(self, env: BuildEnvironment) -> None:
        reviewed = checked(env).by_id
        for line in list(self.document.findall(source_line)):
            if item := reviewed.get(line["claim"]):
                line.clear()
                line += source_line_nodes(item, env)
        for block in list(self.document.findall(excerpt)):
            if item := reviewed.get(block["claim"]):
                block += failure_nodes(item, env)
        for inline in list(self.document.findall(quote)):
            item = reviewed.get(inline["claim"])
            if item and not item.pending and item.findings:
                inline["classes"].append("unverified")
                note = "（引语未通过核对）"
                inline += nodes.inline(note, note, classes=["quote-failure"])


def _home(node: nodes.Node) -> str:
    """The document that a node is from where several were put into one, as for LaTeX; "" elsewhere.

    Sphinx writes it on sections; it does not hang what it puts in below its ``start_of_file``.
    """
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section) and "docname" in node:
            return str(node["docname"])
    return ""


_TELLING = 6


def tells_withheld(message: str, archive: Archive) -> bool:
    """Whether a message shows withheld words: any six characters in a row of a withheld span, or a shorter one whole."""
    for speech in archive:
        for span in withheld(speech):
            secret = speech.text[span.start : span.end]
            last = max(1, len(secret) - _TELLING + 1)
            if any(secret[at : at + _TELLING] in message for at in range(last)):
                return True
    return False


def source_line_nodes(item: Reviewed, env: BuildEnvironment) -> list[nodes.Node]:
    """摘录1-3 ——《题名》第二部分（四）: what is printed is always the resolved place."""
    outcome = checked(env)
    number = outcome.numbers.get(item.claim.id, "")
    label = f"摘录{number}"
    out: list[nodes.Node] = [nodes.inline(label, label, classes=["excerpt-number"])]
    speech = outcome.archive.speeches.get(item.claim.speech)
    if speech is None or item.verdict.found is None or not item.verdict.agrees:
        note = f"——{speech.title if speech else item.claim.speech}（未通过核对）"
        return [*out, nodes.inline(note, note, classes=["unverified"])]
    found = item.verdict.found
    return [*out, *source_nodes(speech.id, found.locator, f"——{place_title(speech, found.start)}")]


def failure_nodes(item: Reviewed, env: BuildEnvironment) -> list[nodes.Node]:
    """What is wrong with an excerpt, on the page itself, so that a preview shows it where it stands."""
    if not item.findings:
        return []
    pending = item.pending
    head = "尚未认可" if pending else "引文未通过核对"
    # The message shows what the source says; a public page must not.
    told = "\n".join(finding.message for finding in item.findings)
    silent = is_public(env.config) or tells_withheld(told, checked(env).archive)
    text = head if silent else f"{head}\n{told}"
    return [nodes.paragraph(text, text, classes=["verification-failure", *(["pending"] if pending else [])])]


def book_state(outcome: Checked) -> str:
    """Everything that a table of the whole book can show: every verdict with its acceptance, every speech and title."""
    parts = [
        repr((item.claim, item.verdict.text, item.verdict.flags, item.verdict.found, item.entry, item.passed))
        for item in outcome.reviewed
    ]
    parts += [speech.state for speech in outcome.archive]
    parts += [f"{docname}={title}" for docname, title in sorted(outcome.titles.items())]
    return repr(outcome.numbers) + "\n".join(parts)


def rendered_states(env: BuildEnvironment) -> dict[str, str]:
    """docname → digest of everything that ``FillIn``, the excerpt references and pulled texts put into it."""
    domain, outcome = speech_domain(env), checked(env)
    states: dict[str, list[str]] = {d: [repr(sorted(speeches.items()))] for d, speeches in domain.states.items()}
    numbers = outcome.numbers
    for item in outcome.reviewed:
        if item.claim.kind == "excerpt":
            text = "".join(node.astext() for node in source_line_nodes(item, env))
            text += "".join(node.astext() for node in failure_nodes(item, env))
            states.setdefault(item.claim.docname, []).append(text)
        else:
            states.setdefault(item.claim.docname, []).append(f"{item.claim.id}={item.pending}")
    for docname, target, _ in domain.references:
        excerpted = outcome.excerpt(target.removeprefix("excerpt:"))
        claim = excerpted and excerpted.claim
        states.setdefault(docname, []).append(f"{target}={claim and (claim.docname, numbers.get(claim.id))}")
    for speech_id, spans in outcome.quoted_spans.items():
        docname = domain.speech_docname(speech_id)
        if docname:
            for q in spans:
                parts = (
                    q.span,
                    q.item.claim.id,
                    q.item.claim.docname,
                    numbers.get(q.item.claim.id),
                    outcome.titles.get(q.item.claim.docname),
                )
                states.setdefault(docname, []).append(repr(parts))
    for docname, words in domain.words.items():
        states.setdefault(docname, []).extend(generated_words(kind, target, env) for kind, target in words)
    book = book_state(outcome)
    for docname, kinds in domain.tables.items():
        states.setdefault(docname, []).extend([book, *(table_state(kind, env, docname) for kind in kinds)])
    return {
        d: hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest() for d, parts in states.items()
    }


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(FillIn)
