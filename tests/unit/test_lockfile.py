"""``excerpts.lock``: read as written, refused when it cannot be understood, replaced whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from speeches.core.errors import LockError
from speeches.core.review.lockfile import Lock, LockEntry, SpeechEntry, format_lock, parse_lock, read_lock
from support import ROOT
from zh.files import write_atomically

ENTRY = LockEntry(
    id="q.a.p1", kind="excerpt", docname="chapters/a", speech="a", locator="p1", text="办公室", digest="00"
)
FULL = LockEntry(
    id="q.b.p2", kind="quote", docname="chapters/b", speech="b", locator="p2", text="甲\n乙", digest="11",
    flags=("clipped",), count=3, by="综合科", on="2026-11-20", reason="不改变原意",
)  # fmt: skip
LOCK = Lock(
    {"q.a.p1": ENTRY, "q.b.p2": FULL}, {"a": SpeechEntry(speech="a", title="在甲处的讲话", digest="00", by="综合科")}
)
HEADER = '{"version": 3}\n'
ONE, TWO = format_lock(LOCK).split("\n")[2:4]


def test_read_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.lock"
    write_atomically(path, format_lock(LOCK))
    assert read_lock(path) == LOCK
    assert path.read_text(encoding="utf-8").splitlines()[0] == '{"version": 3}'


def test_sorted_and_one_a_line() -> None:
    assert format_lock(Lock(dict(reversed(LOCK.quotations.items())), LOCK.speeches)) == format_lock(LOCK)
    assert len(format_lock(LOCK).splitlines()) == 4


def test_a_missing_and_an_empty_file_are_empty_locks(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "none") == Lock()
    assert parse_lock("\n") == Lock()


def test_line_ends_and_byte_order_mark_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.lock"
    path.write_bytes(b"\xef\xbb\xbf" + format_lock(LOCK).replace("\n", "\r\n").encode())
    assert read_lock(path) == LOCK


@pytest.mark.parametrize(
    "header", ['{"version": 4}', '{"version": 0}', '{"version": "1"}', '{"version": null}', '{"version": true}']
)
def test_unknown_versions_are_refused(header: str) -> None:
    with pytest.raises(LockError, match="excerpts.lock:1"):
        parse_lock(header + "\n" + format_lock(LOCK).split("\n", 1)[1])


@pytest.mark.parametrize("source", ["[]", "null", '{"id": "x"}', "办公室", '{"version"'])
def test_no_version_line(source: str) -> None:
    with pytest.raises(LockError, match="excerpts.lock:1"):
        parse_lock(source)


def test_merge_conflict_markers_are_named() -> None:
    source = f"{HEADER}<<<<<<< ours\n{ONE}\n||||||| base\n{TWO}\n=======\n{TWO}\n>>>>>>> theirs\n"
    with pytest.raises(LockError) as error:
        parse_lock(source)
    (message,) = str(error.value).splitlines()
    assert message.startswith("excerpts.lock:2: ") and "冲突" in message
    assert "第2、4、6、8行" in message, "diff3's marker too"


@pytest.mark.parametrize(
    "bad",
    [
        "{", "[]", "1", '{"id": "x"}', '{"id": 1}', ONE[:-9],
        ONE.replace('"speech"', '"speach"'),
        TWO.replace('["clipped"]', '"clipped"'),
        TWO.replace('["clipped"]', "[1]"),
        TWO.replace('"count": 3', '"count": "3"'),
        TWO.replace('"count": 3', '"count": true'),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused(bad: str) -> None:
    with pytest.raises(LockError, match="excerpts.lock:2"):
        parse_lock(HEADER + bad + "\n")


def test_all_bad_lines_are_collected() -> None:
    good = ONE
    with pytest.raises(LockError) as error:
        parse_lock(f"{HEADER}{{\n{good}\n[]\n{good}\n")
    assert [line.split(":")[1] for line in str(error.value).splitlines()] == ["2", "4", "5"]


def test_empty_lines_do_not_shift_the_count() -> None:
    with pytest.raises(LockError, match="excerpts.lock:4"):
        parse_lock(f"{HEADER}\n{ONE}\n{{\n")


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.lock"
    path.write_bytes("办公室".encode("gb18030"))
    with pytest.raises(LockError, match="UTF-8"):
        read_lock(path)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_an_interruption_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: type[BaseException]
) -> None:
    path = tmp_path / "excerpts.lock"
    write_atomically(path, format_lock(LOCK))

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(error):
            write_atomically(path, HEADER)
    assert read_lock(path) == LOCK
    assert [path.name for path in tmp_path.iterdir()] == ["excerpts.lock"], "nothing is left behind"


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.lock"
    write_atomically(path, HEADER)
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o664)
    write_atomically(path, HEADER)
    assert path.stat().st_mode & 0o777 == 0o664


_WRITER = """
import itertools, pathlib, sys
sys.path.insert(0, sys.argv[1])
from zh.files import write_atomically
print("ready", flush=True)
for n in itertools.count():
    write_atomically(pathlib.Path(sys.argv[2]), '{"version": 1}' + chr(10) + (str(n % 10) * 79 + chr(10)) * 4000)
"""


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.lock"
    for attempt in range(5):
        command = [sys.executable, "-c", _WRITER, str(ROOT / "_ext"), str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None and child.stdout.readline()
            time.sleep(0.05 + 0.013 * attempt)
            child.send_signal(signal.SIGKILL)
        if not path.exists():
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        assert len(lines) == 4002 and len(set(lines[1:-1])) == 1, "neither cut short nor mixed"
    assert path.exists()
