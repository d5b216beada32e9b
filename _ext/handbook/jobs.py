"""Questions to an archive shared out among processes; the answers come in the order of the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import TypeVar

from speeches.core.source.archive import Archive

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")
_SHARE = 64
"""Questions that a process takes at once."""
_AHEAD = 16
"""Shares a process that are read ahead: who asks from a pipe for ever is answered all the same."""
_archive: Archive | None = None


def in_order(
    answer: Callable[[_Question, Archive], _Answer], questions: Iterable[_Question], archive: Archive, jobs: int
) -> Iterator[_Answer]:
    """``answer`` of every question. With one job nothing is started, and each is answered as it comes."""
    if jobs == 1:
        yield from (answer(question, archive) for question in questions)
        return
    _ = archive.index  # made here once, not by each process
    waiting = iter(questions)
    with ProcessPoolExecutor(jobs, initializer=_take, initargs=(archive,)) as pool:
        while some := list(islice(waiting, _SHARE * _AHEAD * jobs)):
            yield from pool.map(partial(_ask, answer), some, chunksize=_SHARE)


def _ask(answer: Callable[[_Question, Archive], _Answer], question: _Question) -> _Answer:
    assert _archive is not None
    return answer(question, _archive)


def _take(archive: Archive) -> None:
    global _archive
    _archive = archive
