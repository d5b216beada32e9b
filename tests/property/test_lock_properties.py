"""Reading what was written gives back the same entries, whatever they hold; writing what was read, the same file."""

from __future__ import annotations

from hypothesis import given, strategies as st

from speeches.core.errors import LockError
from speeches.core.review.lockfile import LockEntry, format_lock, parse_lock

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ENTRY = st.builds(
    LockEntry, id=TEXT.filter(bool), kind=TEXT, docname=TEXT, speech=TEXT, locator=TEXT, text=TEXT, digest=TEXT,
    flags=st.lists(TEXT, max_size=3).map(tuple), count=st.integers(1, 9), by=TEXT, on=TEXT, reason=TEXT,
)  # fmt: skip


@given(st.lists(ENTRY, max_size=6, unique_by=lambda entry: entry.id))
def test_read_after_write_is_identity(entries: list[LockEntry]) -> None:
    lock = {entry.id: entry for entry in entries}
    written = format_lock(lock)
    assert parse_lock(written) == lock
    assert format_lock(parse_lock(written)) == written
    assert written.encode("utf-8").decode("utf-8") == written


@given(st.lists(ENTRY, max_size=6, unique_by=lambda entry: entry.id))
def test_one_entry_a_line_sorted(entries: list[LockEntry]) -> None:
    lines = format_lock({entry.id: entry for entry in entries}).split("\n")
    assert len(lines) == len(entries) + 2
    assert lines[-1] == ""


@given(st.text(max_size=60))
def test_no_file_raises_anything_else(source: str) -> None:
    for text in (source, '{"version": 1}\n' + source):
        try:
            entries = parse_lock(text)
        except LockError as error:
            told = str(error)
        else:
            told = ""
            assert all(key == entry.id for key, entry in entries.items())
        assert told == "" or "：" in told or "。" in told
