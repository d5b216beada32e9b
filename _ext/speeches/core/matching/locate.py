"""Where a quotation stands, asked before it is verified: an excerpt without a name is called after its place."""

from __future__ import annotations

from ..errors import LocatorError
from ..source.selector import Selector, resolve_locator
from ..source.speech import Span, Speech
from .placement import choose, folded_text, place_reading, source_of
from .quotation import readings


def locate(text: str, speech: Speech, selector: Selector) -> Span | None:
    """The span (code points of the received text) that words and selector single out in ``speech``. No verdict."""
    within = None
    if selector.locator is not None:
        try:
            within = resolve_locator(selector.locator, speech.outline)
        except LocatorError:
            return None
    source = source_of(speech, nested=False)
    for reading in readings(text, lambda piece: folded_text(piece, False) in source):
        if found := place_reading(reading, speech, nested=False):
            chosen = choose(found, reading, speech, selector, within, nested=False).chosen
            if chosen is not None:
                return Span(speech.folded.start_of(chosen.start), speech.folded.end_of(chosen.end))
    return None
