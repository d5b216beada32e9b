"""The compiler as the builder sees it: pass after pass, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from .messages import PrintError

Answer = dict[str, Any]

_MOST_PASSES = 4
"""Of one process: what it remembers makes a pass twice as fast, and takes a fifth more memory with each."""


class Engine:
    """Sets one source again and again. ``said``: a file for what its processes say when they fail."""

    def __init__(self, source: Path, fonts: str, standards: list[str], said: IO[bytes]) -> None:
        self._name, self._said, self._passes = source.name, said, 0
        task = {"source": str(source.resolve()), "fonts": fonts, "standards": standards}
        self._command = [sys.executable, str(Path(__file__).with_name("press.py")), json.dumps(task)]
        self._process: subprocess.Popen[bytes] | None = None

    def run_pass(self, draft: bool = False) -> Answer:
        """What ``press.py`` answers. PrintError when the source cannot be set."""
        # The first by itself: it measures what the others know, and would leave them little room.
        if self._passes == 0 or self._passes % _MOST_PASSES == 1:
            self.stop()
        self._passes += 1
        answer: Answer = json.loads(self._asked(draft))
        if "error" in answer:
            hints = "".join(f"\n  提示：{hint}" for hint in answer["hints"])
            raise PrintError(f"排版引擎不能排 {self._name}：{answer['error']}{hints}")
        return answer

    def stop(self) -> None:
        """End the process. What it still does is not wanted."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, draft: bool) -> bytes:
        """The line that answers for a pass. PrintError when the process ended instead."""
        process = self._process = self._process or subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said
        )
        assert process.stdin is not None and process.stdout is not None
        with suppress(OSError):  # it has ended
            process.stdin.write(json.dumps(draft).encode() + b"\n")
            process.stdin.flush()
        if answer := process.stdout.readline():
            return answer
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip()
        raise PrintError(f"排版引擎没有排完 {self._name}：{said[-500:]}")


@contextmanager
def engine(source: Path, fonts: list[Path], standards: list[str]) -> Iterator[Engine]:
    """For a source beside its ``pages.json``, with these fonts alone: nothing else in their folders can change the book."""
    with tempfile.TemporaryDirectory(prefix="zhprint-") as folder, tempfile.TemporaryFile() as said:
        for number, font in enumerate(fonts):
            _place(font, Path(folder) / f"{number}{font.suffix.lower()}")
        running = Engine(source, folder, standards, said)
        try:
            yield running
        finally:
            running.stop()


def _place(font: Path, target: Path) -> None:
    try:
        target.symlink_to(font.resolve())
    except OSError:
        target.write_bytes(font.read_bytes())
