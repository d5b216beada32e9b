"""Which reference (GB/T 7714-2025) each public id is cited by."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from gbt7714.entry import Reference
from permalink.collect import public_ids
from permalink.domain import PublicId
from speeches.check.checked import Checked, checked
from speeches.core.citation import speech_reference
from speeches.core.review.review import Reviewed

from .book import Book, book_reference, excerpt_reference
from .config import book_of


@dataclass(frozen=True, slots=True)
class Citable:
    """A public id with what it is cited by. ``excerpt``: the verified excerpt, where it is one."""

    public: PublicId
    reference: Reference
    excerpt: Reviewed | None = None


def citable(env: BuildEnvironment) -> dict[str, Citable]:
    """Every public id that can be cited; an excerpt that does not pass this build's check cannot."""
    book, outcome = book_of(env.config), checked(env)
    found = {public.id: _citable(public, book, outcome) for public in public_ids(env).values()}
    return {identifier: item for identifier, item in found.items() if item is not None}


def page_reference(book: Book, public: PublicId) -> Reference:
    """The handbook at the place that a citation names."""
    return book_reference(book, public.title.removeprefix(f"《{book.title}》").removesuffix(f"（{book.edition}）"))


def excerpt_of(book: Book, outcome: Checked, item: Reviewed) -> Reference | None:
    """None while the excerpt does not agree with the archived text. Whether anyone accepted it is not asked."""
    speech = outcome.archive.speeches.get(item.claim.speech)
    if speech is None or item.verdict.found is None or not item.verdict.agrees:
        return None
    return excerpt_reference(speech, book, f"摘录{outcome.numbers.get(item.claim.id, '')}")


def _citable(public: PublicId, book: Book, outcome: Checked) -> Citable | None:
    if public.kind == "excerpt":
        item = outcome.by_id.get(public.id)
        reference = excerpt_of(book, outcome, item) if item and item.passed else None
        return Citable(public, reference, item) if reference else None
    if public.kind in ("speech", "passage"):
        speech_id, _, line = public.id.partition(".p")
        return Citable(public, speech_reference(outcome.archive.speeches[speech_id], f"第{line}行" if line else ""))
    return Citable(public, page_reference(book, public))
