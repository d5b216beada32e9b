"""Whatever a file holds, its reader answers or raises what it declares.

    FUZZ_SECONDS=600 python -m pytest tests/fuzz -s      (as ``make fuzz``)

Without it twenty seconds for all. What is found is to be kept in ``found/<reader>/`` and runs as a test from then on.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings, strategies as st

from fuzz import chapters
from fuzz.readers import READERS, Reader

FOUND = Path(__file__).parent / "found"
SECONDS = float(os.environ.get("FUZZ_SECONDS", "") or 20) / len(READERS)
"""For each reader."""
_TOKENS = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b]0;x\x07", b'"', b"'", b"[[", b"{", b"}", b"\n", b"\r", b"\\u0000",
    b"\\ud800", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b"0" * 70, b"#",
    "\u202e".encode(), "〔".encode(), "…".encode() * 60, "甲".encode(), b"\t", b"=", b" " * 300, b"<", b">", b"&#0;",
    b":::", b":::{excerpt}", b"```", b"`", b":name: ", b"{quote}`", b"{called}`", b"|", "空99999999行".encode(), "高٣行".encode(), b":99999999",
)  # fmt: skip
"""What has hurt readers before: depth, length, controls, half characters, values of another type."""


@st.composite
def inputs(draw: st.DrawFn, reader: Reader) -> bytes:
    """Good input with up to six changes, or anything at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    data = draw(st.sampled_from(reader.seeds))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.one_of(st.integers(0, 8), st.integers(0, len(data))))
        new = draw(st.one_of(st.sampled_from(_TOKENS), st.binary(max_size=8), st.just(data[at : at + length] * 2)))
        data = data[:at] + new + data[at + length :]
        if len(data) > 200_000:
            break
    return data


def check(reader: Reader, data: bytes) -> None:
    """Read it in a folder of its own. Raises what the reader did not declare."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(reader.declared):
        reader.read(Path(folder), data)


@pytest.fixture(scope="module", autouse=True)
def _nothing_stays_registered() -> Iterator[None]:
    """Other modules' tests start Sphinx in this process too."""
    with chapters.registered():
        yield


@pytest.mark.filterwarnings("ignore")  # a reader may warn; it must not fail
@pytest.mark.parametrize("name", READERS)
def test_a_reader_answers_or_raises_what_it_declares(name: str) -> None:
    reader, done, cases = READERS[name], 0, 0
    for good in reader.seeds:
        check(reader, good)
    end = time.monotonic() + SECONDS
    while not done or time.monotonic() < end:

        @seed(done)
        @settings(
            max_examples=reader.batch,
            deadline=None,
            database=None,
            derandomize=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(data=inputs(reader))
        def batch(data: bytes) -> None:
            nonlocal cases
            cases += 1
            check(reader, data)

        batch()
        done += 1
    print(f"{name}: {cases} cases in {SECONDS:.0f} s")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_before(path: Path) -> None:
    check(READERS[path.parent.name], path.read_bytes())
