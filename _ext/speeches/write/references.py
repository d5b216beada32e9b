"""The handbook as a book that is cited, from conf.py; and what its excerpts are cited by."""

from __future__ import annotations

from sphinx.config import Config

from gbt7714.entry import Reference

from ..config import SpeechesConfig
from ..core.citation import Book, excerpt_reference
from ..core.review.review import Reviewed
from ..domain import SpeechDomain


def book_of(config: Config) -> Book:
    """Title, editors and edition; what conf.py leaves empty is unknown."""
    values = SpeechesConfig.of(config)
    return Book(
        title=config.project, editor=config.author, edition=config.version, year=config.release.partition(".")[0],
        place=values.place, publisher=values.publisher,
    )  # fmt: skip


def excerpt_citation(item: Reviewed, domain: SpeechDomain) -> Reference | None:
    """None while the excerpt does not agree with the archived text."""
    assert domain.archive is not None
    speech = domain.archive.speeches.get(item.claim.speech)
    if speech is None or item.verdict.found is None or not item.verdict.agrees:
        return None
    number = domain.numbers().get(item.claim.id, "")
    return excerpt_reference(speech, book_of(domain.env.config), f"摘录{number}")
