"""The garbage collector is asked less often during a build, and is as it was after it."""

from __future__ import annotations

import gc

import pytest
from book import Book
from sphinx.application import Sphinx


@pytest.mark.parametrize("fails", [False, True])
def test_collector_is_as_it_was(book: Book, fails: bool) -> None:
    before = (700, 10, 10)
    gc.set_threshold(*before)
    during: list[int] = []

    def look(_app: Sphinx, _env: object) -> None:
        during.append(gc.get_threshold()[0])
        if fails:
            raise KeyError

    if fails:
        with pytest.raises(Exception, match="look"):
            book.build(warns=True, handlers={"env-updated": look})
    else:
        book.build(handlers={"env-updated": look})
    assert during and during[0] > before[0]
    assert gc.get_threshold() == before
