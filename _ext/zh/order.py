"""The order in which a reader meets the documents of a book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def reading_order(root: str, below: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """``root`` and everything that its tables of contents (``below``: document → documents) lead to, each once."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        document = waiting.pop()
        if document not in seen:
            seen.add(document)
            yield document
            waiting += reversed(below.get(document, ()))
