"""How often ``handbook suggest`` gives a passage the theme that its reader gave it: ``python bench/suggest.py``.

Leave-one-out over source_speeches/theme-labels.jsonl: neither the passage itself nor any quotation of the book that
overlaps it is learned from. Printed: share whose theme is the reader's first, and the first or second.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "_ext"))

from handbook.building import verified  # noqa: E402
from speeches.core.report.coverage import read_labels  # noqa: E402
from speeches.core.source.speech import Span  # noqa: E402
from suggest.bayes import learn  # noqa: E402
from suggest.features import Reader  # noqa: E402
from zh.words import read_words  # noqa: E402


def main() -> None:
    """Print the accuracy with and without the book's own quotations."""
    app, checked = verified(ROOT, quiet=True)
    reader = Reader(read_words(ROOT / "terms.txt"))
    labels = read_labels(ROOT / "source_speeches" / "theme-labels.jsonl")
    themes = {label.theme for label in labels}
    book = []
    for item in checked.reviewed:
        title = app.env.titles[item.claim.docname].astext() if item.claim.docname in app.env.titles else ""
        theme = next((theme for theme in themes if theme in title), None)
        if theme and item.verdict.agrees:
            span = Span(item.verdict.fragments[0].start, item.verdict.fragments[-1].end)
            book.append((theme, item.claim.speech, span))
    for name, more in (("labels alone", []), ("labels and the book", book)):
        known = [(label.theme, label.speech, label.span) for label in labels] + more
        features = [reader.of_span(checked.archive.speeches[s], span.start, span.end) for _, s, span in known]
        first = second = 0
        for index, label in enumerate(labels):
            others = [
                (theme, features[at])
                for at, (theme, speech, span) in enumerate(known)
                if at != index and not (speech == label.speech and span.overlaps(label.span))
            ]
            theme = learn(others).best(features[index])
            first += theme == label.theme
            second += theme in (label.theme, label.second_theme)
        print(
            f"{name}: {len(labels)} passages, first {first / len(labels):.0%}, first or second {second / len(labels):.0%}"
        )


if __name__ == "__main__":
    main()
