"""Roles: ``quote`` (verified, inside a sentence), ``speech`` (names a speech), ``saying`` (quoted from nowhere)."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from ..core.citation import short_title
from ..core.errors import LocatorError
from ..core.review.claim import Claim, QuotationKind, quote_id
from ..core.source.folding import curly
from ..core.source.selector import Selector, parse_locator
from ..core.source.speech import Speech
from ..domain import speech_domain
from ..nodes import excerpt_count, excerpt_reference, quote, saying, speech_count
from ..rendering import one_level_down, with_marks, xref
from .archive import archive_of, note_speech
from .directives import written_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

_TARGET = re.compile(r"<([^<>]*)>\s*\Z")


class QuoteRole(SphinxRole):
    """``{quote}`text <id>```, ``<id p12.s1>``, ``<id *>``. Prints the outer “ ” itself."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        domain = speech_domain(self.env)
        docname = self.env.current_document.docname
        match = _TARGET.search(self.text)
        text, target = (self.text[: match.start()].rstrip(), match[1].split()) if match else (self.text, [])
        error, selector = "", Selector()
        speech_id = target[0] if target else ""
        if not speech_id:
            error = f"引语“{text}”没有写明出自哪篇讲话。\n  怎么办：请写成 {{quote}}`{text} <讲话编号>`。"
        elif len(target) > 1:
            try:
                selector = Selector(anywhere=True) if target[1] == "*" else Selector(parse_locator(target[1]))
            except LocatorError as problem:
                error = f"{problem}\n  书上印的：{text}\n  怎么办：请改正段句号，或删去它、由程序查找。"
        claim = Claim(
            id=quote_id(docname, speech_id or "unknown", text, str(selector.locator or "")),
            kind=QuotationKind.QUOTE,
            docname=docname,
            path=written_in(self.env, self.get_source_info()[0]),
            line=self.lineno,
            speech=speech_id,
            text=text,
            selector=selector,
            error=error,
        )
        first = all(other.id != claim.id for other in domain.data["claims"].get(docname, ()))
        domain.note_claim(claim)
        if speech_id:
            note_speech(self.env, speech_id)
        node = quote("", "", claim=claim.id, classes=["quote"], ids=[claim.id] if first else [])
        node["data-speech"] = speech_id
        node += [nodes.Text("“"), *with_marks(one_level_down(curly(text))), nodes.Text("”")]
        return [node], []


class SpeechRole(SphinxRole):
    """``{speech}`id```: 《题名》, linked to the speech's page; ``{called}`id```: what the prose calls it, 县里的讲话."""

    def __init__(self, name_of: Callable[[Speech], str]) -> None:
        self.name_of = name_of

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        speech_id = self.text.strip()
        note_speech(self.env, speech_id)
        speech_domain(self.env).note_reference(self.env.current_document.docname, f"speech:{speech_id}", self.lineno)
        speech = archive_of(self.env).speeches.get(speech_id)
        title = self.name_of(speech) if speech else speech_id
        return [xref("speech", speech_id, title, ["speech-title"])], []


class SayingRole(SphinxRole):
    """``{saying}`…```: printed in “ ”, and not held against the archive."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        text = f"“{one_level_down(curly(self.text))}”"
        return [saying(self.rawtext, text, classes=["saying"])], []


class ExcerptRole(XRefRole):
    """``{excerpt}`name```: a link 摘录1-3 to an excerpt; a wrong one is told at every build."""

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        speech_domain(env).note_reference(env.current_document.docname, f"excerpt:{target}", self.lineno)
        return title, target


class PassageRole(XRefRole):
    """``{passage}`words <id.p12>```: a link to a paragraph of a speech page."""

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        note_speech(env, target.partition(".")[0])
        speech_domain(env).note_reference(env.current_document.docname, f"passage:{target}", self.lineno)
        return title, target


class CountRole(SphinxRole):
    """``{excerpt-count}`chapters/dingwei```: excerpts of that document; ``{speech-count}`*```: speeches of the book, 五."""

    def __init__(self, kind: type[excerpt_count | speech_count]) -> None:
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [self.kind("", "", target=self.text.strip())], []


def register(app: Sphinx) -> None:
    """Add the roles to the domain."""
    app.add_role_to_domain("speech", "quote", QuoteRole())
    app.add_role_to_domain("speech", "speech", SpeechRole(short_title))
    app.add_role_to_domain("speech", "called", SpeechRole(attrgetter("called")))
    app.add_role_to_domain("speech", "saying", SayingRole())
    app.add_role_to_domain("speech", "excerpt", ExcerptRole(nodeclass=excerpt_reference))
    app.add_role_to_domain("speech", "passage", PassageRole())
    app.add_role_to_domain("speech", "excerpt-count", CountRole(excerpt_count))
    app.add_role_to_domain("speech", "speech-count", CountRole(speech_count))
