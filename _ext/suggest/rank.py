"""Unquoted passages in order of how well they suit a chapter or some words, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .bayes import Model
from .features import Features, Reader
from .passages import Candidate

_REASONS = 4
_LEAST_WORD = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score``: greater is better, of one list only. ``words``: what speaks for it. ``theme``: where it suits best."""

    candidate: Candidate
    score: float
    words: tuple[str, ...]
    theme: str


def for_theme(theme: str, found: Iterable[Candidate], model: Model, reader: Reader) -> list[Suggestion]:
    """Passages whose best theme is ``theme``, by how far it leads over the next."""
    out = []
    for candidate in found:
        features = reader.of_span(candidate.speech, candidate.span.start, candidate.span.end)
        scores = model.scores(features)
        rest = [score for name, score in scores.items() if name != theme]
        lead = scores[theme] - max(rest, default=0.0)
        if lead > 0:
            out.append(Suggestion(candidate, lead, _speaking(features, theme, model), theme))
    return sorted(out, key=lambda s: (-s.score, s.candidate.speech.id, s.candidate.span))


def for_words(text: str, found: Iterable[Candidate], model: Model, reader: Reader) -> list[Suggestion]:
    """Passages that share the rarest words with ``text``, itself or by their headings."""
    wanted = {word for word in reader.words(text) if len(word) >= _LEAST_WORD} or set(reader.words(text))
    out = []
    for candidate in found:
        features = reader.of_span(candidate.speech, candidate.span.start, candidate.span.end)
        shared = [word for word in sorted(wanted) if features[f"w:{word}"] or word in candidate.text]
        if shared:
            score = sum(_rarity(word, model.idf) * (2 if word in candidate.text else 1) for word in shared)
            score += 1e-3 * min(len(candidate.text), 100)
            out.append(Suggestion(candidate, score, tuple(shared), model.best(features)))
    return sorted(out, key=lambda s: (-s.score, s.candidate.speech.id, s.candidate.span))


def _rarity(word: str, idf: Mapping[str, float]) -> float:
    return idf.get(f"w:{word}", max(idf.values(), default=1.0))


def _speaking(features: Features, theme: str, model: Model) -> tuple[str, ...]:
    """The words that lead most towards a theme."""
    others = [name for name in model.weights if name != theme]

    def lead(name: str) -> float:
        mean = sum(model.weights[other].get(name, 0.0) for other in others) / max(len(others), 1)
        return (mean - model.weights[theme].get(name, 0.0)) * features[name]

    words = [name for name in features if name.startswith("w:") and len(name) - 2 >= _LEAST_WORD and name in model.idf]
    best: Sequence[str] = sorted(words, key=lambda name: (-lead(name), name))[:_REASONS]
    return tuple(name[2:] for name in best if lead(name) > 0)
