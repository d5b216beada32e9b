"""The outermost pairs of quotation marks in one paragraph, whatever is quoted inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from speeches.core.prose.quotemarks import Pair, pairs


@dataclass(frozen=True, slots=True)
class Quoted:
    """Code points ``start`` to ``end`` of a paragraph: the words between two marks. ``closed``: the pair is whole."""

    start: int
    end: int
    closed: bool = True


def outermost(text: str, *, goes_on: bool = False) -> Iterator[Quoted]:
    """What stands in quotation marks. A mark that is never closed quotes to the end of the paragraph.

    ``goes_on``: the next paragraph opens with a mark too; GB/T 15834-2011 closes a quotation of several paragraphs only
    in its last, so that an open one here is whole.
    """
    found = [pair for pair in pairs(text) if pair.closed or _opens(pair, text)]
    whole = [pair for pair in found if pair.closed]
    for pair in found:
        if pair.closed and not any(other.start < pair.start and pair.end < other.end for other in whole):
            yield Quoted(pair.start, pair.end)
        elif not pair.closed:
            end = next((other.start - 1 for other in whole if other.start > pair.start), len(text))
            yield Quoted(pair.start, end, closed=goes_on and end == len(text))


def _opens(pair: Pair, text: str) -> bool:
    """Whether a lone mark opens something: a lone closing one has nothing that could be told from the text before."""
    return 0 < pair.start <= len(text) and text[pair.start - 1] == pair.mark
