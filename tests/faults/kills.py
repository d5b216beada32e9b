"""Commands that are killed, doubled or without room, on a small book: what is tracked is whole, and the next run heals.

``bench/faults.py`` asks for fifty kills and prints what came of them; ``test_kills.py`` for one of each command.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from book import Book, copy_root

from support import ROOT

CONF = """
extensions += ["booksite", "zhprint"]
booksite_edition_date = zhprint_date = "2026年11月"
zhprint_font_cache = %r
zhprint_exclude = ["source_speeches/*"]
"""
_LEFT = re.compile(r"\.[^/]+\.[a-z0-9_]{8}\.tmp\Z")
"""What a killed write leaves beside its file until the next one of the same file."""
_SPEECH = "在灯塔管理工作会议上的讲话\n\n同志们：\n灯塔管理所的工作，归根到底是让夜里走船的人心里有底。\n"
_SECTION = "\n(ability-new)=\n## 新的一节\n\n:::{excerpt} county p3.s1\n:name: newest\n写材料要实事求是。\n:::\n"
_RELEASE = "_build/release/handbook-2026.11-internal"

Tracked = dict[str, bytes]
"""File name relative to the book → its bytes; what is made is no part of it."""


@dataclass(frozen=True)
class Command:
    """One subcommand. ``prepare`` makes something for it to do; ``good`` says whether what it made is whole."""

    arguments: tuple[str, ...]
    prepare: Callable[[Book], None]
    good: Callable[[Path], bool] = lambda _root: True


@dataclass
class Tally:
    """What came of the trials of one command. ``wrong``: what should not have been, in words."""

    trials: int = 0
    midway: int = 0
    waited: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def _add_section(book: Book) -> None:
    path = book.path("chapters/ability.md")
    path.write_text(path.read_text(encoding="utf-8") + _SECTION, encoding="utf-8")


def _accepted_section(book: Book) -> None:
    _add_section(book)
    book.accepted()
    shutil.rmtree(book.path("_build"))


def _incoming(book: Book) -> None:
    book.write("_incoming/讲话.txt", _SPEECH)


def _site(root: Path) -> bool:
    pages = [root / "_build/html" / name for name in ("index.html", "chapters/ability.html", "chapters/position.html")]
    return all(page.read_text(encoding="utf-8").rstrip().endswith("</html>") for page in pages)


def _released(root: Path) -> bool:
    folder = root / _RELEASE
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    whole = all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == sum_ for sum_, name in map(str.split, lines)
    )
    left = [path.name for path in (root / "_build/release").glob(".*") if path.is_dir()]
    return whole and len(lines) == 5 and not left


COMMANDS = {
    "accept": Command(("accept", "--all", "--by", "李科长"), _add_section),
    "ids --publish": Command(("ids", "--publish"), _accepted_section),
    "add": Command(("add", "_incoming/讲话.txt"), _incoming),
    "html": Command(("html",), lambda _book: None, _site),
    "check": Command(("check",), lambda _book: None),
    "edition": Command(("edition",), lambda _book: None, _released),
}


def finished_book(folder: Path) -> Book:
    """A small handbook, accepted, its ids published; nothing made."""
    book = copy_root("permanent", folder)
    with book.path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write(CONF % str(ROOT / ".fonts"))
    book.accepted()
    assert book.handbook("ids", "--publish") == 0
    shutil.rmtree(book.path("_build"))
    return book


def start(root: Path, *arguments: str, shell: str = "") -> subprocess.Popen[bytes]:
    """The command in a process group of its own, its date fixed. ``shell``: what goes before it, as a shell's words."""
    command = [sys.executable, "-m", "handbook", *arguments]
    return subprocess.Popen(
        ["sh", "-c", shell, "sh", *command] if shell else command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1800000000"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def run(root: Path, *arguments: str, shell: str = "") -> tuple[int, str]:
    """Exit status and what was told."""
    process = start(root, *arguments, shell=shell)
    told = process.communicate()[0].decode("utf-8", "replace")
    return process.returncode, told


def tracked(root: Path) -> Tracked:
    """Everything but what is made."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_relative_to(root / "_build")
    }


@dataclass
class Trial:
    """A command with something to do: the book before it, what is tracked before and after, how long it takes."""

    command: Command
    ready: Path
    before: Tracked
    after: Tracked
    seconds: float

    @classmethod
    def of(cls, command: Command, finished: Path, folder: Path) -> Trial:
        """Prepare the book and run the command once to its end."""
        ready = folder / "ready"
        shutil.copytree(finished, ready)
        command.prepare(Book(ready))
        with copied(ready, folder / "whole") as whole:
            before, started = tracked(whole), time.monotonic()
            status, told = run(whole, *command.arguments)
            assert status == 0 and command.good(whole), told
            return cls(command, ready, before, tracked(whole), time.monotonic() - started)

    def half_written(self, root: Path) -> list[str]:
        """Tracked files that are neither as before nor as after; what a killed write left under its own name is neither."""
        now = {name: data for name, data in tracked(root).items() if not _LEFT.search(name)}
        known = (self.before, self.after)
        wrong = [name for name, data in now.items() if data not in [k[name] for k in known if name in k]]
        return wrong + [name for name in self.before.keys() & self.after.keys() if name not in now]

    def heals(self, root: Path) -> str:
        """Run the command again. What is wrong then; "" for nothing."""
        done = tracked(root) == self.after and self._made(root)
        status, told = run(root, *self.command.arguments)
        if "Traceback" in told or not (status == 0 or done):
            return f"the next run ended with {status}: {told[-600:]}"
        if (now := tracked(root)) != self.after:
            return f"after the next run {sorted(n for n in now.keys() | self.after if now.get(n) != self.after.get(n))}"
        return "" if self._made(root) else "what was made is not whole after the next run"

    def _made(self, root: Path) -> bool:
        try:
            return self.command.good(root)
        except OSError:
            return False


@contextmanager
def copied(ready: Path, folder: Path) -> Iterator[Path]:
    """A copy that is gone afterwards."""
    shutil.copytree(ready, folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def killed(trial: Trial, folder: Path, chance: random.Random, tally: Tally) -> None:
    """Kill the command at a moment of its run, alone or with what it started, and run it again."""
    with copied(trial.ready, folder) as root:
        process = start(root, *trial.command.arguments)
        moment = chance.uniform(0.1, 1.05) * trial.seconds
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            tally.midway += 1
        with_children = chance.random() < 0.5
        if process.poll() is None:
            (os.killpg if with_children else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        tally.trials += 1
        wrong = [f"half-written: {name}" for name in trial.half_written(root)]
        healed = trial.heals(root)
        process.communicate()  # until what it started has ended too
        tally.wrong += [f"{trial.command.arguments[0]} at {moment:.2f} s: {what}" for what in (*wrong, healed) if what]


def doubled(trial: Trial, folder: Path, tally: Tally) -> None:
    """Two at once: both are done, or one says in Chinese why not; the outcome is that of one."""
    with copied(trial.ready, folder) as root:
        runs = [start(root, *trial.command.arguments) for _ in range(2)]
        told = [process.communicate()[0].decode("utf-8", "replace") for process in runs]
        tally.trials += 1
        tally.waited += sum("等它做完" in text for text in told)
        tally.refused += sum(process.returncode != 0 for process in runs)
        if all(process.returncode for process in runs) or "Traceback" in "".join(told):
            tally.wrong.append(f"{trial.command.arguments[0]} twice: {told}")
        if tracked(root) != trial.after or not trial.command.good(root):
            tally.wrong.append(f"{trial.command.arguments[0]} twice: what is there is not what one makes")


def cramped(trial: Trial, folder: Path, largest: int, tally: Tally) -> None:
    """No file may grow over ``largest`` kB, as on a full disk: told in one message, nothing lost; then there is room."""
    with copied(trial.ready, folder) as root:
        status, told = run(root, *trial.command.arguments, shell=f'ulimit -f {largest * 2}; exec "$@"')
        tally.trials += 1
        tally.refused += status != 0
        wrong = [f"half-written: {name}" for name in trial.half_written(root)]
        if "Traceback" in told:
            wrong.append(f"a traceback: {told[-600:]}")
        wrong.append(trial.heals(root))
        tally.wrong += [f"{trial.command.arguments[0]} with {largest} kB: {what}" for what in wrong if what]
