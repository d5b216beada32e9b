"""Quotations and speeches as tables, verdicts as a table: the same core, shared out by Spark.

    python examples/many-machines/verdicts.py speeches.parquet quotations.parquet verdicts.parquet

``speeches``: ``id``, ``text``. ``quotations``: ``id``, ``speech``, ``text``. ``verdicts``: what `handbook verify --jsonl` writes, a
line of JSON for each quotation. Spark shares the quotations out by the speech that they name, so that a process reads and
folds few speeches. Each process holds the whole archive, because what its speech does not say may stand in any other;
the index of it is made once by the driver and mapped into memory by all.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from speeches.core.matching.verify import Request, verify
from speeches.core.report.report import line_data
from speeches.core.source.archive import Archive, digest_of
from speeches.core.source.speech import Speech

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

VERDICT = "id string, verdict string"


def archive_of(speeches: pd.DataFrame, index_file: Path | None = None) -> Archive:
    """An archive out of a table; without records, as `handbook verify --archive` reads a bare folder."""
    rows = sorted(zip(speeches["id"], speeches["text"], strict=True))
    found = {name: Speech(name, text, digest_of(text.encode("utf-8"))) for name, text in rows}
    return Archive(Path(), found, index_file=index_file)


def verdicts(quotations: pd.DataFrame, archive: Archive) -> pd.DataFrame:
    """The verdict of each quotation, as the command writes it."""
    import pandas as pd

    rows = zip(quotations["id"], quotations["speech"], quotations["text"], strict=True)
    told = [(name, json.dumps(line_data(name, verify(Request(text, speech), archive)), ensure_ascii=False))
            for name, speech, text in rows]  # fmt: skip
    return pd.DataFrame(told, columns=["id", "verdict"])


def spread(spark: SparkSession, speeches: str, quotations: str, index_file: str) -> DataFrame:
    """The verdicts of a table, by Spark's `mapInPandas`."""
    import pandas as pd

    _ = archive_of(pd.read_parquet(speeches), Path(index_file)).index  # made once, found by every process

    def share(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        archive = archive_of(pd.read_parquet(speeches), Path(index_file))
        for batch in batches:
            yield verdicts(batch, archive)

    asked = spark.read.parquet(quotations)
    return asked.repartition(spark.sparkContext.defaultParallelism, "speech").mapInPandas(share, VERDICT)


def main() -> None:
    """Three paths: speeches, quotations, verdicts."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    speeches, quotations, out = sys.argv[1:4]
    spark = SparkSession.builder.appName("verdicts").getOrCreate()
    try:
        spread(spark, speeches, quotations, f"{out}.index").write.mode("overwrite").parquet(out)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
