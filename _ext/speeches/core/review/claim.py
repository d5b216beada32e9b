"""What a chapter says of one quotation: the small record that is kept between builds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from ..matching.placement import folded_text
from ..source.selector import Selector


class QuotationKind(StrEnum):
    """``excerpt``: a block quotation; ``quote``: inside a sentence."""

    EXCERPT = "excerpt"
    QUOTE = "quote"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A quotation (引文) as a chapter gives it. ``line`` counts from 1; ``path`` is relative to the handbook.

    ``pulled``: the text was taken from the speech at reading. ``error``: the editor's selector could not be read or
    resolved, so there is nothing to verify. ``name`` is the permalink slug, empty when none was given. ``note``: the
    editor's (编者注), printed under it.
    """

    id: str
    kind: QuotationKind
    docname: str
    path: str
    line: int
    speech: str
    text: str
    selector: Selector = field(default_factory=Selector)
    pulled: bool = False
    secondhand: bool = False
    name: str = ""
    note: str = ""
    error: str = ""


def quote_id(docname: str, speech: str, text: str, locator: str = "") -> str:
    """``iq.<docname>.<speech>.<8 hex>[.<locator>]`` of an inline quotation; typographic variants share one.

    An XML id (EPUB) holds no slash: it becomes a dot. A dot of the name itself is written ·. to be told from it.
    """
    name = docname.replace("·", "··").replace(".", "·.").replace("/", ".")
    return ".".join(["iq", name, speech, _digest(text), *([locator] if locator else [])])


def former_quote_id(claim: Claim) -> str:
    """The id that lock format 1 gave an inline quotation: without its place."""
    return f"iq.{claim.docname.replace('/', '.')}.{claim.speech or 'unknown'}.{_digest(claim.text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(folded_text(text, True).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def excerpt_id(speech: str, locator: str, name: str) -> str:
    """``q.<name>``, or ``q.<speech>.<locator to the sentence>`` where no name is given."""
    return f"q.{name}" if name else f"q.{speech}.{locator}"
