"""examples/many-machines: Spark gives the verdicts that one process gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.source.archive import Archive
from support import DATA, ROOT, read_jsonl

EXAMPLE = ROOT / "examples" / "many-machines" / "verdicts.py"
CASES = read_jsonl(DATA / "quotebench" / "cases-dev.jsonl")
_TABLES = """
import json, sys, pandas
tables = json.load(sys.stdin)
for name, (columns, rows) in tables.items():
    pandas.DataFrame(rows, columns=columns).to_parquet(name)
"""
_READ = "import sys, pandas; print(pandas.read_parquet(sys.argv[1]).to_json(orient='records', lines=True))"


@pytest.mark.skipif(
    not all(map(find_spec, ("pyspark", "pandas", "pyarrow"))),
    reason="an example for who has Spark; nothing else needs it",
)
def test_the_verdicts_are_those_of_one_process(bench_archive: Archive, tmp_path: Path) -> None:
    """In processes of their own: Spark and pandas warn of each other's versions."""
    speeches, quotations, out = (str(tmp_path / name) for name in ("speeches", "quotations", "verdicts"))
    tables = {
        speeches: (["id", "text"], [(s.id, s.text) for s in bench_archive]),
        quotations: (["id", "speech", "text"], [(c["id"], c["cited"], c["quote"]) for c in CASES]),
    }
    _run("-c", _TABLES, given=json.dumps(tables))
    _run(str(EXAMPLE), speeches, quotations, out)
    rows = [json.loads(line) for line in _run("-c", _READ, out).splitlines() if line]
    told = {row["id"]: json.loads(row["verdict"]) for row in rows}
    assert len(told) == len(CASES)
    for case in CASES:
        alone = line_data(case["id"], verify(Request(case["quote"], case["cited"]), bench_archive))
        assert told[case["id"]] == json.loads(json.dumps(alone)), case["id"]


def _run(*arguments: str, given: str = "") -> str:
    paths = {"PYTHONPATH": str(ROOT / "_ext"), "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run([sys.executable, *arguments], input=given, capture_output=True, text=True, encoding="utf-8",
                          check=False, env=os.environ | paths)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
