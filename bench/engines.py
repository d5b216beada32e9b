"""In what the grams of an archive are best kept: numpy mapped into memory, sqlite3, DuckDB (``python bench/engines.py``).

The same winnowed grams in each, asked for those of a quotation and of a chapter. Seconds of the processor.
DuckDB is left out where it is not installed; the project does not depend on it.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from archive import write_speeches

from speeches.core.source.archive import load_archive
from speeches.core.source.textindex import TextIndex
from speeches.core.source.winnow import codes, grams, winnowed

Ask = Callable[[Sequence[int]], int]


def _numpy(hashes: np.ndarray, places: np.ndarray, file: Path) -> Ask:
    with file.open("wb") as out:
        out.write(hashes.data)
        out.write(places.data)
    kept = np.memmap(file, dtype=np.uint32, mode="r").view(np.ndarray)
    known, there = kept[: len(hashes)], kept[len(hashes) :]

    def ask(asked: Sequence[int]) -> int:
        wanted = np.array(asked, dtype=np.uint32)
        low, high = np.searchsorted(known, wanted, "left"), np.searchsorted(known, wanted, "right")
        return sum(len(there[a:b]) for a, b in zip(low.tolist(), high.tolist(), strict=True))

    return ask


def _sqlite(hashes: np.ndarray, places: np.ndarray, file: Path) -> Ask:
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE gram (hash INTEGER, place INTEGER, PRIMARY KEY (hash, place)) WITHOUT ROWID")
    base.executemany("INSERT INTO gram VALUES (?, ?)", zip(hashes.tolist(), places.tolist(), strict=True))
    base.commit()
    found = "SELECT gram.place FROM json_each(?) AS asked JOIN gram ON gram.hash = asked.value"
    return lambda asked: len(base.execute(found, (json.dumps(asked),)).fetchall())


def _duckdb(hashes: np.ndarray, places: np.ndarray, file: Path) -> Ask:
    import duckdb

    base = duckdb.connect(str(file))
    columns = {"hash": hashes, "place": places}  # noqa: F841  DuckDB reads it by its name
    base.execute("CREATE TABLE gram AS SELECT * FROM columns")
    base.execute("CHECKPOINT")
    found = "SELECT place FROM gram JOIN (SELECT unnest(?) AS hash) USING (hash)"
    return lambda asked: len(base.execute(found, [list(asked)]).fetchall())


def main() -> None:
    """One line an engine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--speeches", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-engines-") as name:
        folder = Path(name)
        (folder / "speeches").mkdir()
        write_speeches(folder / "speeches", options.speeches)
        archive = load_archive(folder / "speeches", bare_ids=True)
        index, chance = TextIndex.of(archive.in_order, None), random.Random(1)
        texts = [speech.folded.text for speech in chance.sample(archive.in_order, 200)]
        quotations = [[int(h) for h in grams(codes(text[1000:1045]))] for text in texts]
        chapters = [[int(value) >> 32 for value in winnowed(grams(codes(a[:5000] + b[:5000])))]
                    for a, b in zip(texts[:3], texts[3:6], strict=True)]  # fmt: skip
        print(f"{options.speeches:,} speeches, {len(index.hashes):,} grams")
        engines = {"numpy": _numpy, "sqlite3": _sqlite} | ({"DuckDB": _duckdb} if find_spec("duckdb") else {})
        answers = set()
        for engine, made in engines.items():
            before = time.process_time()
            ask = made(index.hashes, index.places, folder / engine)
            took = time.process_time() - before
            one, many = (_each(ask, asked) for asked in (quotations, chapters))
            answers.add(sum(map(ask, quotations[:20])))
            size = (folder / engine).stat().st_size / 1e6
            print(f"{engine:8} made in {took:6.2f} s, {size:6.1f} MB; quotation {one:7.2f} ms, chapter {many:7.1f} ms")
        assert len(answers) == 1, "the engines do not agree"


def _each(ask: Ask, questions: Sequence[Sequence[int]]) -> float:
    before = time.process_time()
    for asked in questions:
        ask(asked)
    return (time.process_time() - before) / len(questions) * 1000


if __name__ == "__main__":
    main()
