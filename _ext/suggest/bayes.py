"""Complement naive Bayes on tf-idf weights (Rennie, Shih, Teevan and Karger, ICML 2003, table 4): few examples,
uneven classes. Each theme is known by what all *other* themes are made of, which evens out their sizes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SMOOTHING = 0.3
"""Added to each weight (chosen with bench/suggest.py)."""


@dataclass(frozen=True)
class Model:
    """Weights of every feature for every theme; a passage belongs where the sum is least."""

    weights: Mapping[str, Mapping[str, float]]
    idf: Mapping[str, float]

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """How well a passage suits each theme, greater is better; only differences mean anything."""
        vector = _vector(features, self.idf)
        return {
            theme: -sum(value * weights.get(name, 0.0) for name, value in vector.items())
            for theme, weights in self.weights.items()
        }

    def best(self, features: Mapping[str, float]) -> str:
        """The theme that suits best; "" where there is none."""
        scores = self.scores(features)
        return max(sorted(scores), key=lambda theme: scores[theme]) if scores else ""


def learn(examples: Sequence[tuple[str, Mapping[str, float]]]) -> Model:
    """Learn from pairs of theme and features."""
    spread = Counter(name for _, features in examples for name in features)
    idf = {name: math.log((1 + len(examples)) / (1 + count)) + 1 for name, count in spread.items()}
    totals: Counter[str] = Counter()
    own: dict[str, Counter[str]] = {}
    for theme, features in examples:
        vector = Counter(_vector(features, idf))
        totals.update(vector)
        own.setdefault(theme, Counter()).update(vector)
    weights = {}
    for theme, mine in own.items():
        others = {name: totals[name] - mine[name] + _SMOOTHING for name in totals}
        whole = sum(others.values())
        weights[theme] = {name: math.log(value / whole) for name, value in others.items()}
    return Model(weights, idf)


def _vector(features: Mapping[str, float], idf: Mapping[str, float]) -> dict[str, float]:
    """Sublinear tf times idf, of length 1; what was never seen in learning is left out."""
    vector = {name: (1 + math.log(count)) * idf[name] for name, count in features.items() if name in idf}
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {name: value / length for name, value in vector.items()}
