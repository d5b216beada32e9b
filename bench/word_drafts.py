"""Verdicts on made drafts: false passes and false alarms, of files by python-docx and of files by LibreOffice.

    .venv/bin/python bench/word_drafts.py [--count 60] [--seed 1000]

Each draft holds ten quotations, about half of them wrong in one of eight kinds of edit; in runs, named, tracked, in tables,
footnotes, text boxes and as 摘引. With LibreOffice every annotated file is opened again and its text compared.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/drafts"))

from making import random_draft  # noqa: E402
from making_odf import convert, random_odf  # noqa: E402
from scoring import Score  # noqa: E402

from drafts.draft import Draft  # noqa: E402
from drafts.quoted import Finder  # noqa: E402
from drafts.verifying import verify_draft  # noqa: E402
from drafts.word import WordDocument  # noqa: E402
from handbook import main as handbook  # noqa: E402
from speeches.core.source.archive import load_archive  # noqa: E402

SOURCES = ROOT / "tests/data/quotebench/sources"


def main() -> int:
    """0 when no wrong quotation passed, at most one right one in a hundred was told, and every file reads as before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1000)
    given = parser.parse_args()
    soffice = shutil.which("soffice") or ""
    archive = load_archive(SOURCES, bare_ids=True)
    finder = Finder(archive)
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("python-docx", *(["LibreOffice"] if soffice else [])):
            own, score = folder / kind, Score()
            own.mkdir()
            seeds = range(given.seed, given.seed + given.count)
            drafts = {seed: (random_odf if kind == "LibreOffice" else random_draft)(archive, seed) for seed in seeds}
            for seed, draft in drafts.items():
                if kind == "LibreOffice":
                    (own / f"{seed}.fodt").write_text(draft.source, encoding="utf-8")  # type: ignore[union-attr]
                else:
                    draft.save(own / f"{seed}.docx")  # type: ignore[union-attr]
            if kind == "LibreOffice":
                convert(soffice, sorted(own.glob("*.fodt")), "docx", own)
            for seed, draft in drafts.items():
                path = own / f"{seed}.docx"
                score.add(
                    verify_draft(Draft(path.name, tuple(WordDocument.open(path).paragraphs())), archive, finder),
                    draft.expected,
                )
            differ = _opened_again(soffice, own) if soffice else 0
            told = f"{kind}: {len(drafts)} drafts, {score.right + score.wrong} quotations, {score.wrong} wrong; "
            told += f"false passes {len(score.passed)}, false alarms {len(score.alarms)}; "
            sys.stdout.write(told + f"files that read otherwise after comments: {differ if soffice else 'not tried'}\n")
            bad += len(score.passed) + (len(score.alarms) > 0.01 * score.right) + differ
    return 1 if bad else 0


def _opened_again(soffice: str, folder: Path) -> int:
    """How many annotated files LibreOffice reads otherwise than the drafts."""
    files = sorted(folder.glob("*.docx"))
    stdout, sys.stdout = sys.stdout, (folder / "said.txt").open("w", encoding="utf-8")
    try:
        handbook(["verify", "--archive", str(SOURCES), "--comments", *map(str, files)])
    finally:
        sys.stdout.close()
        sys.stdout = stdout
    annotated = [path.with_name(f"{path.stem}.核对.docx") for path in files]
    convert(soffice, [*files, *annotated], "txt:Text (encoded):UTF8", folder / "read")
    texts = [
        [(folder / f"read/{p.stem}.txt").read_bytes() for p in pair] for pair in zip(files, annotated, strict=True)
    ]
    return sum(before != after for before, after in texts)


if __name__ == "__main__":
    sys.exit(main())
