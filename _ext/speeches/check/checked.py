"""``Checked``: everything that one build knows of its quotations, made once, read by all that comes after."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..core.review.finding import Finding
from ..core.review.review import Reviewed
from ..core.source.archive import Archive
from ..core.source.speech import Span

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A span of a speech (code points of the received text) and the claim that quotes it."""

    span: Span
    item: Reviewed


@dataclass(frozen=True)
class Checked:
    """One build's outcome. ``reviewed``: every quotation, by document and line; ``findings``: what belongs to none.

    ``numbers``: id → printed number of an excerpt (1-3). ``order``: docname → position in the table of contents.
    ``titles``: docname → title.
    """

    archive: Archive
    reviewed: tuple[Reviewed, ...]
    findings: tuple[Finding, ...]
    numbers: Mapping[str, str]
    order: Mapping[str, int]
    titles: Mapping[str, str]

    @cached_property
    def by_id(self) -> dict[str, Reviewed]:
        """The first quotation of each id."""
        return {item.claim.id: item for item in reversed(self.reviewed)}

    @cached_property
    def by_document(self) -> dict[str, list[Reviewed]]:
        """Quotations by the document that holds them."""
        found: dict[str, list[Reviewed]] = {}
        for item in self.reviewed:
            found.setdefault(item.claim.docname, []).append(item)
        return found

    @cached_property
    def by_speech(self) -> dict[str, list[Reviewed]]:
        """Quotations by the speech that they claim."""
        found: dict[str, list[Reviewed]] = {}
        for item in self.reviewed:
            found.setdefault(item.claim.speech, []).append(item)
        return found

    @cached_property
    def quoted_spans(self) -> dict[str, list[QuotedSpan]]:
        """Spans that quotations agree with, by speech, in the order of its text."""
        return {
            speech: sorted(
                (QuotedSpan(span, item) for item in items if item.verdict.agrees for span in item.verdict.fragments),
                key=lambda quoted: (quoted.span, quoted.item.claim.id),
            )
            for speech, items in self.by_speech.items()
        }

    @cached_property
    def in_book_order(self) -> list[Reviewed]:
        """Quotations as a reader meets them."""
        order, last = self.order, len(self.order)
        return sorted(
            self.reviewed,
            key=lambda item: (order.get(item.claim.docname, last), item.claim.docname, item.claim.line),
        )

    @cached_property
    def _excerpts(self) -> dict[str, Reviewed]:
        return {item.claim.id: item for item in reversed(self.reviewed) if item.claim.kind == "excerpt"}

    @cached_property
    def state(self) -> str:
        """Digest of everything that a table of the whole book can show."""
        shown = [
            (c.id, c.docname, c.line, c.speech, c.text, v.text, v.flags, v.found and (v.found.speech, v.found.start),
             [(span.start, span.end) for span in v.fragments], item.review, item.passed,
             e and (e.by, e.on, e.reason))
            for item in self.reviewed
            for c, v, e in [(item.claim, item.verdict, item.entry)]
        ]  # fmt: skip
        speeches = [speech.state for speech in self.archive]
        everything = repr((shown, speeches, self.numbers, self.order, sorted(self.titles.items())))
        return hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()

    def excerpt(self, target: str) -> Reviewed | None:
        """The excerpt of that name or id."""
        return self._excerpts.get(f"q.{target}") or self._excerpts.get(target)


_made: WeakKeyDictionary[BuildEnvironment, Checked] = WeakKeyDictionary()


def checked(env: BuildEnvironment) -> Checked:
    """This build's outcome. It is made at ``env-get-updated``, once Sphinx has numbered its sections; LookupError before."""
    try:
        return _made[env]
    except KeyError:
        raise LookupError("verdicts are made at env-get-updated (priority 800): ask for them after that") from None


def keep(env: BuildEnvironment, value: Checked) -> None:
    """Let ``checked`` give this value. Beside the environment, because what hangs on it is pickled."""
    _made[env] = value
