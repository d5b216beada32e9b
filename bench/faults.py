"""Kills, two at once, no room, no right to write: how often, and what came of it.

    python bench/faults.py [KILLS] [SEED]

Of each command (accept, ids --publish, add, html, check, edition) on a small book: a share of KILLS (50) at random moments
with SIGKILL, alone or with all it started; two at once; three sizes of files that are too small for it. Then, where this
system lets an ordinary user mount (``unshare``): the lock on a file system without a free byte, and a tree that is read only.
After every trial each tracked file must be as before or as after a whole run, and the command run again must end well.
Exit status 1 when anything was wrong.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("_ext", "tests", "tests/build")]

from faults.kills import COMMANDS, Tally, Trial, cramped, doubled, finished_book, killed  # noqa: E402
from faults.mounts import can_mount, full_lock, read_only  # noqa: E402


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 17)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    wrong: list[str] = []

    def tell(name: str, what: str, tally: Tally) -> None:
        wrong.extend(tally.wrong)
        print(
            f"{name:14} {what:12} trials {tally.trials:3}  midway {tally.midway:3}  waited {tally.waited:2}  "
            f"refused {tally.refused:2}  wrong {len(tally.wrong)}",
            flush=True,
        )

    try:
        finished = finished_book(folder / "finished").root
        trials = {name: Trial.of(command, finished, folder / name.split()[0]) for name, command in COMMANDS.items()}
        tallies = {name: Tally() for name in trials}
        for name in islice(cycle(trials), kills):
            killed(trials[name], folder / "killed", chance, tallies[name])
        for name, trial in trials.items():
            tell(name, f"killed/{trial.seconds:.1f} s", tallies[name])
        for name, trial in trials.items():
            doubled(trial, folder / "doubled", tally := Tally())
            tell(name, "two at once", tally)
        for name, trial in trials.items():
            tally = Tally()
            for largest in (0, 1, 60):
                cramped(trial, folder / "cramped", largest, tally)
            tell(name, "no room", tally)
        if can_mount():
            full_lock(finished, folder / "full", tally := Tally())
            tell("accept", "full lock", tally)
            for name, trial in trials.items():
                read_only(trial, folder / "fixed", tally := Tally())
                tell(name, "read only", tally)
        else:
            print("no mounts here: the full lock and the read-only tree are left out")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for what in wrong:
        print(f"WRONG {what}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
