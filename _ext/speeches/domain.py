"""The ``speech`` domain: what the chapters claim, by document; and, for one build, archive and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from .core.citation import short_title
from .core.prose.reuse import ProseRun
from .core.review.claim import Claim
from .core.review.review import Finding, Reviewed
from .core.source.archive import Archive

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class SpeechDomain(Domain):
    """Records by document; ``archive`` and ``reviewed`` live for one build and are never pickled."""

    name = "speech"
    label = "讲话与引文"
    object_types: ClassVar[dict[str, ObjType]] = {
        "speech": ObjType("讲话", "speech"),
        "passage": ObjType("段", "passage"),
        "excerpt": ObjType("摘录", "excerpt"),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "claims": {},
        "prose": {},
        "states": {},
        "references": {},
        "findings": {},
        "tables": {},
        "words": {},
        "rendered": {},
    }
    data_version = 4  # 2: generated words; 3: references say their kind; 4: claims have notes

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.archive: Archive | None = None
        self.reviewed: tuple[Reviewed, ...] = ()
        self.other_findings: tuple[Finding, ...] = ()
        self.rendered: dict[str, str] = {}
        """docname → digest of what this build fills in that the document's own source does not hold."""
        self._numbers: dict[str, str] | None = None

    # What documents say -------------------------------------------------------------------------------------------

    def note_claim(self, claim: Claim) -> None:
        """A quotation of a chapter."""
        self.data["claims"].setdefault(claim.docname, []).append(claim)

    def note_prose(self, docname: str, runs: list[ProseRun]) -> None:
        """The editor's own words in a document."""
        self.data["prose"][docname] = runs

    def note_speech(self, docname: str, speech_id: str) -> None:
        """A document depends on a speech and its record as they are now ("" while it cannot be used)."""
        assert self.archive is not None
        speech = self.archive.speeches.get(speech_id)
        self.data["states"].setdefault(docname, {})[speech_id] = speech.state if speech else ""

    def note_reference(self, docname: str, target: str, line: int) -> None:
        """A reference: ``excerpt:name``, ``speech:id`` or ``passage:id.p12``."""
        self.data["references"].setdefault(docname, []).append((target, line))

    def note_finding(self, docname: str, finding: Finding) -> None:
        """Something wrong with what a document says that no verdict covers."""
        self.data["findings"].setdefault(docname, []).append(finding)

    def note_table(self, docname: str, kind: str) -> None:
        """A document holds a generated table."""
        self.data["tables"].setdefault(docname, []).append(kind)

    def note_words(self, docname: str, kind: str, target: str) -> None:
        """A document holds words that are known when pages are written."""
        self.data["words"].setdefault(docname, []).append((kind, target))

    @property
    def claims(self) -> list[Claim]:
        """Every claim, in the order of documents and lines, however the build was run."""
        return [
            c for docname in sorted(self.data["claims"]) for c in sorted(self.data["claims"][docname], key=_position)
        ]

    @property
    def prose(self) -> dict[str, list[ProseRun]]:
        return dict(sorted(self.data["prose"].items()))

    @property
    def states(self) -> dict[str, dict[str, str]]:
        """docname → speech id → state when the document was read."""
        return self.data["states"]  # type: ignore[no-any-return]

    @property
    def references(self) -> list[tuple[str, str, int]]:
        """docname, target and line of every reference to an excerpt."""
        return [(d, *ref) for d in sorted(self.data["references"]) for ref in self.data["references"][d]]

    @property
    def findings(self) -> list[Finding]:
        return [f for docname in sorted(self.data["findings"]) for f in self.data["findings"][docname]]

    @property
    def tables(self) -> dict[str, list[str]]:
        """docname → kinds of generated tables."""
        return dict(sorted(self.data["tables"].items()))

    @property
    def words(self) -> dict[str, list[tuple[str, str]]]:
        """docname → kind and target of generated words."""
        return dict(sorted(self.data["words"].items()))

    def clear_doc(self, docname: str) -> None:
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        wanted = set(docnames)
        for kind in self.initial_data:
            for docname, value in otherdata[kind].items():
                if docname in wanted:
                    self.data[kind][docname] = value

    # What follows for one build -----------------------------------------------------------------------------------

    def reviewed_by_id(self) -> dict[str, Reviewed]:
        """The first reviewed claim of each id."""
        found: dict[str, Reviewed] = {}
        for item in self.reviewed:
            found.setdefault(item.claim.id, item)
        return found

    def speech_docname(self, speech_id: str) -> str:
        """The page of a speech; "" when it has none."""
        docname = f"{self.env.config.speeches_archive}/{speech_id}"
        return docname if docname in self.env.found_docs else ""

    def has_passage(self, target: str) -> bool:
        """Whether ``<speech>.p<line>`` is a paragraph."""
        speech_id, _, anchor = target.partition(".")
        speech = self.archive.speeches.get(speech_id) if self.archive else None
        return speech is not None and any(anchor == f"p{paragraph.line}" for paragraph in speech.outline.paragraphs)

    def numbers(self) -> dict[str, str]:
        """Excerpt id → printed number: chapter and ordinal (1-3), or the ordinal alone in an unnumbered document."""
        if self._numbers is None:
            self._numbers = {}
            count: dict[str, int] = {}
            for claim in self.claims:
                if claim.kind == "excerpt":
                    count[claim.docname] = count.get(claim.docname, 0) + 1
                    chapter = self.env.toc_secnumbers.get(claim.docname, {}).get("", ())
                    prefix = f"{chapter[0]}-" if chapter else ""
                    self._numbers.setdefault(claim.id, f"{prefix}{count[claim.docname]}")
        return self._numbers

    def chapter_order(self) -> dict[str, int]:
        """docname → position in the table of contents, from the root document."""
        order: dict[str, int] = {}
        pending = [self.env.config.root_doc]
        while pending:
            docname = pending.pop(0)
            if docname not in order:
                order[docname] = len(order)
                pending = [*self.env.toctree_includes.get(docname, []), *pending]
        return order

    def forget_numbers(self) -> None:
        """Sphinx numbers its sections late; what was counted before that is void."""
        self._numbers = None

    def excerpt_claim(self, target: str) -> Claim | None:
        """The excerpt of that name or id."""
        wanted = {target, f"q.{target}"}
        return next((c for c in self.claims if c.kind == "excerpt" and c.id in wanted), None)

    # Cross-references ---------------------------------------------------------------------------------------------

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        if typ == "excerpt":
            claim = self.excerpt_claim(target)
            if claim is None:
                return None
            title: Element = contnode
            if not node.get("refexplicit"):
                label = f"摘录{self.numbers()[claim.id]}"
                title = nodes.inline(label, label, classes=["excerpt-reference"])
            return make_refnode(builder, fromdocname, claim.docname, claim.id, title)
        if typ == "claim":
            claim = next((c for c in self.claims if c.id == target), None)
            return make_refnode(builder, fromdocname, claim.docname, claim.id, contnode) if claim else None
        speech_id, _, _ = target.partition(".")
        docname = self.speech_docname(speech_id)
        if not docname or (typ == "passage" and not self.has_passage(target)):
            return None
        return make_refnode(builder, fromdocname, docname, target if typ == "passage" else "", contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        found = []
        for typ in ("excerpt", "speech"):
            reference = self.resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
            if reference is not None:
                found.append((f"speech:{typ}", reference))
        return found

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for claim in self.claims:
            if claim.kind == "excerpt":
                yield claim.id, f"摘录{self.numbers()[claim.id]}", "excerpt", claim.docname, claim.id, 1
        if self.archive is None:
            return
        for speech in self.archive:
            docname = self.speech_docname(speech.id)
            if docname:
                yield speech.id, f"讲话原文{short_title(speech)}", "speech", docname, "", 1
                for paragraph in speech.outline.paragraphs:
                    anchor = f"{speech.id}.p{paragraph.line}"
                    yield anchor, f"讲话原文{short_title(speech)}第{paragraph.line}行", "passage", docname, anchor, -1


def _position(claim: Claim) -> tuple[int, str]:
    return claim.line, claim.id


def speech_domain(env: BuildEnvironment) -> SpeechDomain:
    """The domain, typed."""
    domain = env.domains["speech"]
    assert isinstance(domain, SpeechDomain)
    return domain
