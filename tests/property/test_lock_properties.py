"""Reading what was written gives back the same entries, whatever they hold; writing what was read, the same file."""

from __future__ import annotations

from hypothesis import given, strategies as st

from speeches.core.errors import LockError
from speeches.core.review.lockfile import Lock, LockEntry, SpeechEntry, format_lock, parse_lock

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
ENTRY = st.builds(
    LockEntry, id=TEXT.filter(bool), kind=TEXT, docname=TEXT, speech=TEXT, locator=TEXT, text=TEXT, digest=TEXT,
    note=TEXT, corrections=TEXTS, restrictions=TEXTS, flags=TEXTS, count=st.integers(1, 9), by=TEXT, on=TEXT, reason=TEXT,
)  # fmt: skip
SPEECH = st.builds(
    SpeechEntry, speech=TEXT, title=TEXT, digest=TEXT, occasion=TEXT, level=TEXT, speaker=TEXT, date=TEXT, compared=st.booleans(),
    restrictions=TEXTS, by=TEXT, on=TEXT,
)  # fmt: skip
LOCK = st.builds(
    lambda entries, speeches: Lock({e.id: e for e in entries}, {s.speech: s for s in speeches}),
    st.lists(ENTRY, max_size=6, unique_by=lambda entry: entry.id),
    st.lists(SPEECH, max_size=3, unique_by=lambda entry: entry.speech),
).filter(lambda lock: not lock.quotations.keys() & lock.speeches.keys())


@given(LOCK)
def test_read_after_write_is_identity(lock: Lock) -> None:
    written = format_lock(lock)
    assert parse_lock(written) == lock
    assert format_lock(parse_lock(written)) == written
    assert written.encode("utf-8").decode("utf-8") == written


@given(LOCK)
def test_one_entry_a_line_sorted(lock: Lock) -> None:
    lines = format_lock(lock).split("\n")
    assert len(lines) == len(lock.speeches) + len(lock.quotations) + 2
    assert lines[-1] == ""


@given(st.text(max_size=60))
def test_no_file_raises_anything_else(source: str) -> None:
    for text in (source, '{"version": 1}\n' + source, '{"version": 2}\n' + source):
        try:
            lock = parse_lock(text)
        except LockError as error:
            told = str(error)
        else:
            told = ""
            assert all(key == entry.id for key, entry in lock.quotations.items())
        assert told == "" or "：" in told or "。" in told
