"""Print pages, seconds and the most memory of all processes together, for the book and for one of 200 pages and more.

python bench/print.py [ROUNDS]     cold builds, the best of ROUNDS (3); fonts must have been fetched

Memory is read in a build of its own: asking for it fifty times a second takes a quarter as long as the build.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOKS = {
    "the book": (),
    "with the speeches, in large print": ("-D", "zhprint_exclude=none", "-D", "zhprint_size=三号"),
}
MIB = 1 << 20
_RESIDENT = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for name, options in BOOKS.items():
        pages, _, memory = measure(True, *options)
        seconds = min(measure(False, *options)[1] for _ in range(rounds))
        print(f"{name}: {pages} pages, {seconds:.1f} s, {memory / MIB:.0f} MiB at most")
    return 0


def measure(watched: bool, *options: str) -> tuple[int, float, int]:
    """Build once from nothing: pages, seconds, bytes (0 when not ``watched``)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "typst", "-d", f"{folder}/doctrees", *options]
        start, most = time.perf_counter(), 0
        with subprocess.Popen([*command, str(ROOT), f"{folder}/out"]) as process:
            while watched and process.poll() is None:
                most = max(most, sum(map(resident, family(process.pid))))
                time.sleep(0.02)
            process.wait()
        seconds = time.perf_counter() - start
        if process.returncode:
            raise SystemExit("the build failed; run `make fonts` first")
        pages = len(re.findall(rb"/Type\s*/Page\b", Path(folder, "out/handbook.pdf").read_bytes()))
    return pages, seconds, most


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(pid: int) -> int:
    """Its share of memory in bytes: what several processes share is counted once."""
    try:
        match = _RESIDENT.search(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(match.group(1)) * 1024 if match else 0


if __name__ == "__main__":
    sys.exit(main())
