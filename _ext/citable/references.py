"""Which reference (GB/T 7714-2025) each public id is cited by."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from gbt7714.entry import Reference
from permalink.collect import PublicId, public_ids
from speeches.check.checked import checked
from speeches.core.citation import speech_reference
from speeches.core.review.review import Reviewed

from .book import book_reference, excerpt_reference
from .config import book_of


@dataclass(frozen=True, slots=True)
class Citable:
    """A public id with what it is cited by. ``excerpt``: the verified excerpt, where it is one."""

    public: PublicId
    reference: Reference
    excerpt: Reviewed | None = None


def citable(env: BuildEnvironment) -> dict[str, Citable]:
    """Every public id that can be cited; an excerpt that does not pass this build's check cannot."""
    found = {public.id: _citable(env, public) for public in public_ids(env).values()}
    return {identifier: item for identifier, item in found.items() if item is not None}


def page_reference(env: BuildEnvironment, public: PublicId) -> Reference:
    """The handbook at the place that a citation names."""
    book = book_of(env.config)
    return book_reference(book, public.title.removeprefix(f"《{book.title}》").removesuffix(f"（{book.edition}）"))


def excerpt_of(env: BuildEnvironment, item: Reviewed) -> Reference | None:
    """None while the excerpt does not agree with the archived text. Whether anyone accepted it is not asked."""
    speech = checked(env).archive.speeches.get(item.claim.speech)
    if speech is None or item.verdict.found is None or not item.verdict.agrees:
        return None
    return excerpt_reference(speech, book_of(env.config), f"摘录{checked(env).numbers.get(item.claim.id, '')}")


def _citable(env: BuildEnvironment, public: PublicId) -> Citable | None:
    if public.kind == "excerpt":
        item = checked(env).by_id.get(public.id)
        reference = excerpt_of(env, item) if item and item.passed else None
        return Citable(public, reference, item) if reference else None
    if public.kind in ("speech", "passage"):
        speech_id, _, line = public.id.partition(".p")
        return Citable(
            public, speech_reference(checked(env).archive.speeches[speech_id], f"第{line}行" if line else "")
        )
    return Citable(public, page_reference(env, public))
