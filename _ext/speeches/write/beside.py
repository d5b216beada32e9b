"""The archived text beside an excerpt: one script a speech, which a page loads when a reader first asks for it.

Only where the speeches have pages, so in no public edition; what is withheld stands in it no more than on those pages.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zh.files import write_atomically

from ..check.checked import checked
from ..config import is_public
from ..core.review.review import Reviewed
from ..core.source.speech import Span, Speech
from ..domain import speech_domain
from ..rendering import passage_text

FOLDER = "_static/speeches"


def register(app: Sphinx) -> None:
    """After the last page: every verdict is known, and every number."""
    app.connect("build-finished", _write)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name not in ("html", "dirhtml", "singlehtml") or is_public(app.config):
        return
    outcome = checked(app.env)
    for speech in outcome.archive:
        if speech_domain(app.env).speech_docname(speech.id):
            data = json.dumps(source_of(app.env, speech), ensure_ascii=False, separators=(",", ":"))
            path = Path(app.outdir, FOLDER, f"{speech.id}.js")
            text = f"booksite.sourceRead({json.dumps(speech.id)},{data});\n"
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                write_atomically(path, text)


def source_of(env: BuildEnvironment, speech: Speech) -> dict[str, object]:
    """Title, paragraphs by sentence, and for each excerpt the sentence before it, its words, and the sentence after.

    Words are as the page of the speech prints them; those that are quoted are told from those between them.
    """
    outcome = checked(env)
    sentences = [
        _Sentence(f"p{p.line}.s{s.number}", Span(s.start, s.end), passage_text(speech, s.start, s.end))
        for p in speech.outline.paragraphs
        for s in p.sentences
    ]
    words = iter(sentences)
    paragraphs = [[f"p{p.line}", [next(words).printed for _ in p.sentences]] for p in speech.outline.paragraphs]
    excerpts = {
        item.claim.id: _context(speech, sentences, item)
        for item in outcome.by_speech.get(speech.id, ())
        if item.claim.id in outcome.numbers and item.verdict.agrees and item.verdict.fragments
    }
    return {"title": speech.title, "paragraphs": paragraphs, "excerpts": excerpts}


class _Sentence(NamedTuple):
    name: str
    span: Span
    printed: str


def _context(speech: Speech, sentences: list[_Sentence], item: Reviewed) -> dict[str, object]:
    fragments = sorted(item.verdict.fragments)
    whole = Span(fragments[0].start, fragments[-1].end)
    first = bisect_right(sentences, whole.start, key=lambda sentence: sentence.span.end)  # the first that it overlaps
    last = bisect_left(sentences, whole.end, key=lambda sentence: sentence.span.start) - 1
    start, end = min(sentences[first].span.start, whole.start), max(sentences[last].span.end, whole.end)
    parts: list[list[object]] = []
    at = start
    for fragment in fragments:
        parts += [
            [passage_text(speech, at, fragment.start), 0],
            [passage_text(speech, fragment.start, fragment.end), 1],
        ]
        at = fragment.end
    parts.append([passage_text(speech, at, end), 0])
    return {
        "from": sentences[first].name,
        "to": sentences[last].name,
        "before": sentences[first - 1].printed if first else "",
        "parts": [part for part in parts if part[0]],
        "after": sentences[last + 1].printed if last + 1 < len(sentences) else "",
    }
