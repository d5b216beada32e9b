"""The ``speech`` domain: what the documents say, by document, and nothing that follows from it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from .check.checked import checked
from .core.review.claim import Claim
from .core.review.finding import Finding

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .core.prose.reading import ReadingText


@dataclass(frozen=True, slots=True)
class SpeechPage:
    """The page of a speech: its 《题名》, the lines where its paragraphs start, and how many sentences each has.

    Each paragraph is an anchor (``p12``), and each sentence of it (``p12.s2``); a heading has no sentences.
    """

    speech: str
    title: str
    lines: tuple[int, ...]
    sentences: tuple[int, ...]

    def anchor(self, place: str) -> str:
        """The anchor of ``p12`` or ``p12.s2``: the sentence where there is one, else the paragraph, else ""."""
        paragraph, _, sentence = place.partition(".s")
        line = int(paragraph[1:8]) if paragraph[1:8].isdecimal() else 0  # int() reads no number of any length
        if line not in self.lines or paragraph != f"p{line}":
            return ""
        count = self.sentences[self.lines.index(line)]
        return place if sentence.isdecimal() and 1 <= int(sentence[:7]) <= count else paragraph


class SpeechDomain(Domain):
    """Records by document. What follows from them is in ``Checked``."""

    name = "speech"
    label = "讲话与引文"
    object_types: ClassVar[dict[str, ObjType]] = {
        "speech": ObjType("讲话", "speech"),
        "passage": ObjType("段", "passage"),
        "excerpt": ObjType("摘录", "excerpt"),
    }
    initial_data: ClassVar[dict[str, object]] = {
        "claims": {},
        "reading": {},
        "states": {},
        "references": {},
        "findings": {},
        "parts": {},
        "pages": {},
        "digests": {},
    }
    # 2: generated words; 3: references say their kind; 4: claims have notes; 5: pages of speeches; 6: reading text;
    # 7: sentences of speeches; 8: digests of files; 9: records without slots, ids of inline quotations with their place
    # 10: reading text of references with words of their own, and of addresses; 11: reading text packed
    data_version = 11

    def note_digest(self, docname: str, digest: str) -> None:
        """The bytes of a document and of all that it includes, when it was read."""
        self.data["digests"][docname] = digest

    @property
    def digests(self) -> dict[str, str]:
        """docname → digest of its files when it was read."""
        found: dict[str, str] = self.data["digests"]
        return found

    def note_claim(self, claim: Claim) -> None:
        """A quotation of a chapter."""
        self.data["claims"].setdefault(claim.docname, []).append(claim)

    def note_reading(self, docname: str, reading: ReadingText) -> None:
        """What a document says to its reader, as far as that is known when it is read.

        Packed: it is most of what is recorded, and most builds only ask whether it is another than before.
        """
        self.data["reading"][docname] = pickle.dumps(reading, pickle.HIGHEST_PROTOCOL)

    def note_state(self, docname: str, speech_id: str, state: str) -> None:
        """A document depends on a speech in this state."""
        self.data["states"].setdefault(docname, {})[speech_id] = state

    def note_page(self, docname: str, page: SpeechPage) -> None:
        """A document is the page of a speech."""
        self.data["pages"][docname] = page

    def note_reference(self, docname: str, target: str, line: int) -> None:
        """A reference: ``excerpt:name``, ``speech:id`` or ``passage:id.p12``."""
        self.data["references"].setdefault(docname, []).append((target, line))

    def note_finding(self, docname: str, finding: Finding) -> None:
        """Something wrong with what a document says that no verdict covers."""
        self.data["findings"].setdefault(docname, []).append(finding)

    def note_parts(self, docname: str, parts: Iterable[tuple[str, str]]) -> None:
        """The generated parts of a document: name and key, each once."""
        self.data["parts"][docname] = list(dict.fromkeys(parts))

    @property
    def claims(self) -> list[Claim]:
        """Every claim, in the order of documents and, within one, as a reader meets them. Sorted afresh at each call."""
        return [
            c
            for docname in sorted(self.data["claims"])
            for c in sorted(self.data["claims"][docname], key=attrgetter("line"))
        ]

    @property
    def packed_readings(self) -> dict[str, bytes]:
        """docname → reading text as it is kept; equal bytes are equal texts."""
        return dict(sorted(self.data["reading"].items()))

    def reading_of(self, docname: str) -> ReadingText:
        """The reading text of a document, generated parts not yet filled in; nothing of one that has none."""
        packed: bytes | None = self.data["reading"].get(docname)
        reading: ReadingText = pickle.loads(packed) if packed else ()
        return reading

    @property
    def reading(self) -> dict[str, ReadingText]:
        """docname → reading text of every document."""
        return {docname: self.reading_of(docname) for docname in self.packed_readings}

    @property
    def states(self) -> dict[str, dict[str, str]]:
        """docname → speech id → state when the document was read."""
        states: dict[str, dict[str, str]] = self.data["states"]
        return states

    @property
    def references(self) -> list[tuple[str, str, int]]:
        """docname, target and line of every reference to an excerpt."""
        return [(d, *ref) for d in sorted(self.data["references"]) for ref in self.data["references"][d]]

    @property
    def findings(self) -> list[Finding]:
        return [f for docname in sorted(self.data["findings"]) for f in self.data["findings"][docname]]

    @property
    def parts(self) -> dict[str, list[tuple[str, str]]]:
        """docname → generated parts."""
        parts: dict[str, list[tuple[str, str]]] = self.data["parts"]
        return parts

    def clear_doc(self, docname: str) -> None:
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: Mapping[str, Mapping[str, object]]) -> None:
        wanted = set(docnames)
        for kind in self.initial_data:
            for docname, value in otherdata[kind].items():
                if docname in wanted:
                    self.data[kind][docname] = value

    def speech_docname(self, speech_id: str) -> str:
        """The page of a speech; "" when it has none."""
        docname = f"{self.env.config.speeches_archive}/{speech_id}"
        return docname if docname in self.env.found_docs else ""

    def numbers(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Excerpt id → printed number: chapter and ordinal (1-3), or the ordinal alone in an unnumbered document.

        By the numbers that Sphinx's sections have when it is called.
        """
        numbers: dict[str, str] = {}
        count: dict[str, int] = {}
        for claim in claims:
            if claim.kind == "excerpt":
                count[claim.docname] = count.get(claim.docname, 0) + 1
                chapter = self.env.toc_secnumbers.get(claim.docname, {}).get("", ())
                prefix = f"{chapter[0]}-" if chapter else ""
                numbers.setdefault(claim.id, f"{prefix}{count[claim.docname]}")
        return numbers

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
        if typ in ("excerpt", "claim"):
            item = checked(env).excerpt(target) if typ == "excerpt" else checked(env).by_id.get(target)
            if item is None:
                return None
            if typ == "excerpt" and not node.get("refexplicit"):
                label = f"摘录{checked(env).numbers[item.claim.id]}"
                contnode = nodes.inline(label, label, classes=["excerpt-reference"])
            return make_refnode(builder, fromdocname, item.claim.docname, item.claim.id, contnode)
        speech_id, _, anchor = target.partition(".")
        docname = self.speech_docname(speech_id)
        page = self.data["pages"].get(docname)
        if page is None:
            return None
        if typ != "passage":
            return make_refnode(builder, fromdocname, docname, "", contnode)
        place = page.anchor(anchor)
        return make_refnode(builder, fromdocname, docname, f"{speech_id}.{place}", contnode) if place else None

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
        claims = self.claims
        numbers = self.numbers(claims)
        for claim in claims:
            if claim.kind == "excerpt":
                yield claim.id, f"摘录{numbers[claim.id]}", "excerpt", claim.docname, claim.id, 1
        for docname, page in sorted(self.data["pages"].items()):
            yield page.speech, f"讲话原文{page.title}", "speech", docname, "", 1
            for line in page.lines:
                anchor = f"{page.speech}.p{line}"
                yield anchor, f"讲话原文{page.title}第{line}行", "passage", docname, anchor, -1


def speech_domain(env: BuildEnvironment) -> SpeechDomain:
    """The domain, typed."""
    domain = env.domains["speech"]
    assert isinstance(domain, SpeechDomain)
    return domain
