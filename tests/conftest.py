"""Fixtures and the Hypothesis profiles. Helpers are in ``support``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from speeches.core.source.archive import Archive, load_archive
from support import DATA, ROOT, SPEECH_IDS, SPEECHES, MakeArchive, archive_of

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "default")


OF_THIS_BOOK = frozenset({"handbook", "real_archive", "real_items", "real_expected", "pdf", "edition", "paper"})
"""Fixtures that build or read the book of this repository."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this very book say so, and are left out where another office has put its own in its place."""
    present = {path.stem for path in (ROOT / "source_speeches").glob("*.txt")}
    for item in items:
        if OF_THIS_BOOK & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.this_book)
        if item.get_closest_marker("this_book") and not present.issuperset(SPEECH_IDS):
            item.add_marker(pytest.mark.skip(reason="tests the book of the five speeches, and this is another"))


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The five specimens with their records."""
    loaded = load_archive(SPEECHES)
    assert not loaded.faults, [str(p) for fault in loaded.faults.values() for p in fault.problems]
    return loaded


@pytest.fixture(scope="session")
def real_archive() -> Archive:
    """The speeches that this very book quotes, as they stand now."""
    return load_archive(ROOT / "source_speeches")


@pytest.fixture(scope="session")
def bench_archive() -> Archive:
    """The archive of the quotebench: bare texts without records."""
    return load_archive(DATA / "quotebench" / "sources", bare_ids=True)


@pytest.fixture
def make_archive() -> MakeArchive:
    """``make_archive(tmp_path, {id: text}, records={id: toml or None})``: a small archive, which must load."""

    def make(
        folder: Path, texts: Mapping[str, str | bytes], records: Mapping[str, str | None] | None = None
    ) -> Archive:
        return archive_of(folder / "speeches", texts, records)

    return make
