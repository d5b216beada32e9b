"""The ``excerpt`` directive: a block quotation, quoted in the chapter or pulled from the speech."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.directives.other import TocTree
from sphinx.util.docutils import SphinxDirective

from ..core.errors import LocatorError
from ..core.matching.locate import locate
from ..core.matching.pull import pulled_span, pulled_text, sentence_locator
from ..core.matching.withheld import tells_withheld
from ..core.review.advice import flat
from ..core.review.claim import Claim, QuotationKind, excerpt_id
from ..core.review.finding import Finding, Subtype
from ..core.source.selector import Selector, parse_locator
from ..domain import SpeechDomain, speech_domain
from ..nodes import excerpt, source_line
from ..rendering import WITHHELD, excerpt_paragraphs
from .archive import archive_of, note_speech

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class _Placed:
    """What an excerpt says of itself. ``hidden``: withheld words may be in its text, which is not stored then."""

    text: str
    selector: Selector
    locator: str
    error: str = ""
    hidden: bool = False


class ExcerptDirective(SphinxDirective):
    """See DESIGN, "Writing an excerpt". The body is literal text: only …… and the editorial marks mean anything."""

    required_arguments = 1
    optional_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], object]] | None] = {
        "name": directives.unchanged_required,
        "prefix": directives.unchanged,
        "suffix": directives.unchanged,
        "from": directives.unchanged,
        "to": directives.unchanged,
        "note": directives.unchanged,
        "secondhand": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        domain = speech_domain(self.env)
        speech_id = self.arguments[0]
        note_speech(self.env, speech_id)
        body = body_text(list(self.content))
        placed = self._pull(speech_id) if not body else self._quoted(domain, speech_id, body)
        name = self._name(domain)
        claim = Claim(
            id=excerpt_id(speech_id, placed.locator, name),
            kind=QuotationKind.EXCERPT,
            docname=self.env.current_document.docname,
            path=self._path(),
            line=self.lineno,
            speech=speech_id,
            text=placed.text,
            selector=placed.selector,
            pulled=not body,
            secondhand="secondhand" in self.options,
            name=name,
            note=str(self.options.get("note") or ""),
            error=placed.error,
        )
        domain.note_claim(claim)
        return self._nodes(claim, hidden=placed.hidden)

    def _path(self) -> str:
        return written_in(self.env, self.get_source_info()[0])

    def _name(self, domain: SpeechDomain) -> str:
        name = str(self.options.get("name", ""))
        if name and not _NAME.match(name):
            self._finding(
                domain,
                f":name: “{name}”不能用。\n  怎么办：永久链接名只能用小写英文字母、数字和连字符，如 zuofeng-xizhi。",
            )
            return ""
        return name

    def _finding(self, domain: SpeechDomain, message: str) -> None:
        domain.note_finding(
            self.env.current_document.docname, Finding(Subtype.SYNTAX, message, self._path(), self.lineno)
        )

    def _selector(self) -> Selector:
        locator = parse_locator(self.arguments[1].strip()) if len(self.arguments) > 1 else None
        return Selector(locator, str(self.options.get("prefix") or ""), str(self.options.get("suffix") or ""))

    def _quoted(self, domain: SpeechDomain, speech_id: str, body: str) -> _Placed:
        if "from" in self.options or "to" in self.options:
            self._finding(
                domain, ":from: 和 :to: 用来提取原文，而这里已经写了引文。\n  怎么办：请删去它们，或删去引文。"
            )
        try:
            selector = self._selector()
        except LocatorError as error:
            return _Placed(
                body,
                Selector(),
                _hash(body),
                f"{error}\n  书上印的：{flat(body)}\n  怎么办：请改正段句号，或删去它、由程序查找。",
            )
        archive = archive_of(self.env)
        speech = archive.speeches.get(speech_id)
        span = locate(body, speech, selector) if speech and (speech.withheld or "name" not in self.options) else None
        locator = str((span and speech and sentence_locator(speech, span)) or selector.locator or _hash(body))
        hidden = bool(span and speech and speech.withholds(span)) or tells_withheld(body, archive)
        return _Placed(body, selector, locator, hidden=hidden)

    def _pull(self, speech_id: str) -> _Placed:
        archive = archive_of(self.env)
        speech = archive.speeches.get(speech_id)
        argument = self.arguments[1].strip() if len(self.arguments) > 1 else ""
        start, end = str(self.options.get("from") or ""), str(self.options.get("to") or "")
        if speech is None:
            return _Placed("", Selector(), argument or "unknown")
        if not (argument or start or end):
            message = (
                "摘录是空的，也没有写明提取哪一段。\n"
                "  怎么办：请写出引文；要提取原文的，在讲话编号后写段句号（如 p12.s1-2），"
                "或写 :from: 和 :to:。"
            )
            return _Placed("", Selector(), "unknown", message)
        try:
            span = pulled_span(speech, argument, start, end)
        except LocatorError as error:
            return _Placed(
                "",
                Selector(),
                argument or "unknown",
                f"{error}\n  引自：{speech_id}\n  怎么办：请改正这里的写法，或直接写出引文。",
            )
        self.env.note_dependency(str(archive.root / f"{speech_id}.txt"))
        self.env.note_dependency(str(archive.root / f"{speech_id}.toml"))
        locator = sentence_locator(speech, span)
        # The text that was pulled stands where it was pulled from, whether or not it stands elsewhere too.
        selector = Selector(parse_locator(str(locator))) if locator else Selector()
        text, locator_text = pulled_text(speech, span), str(locator or argument)
        return _Placed(text, selector, locator_text, hidden=speech.withholds(span) or tells_withheld(text, archive))

    def _nodes(self, claim: Claim, *, hidden: bool) -> list[nodes.Node]:
        block = excerpt("", ids=[claim.id], names=[claim.id], speech=claim.speech, claim=claim.id)
        # A label of the source may stand above an excerpt: docutils must know whose id the target below names.
        self.state.document.ids.setdefault(claim.id, block)
        block.source, block.line = self.get_source_info()
        block["hidden"] = hidden
        block += excerpt_paragraphs(WITHHELD if hidden else claim.text)
        block += source_line("", "", classes=["source-line"])
        if claim.secondhand:
            text = "转引，未核对原文"
            block.append(nodes.paragraph(text, text, classes=["secondhand-note"]))
        if claim.note:
            text = f"编者注：{claim.note}"
            block.append(nodes.paragraph(text, text, classes=["editor-note"]))
        self.set_source_info(block)
        return [nodes.target("", "", refid=claim.id), block]


def written_in(env: BuildEnvironment, source: str) -> str:
    """The file that an editor must open, relative to the handbook: the document, or what it includes."""
    return _below(str(env.srcdir), source) or str(env.doc2path(env.current_document.docname, base=False))


@lru_cache(maxsize=16)  # asked for each paragraph of a document
def _below(folder: str, source: str) -> str:
    path = Path(source)
    return path.relative_to(folder).as_posix() if path.is_absolute() and path.is_relative_to(folder) else ""


def body_text(lines: list[str]) -> str:
    """The text of a directive's body: lines of one paragraph joined, one \\n between paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n".join(_join(paragraph) for paragraph in paragraphs if paragraph)


def _join(lines: list[str]) -> str:
    """Join soft-wrapped lines; a space only where two ASCII words meet."""
    out = lines[0]
    for line in lines[1:]:
        spaced = out[-1].isascii() and out[-1].isalnum() and line[0].isascii() and line[0].isalnum()
        out += (" " if spaced else "") + line
    return out


def _hash(text: str) -> str:
    return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class SpeechPages(TocTree):
    """A toctree of every speech that has a page, by id; nothing in the public edition, where none has."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        domain = speech_domain(self.env)
        pages = [page for speech in archive_of(self.env) if (page := domain.speech_docname(speech.id))]
        # A new speech belongs on this page, so it is read again when documents come and go.
        self.env.glob_toctrees.add(self.env.current_document.docname)
        self.content = StringList([f"/{page}" for page in pages], source="speech-pages")
        return super().run() if pages else []


def register(app: Sphinx) -> None:
    """Add the directives to the domain."""
    app.add_directive_to_domain("speech", "excerpt", ExcerptDirective)
    app.add_directive_to_domain("speech", "speech-pages", SpeechPages)
