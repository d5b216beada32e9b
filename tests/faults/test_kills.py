"""The short form of ``bench/faults.py``: one kill, two at once and no room, of the command that writes most."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from faults.kills import COMMANDS, Tally, Trial, copied, cramped, doubled, finished_book, killed, run
from faults.mounts import can_mount, full_lock

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished_book(tmp_path_factory.mktemp("finished") / "book").root


@pytest.fixture(scope="module")
def trial(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial.of(COMMANDS["accept"], finished, tmp_path_factory.mktemp("trial"))


@pytest.mark.parametrize("how", ["killed", "doubled", "cramped"])
def test_what_is_tracked_is_whole_and_the_next_run_heals(trial: Trial, tmp_path: Path, how: str) -> None:
    tally = Tally()
    if how == "killed":
        killed(trial, tmp_path / "copy", random.Random(1), tally)
    elif how == "doubled":
        doubled(trial, tmp_path / "copy", tally)
    else:
        cramped(trial, tmp_path / "copy", 0, tally)
        assert tally.refused == 1
    assert tally.trials == 1 and not tally.wrong, tally.wrong


def test_a_file_system_without_a_free_byte_under_the_lock(finished: Path, tmp_path: Path) -> None:
    if not can_mount():
        pytest.skip("an ordinary user may not mount here")  # the calls that fail are tried one by one beside this
    tally = Tally()
    full_lock(finished, tmp_path / "full", tally)
    assert tally.refused == 1 and not tally.wrong, tally.wrong


def test_a_work_folder_of_an_edition_that_was_killed_is_cleared_by_the_next(finished: Path, tmp_path: Path) -> None:
    """Whatever becomes of that next one: here it ends at once, since there is an edition of that name."""
    with copied(finished, tmp_path / "copy") as root:
        for left in (".work-internal-abcdefgh/doctrees/a", ".work-public-abcdefgh/pdf/b"):
            (root / "_build/release" / left).mkdir(parents=True)
        (root / "_build/release/handbook-2026.11-internal").mkdir()
        status, told = run(root, "edition")
        assert status == 2 and "已经有" in told
        assert [path.name for path in (root / "_build/release").iterdir()] == ["handbook-2026.11-internal"]
