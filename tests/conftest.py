"""Fixtures and the Hypothesis profiles. Helpers are in ``support``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from speeches.core.source.archive import Archive, load_archive
from support import DATA, SPEECHES, MakeArchive, archive_of

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The five real speeches with their records."""
    loaded = load_archive(SPEECHES)
    assert not loaded.faults, [str(p) for fault in loaded.faults.values() for p in fault.problems]
    return loaded


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
