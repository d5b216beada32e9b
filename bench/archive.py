"""What verification costs as an archive grows, beside other ways: ``python bench/archive.py [--write]``.

    --speeches 100 1000 10000   sizes, each 5,000 characters long
    --rows FILE                 with these lines of an earlier run, for sizes that are not measured now
    --write                     the table and the picture into docs/archive.md and docs/archive.svg

Speeches are clauses of the real ones put together by chance, two characters of each replaced by two of another: left as
they are, each of the 1,400 clauses would stand thousands of times in a large archive, which no real one does. Each size is
measured in a process of its own: the first makes the index, the second finds it. Seconds are those of the processor
unless a line says otherwise; means over the quotations. No test: machines differ.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from growth import drawn, table

from speeches.core.matching.verdict import PlaceStatus, Verdict
from speeches.core.matching.verify import Request, verify
from speeches.core.prose.wording import WordingIndex
from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.speech import Speech
from zh.words import read_words

ROOT = Path(__file__).resolve().parent.parent
LENGTH = 5_000
QUOTATIONS = 300
FEW = 5
"""Quotations for what takes seconds each."""
CHAPTER = 10_000
BORROWED = 25
ASKED = {
    "open": "打开（秒）≤ 1",
    "exact": "原话（毫秒）≤ 0.2",
    "drifted": "改动一处（毫秒）≤ 5",
    "misattributed": "张冠李戴（毫秒）≤ 5",
    "both": "改动又张冠李戴（毫秒）≤ 5",
    "located": "其中找到原处（%）≥ 99",
    "chapter": "一章未注明出处（毫秒）≤ 50",
    "memory": "内存（MB）≤ 600",
}
BESIDE = {
    "wall": "打开，照墙上的钟（秒）",
    "first": "第一次打开，建索引（秒）",
    "cold": "一篇里的第一条原话（毫秒）",
    "found": "一章里找到的抄录（%）",
    "rg": "rg -F -f，原话（毫秒）",
    "rapidfuzz": "rapidfuzz 逐篇比（毫秒）",
    "citations": "citations，原话在所称的一篇里（毫秒）",
}


def clauses() -> list[str]:
    """What the real speeches say between two marks."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "source_speeches").glob("*.txt")))
    return sorted(
        {clause for text in texts for clause in re.findall(r"[^，。；：！？\s]{4,30}(?=[，。；：！？])", text)}
    )


def write_speeches(folder: Path, count: int) -> None:
    """Synthetic speeches, the same ones for the same count."""
    chance, known = random.Random(count), clauses()
    for number in range(count):
        paragraphs, length = [f"在第{number}次会议上的讲话\n"], 0
        while length < LENGTH:
            sentences = (
                "，".join(_varied(chance, known) for _ in range(chance.randrange(1, 5))) + "。"
                for _ in range(chance.randrange(3, 10))
            )
            paragraphs.append(f"　　{''.join(sentences)}\n")
            length += len(paragraphs[-1])
        (folder / f"s{number:06}.txt").write_text("".join(paragraphs), encoding="utf-8")


def _varied(chance: random.Random, known: Sequence[str]) -> str:
    clause, other = chance.choice(known), chance.choice(known)
    at, there = chance.randrange(len(clause) - 1), chance.randrange(len(other) - 1)
    return clause[:at] + other[there : there + 2] + clause[at + 2 :]


def drift(text: str, chance: random.Random) -> str:
    """One or two characters replaced, left out or put in."""
    at, gone = chance.randrange(1, len(text) - 3), chance.randrange(3)
    come = "".join(chance.choice("的了和中大上") for _ in range(chance.randrange(0 if gone else 1, 3)))
    changed = text[:at] + come + text[at + gone :]
    return changed if changed != text else drift(text, chance)


def measured(folder: Path) -> dict[str, float]:
    """One row, in a process of its own. The index is made in the first of two runs, and found in the second."""
    watch, began = time.perf_counter(), time.process_time()
    archive = load_archive(folder / "speeches", bare_ids=True, index_file=folder / "archive.index")
    row = {
        "small": float(archive.index is None),
        "wall": time.perf_counter() - watch,
        "open": time.process_time() - began,
    }
    row["characters"] = float(sum(len(speech.text) for speech in archive))
    chance = random.Random(1)
    taken = [_taken(chance.choice(archive.in_order), chance) for _ in range(QUOTATIONS)]
    others = [chance.choice([s for s in archive.in_order[:50] if s is not speech]).id for speech, _, _ in taken]
    changed = [drift(text, chance) for _, text, _ in taken]
    asked: dict[str, list[Request]] = {
        "cold": [Request(text, speech.id) for speech, text, _ in taken],
        "exact": [Request(text, speech.id) for speech, text, _ in taken],
        "drifted": [Request(text, speech.id) for (speech, _, _), text in zip(taken, changed, strict=True)],
        "misattributed": [Request(text, other) for (_, text, _), other in zip(taken, others, strict=True)],
        "both": [Request(text, other) for text, other in zip(changed, others, strict=True)],
    }
    located = {}
    for name, requests in asked.items():
        verdicts, row[name] = _timed(lambda request: verify(request, archive), requests)
        located[name] = sum(
            _is_at(verdict, speech, at) for verdict, (speech, _, at) in zip(verdicts, taken, strict=True)
        )
    row["located"] = 100 * min(located[n] for n in ("drifted", "misattributed", "both")) / QUOTATIONS
    row |= _chapter(archive, chance)
    row["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return row


def _taken(speech: Speech, chance: random.Random) -> tuple[Speech, str, int]:
    paragraph = chance.choice([p for p in speech.outline.paragraphs if p.end - p.start > 70])
    start = chance.randrange(paragraph.start + 2, paragraph.end - 62)
    return speech, speech.text[start : start + chance.randrange(28, 60)], start


def _is_at(verdict: Verdict, speech: Speech, at: int) -> bool:
    passage = verdict.found or verdict.nearest
    is_right = verdict.agrees or verdict.place is PlaceStatus.ELSEWHERE or verdict.nearest is not None
    return bool(is_right and passage and passage.speech == speech.id and abs(passage.start - at) < 30)


def _timed(run: Callable[[Any], Any], questions: Sequence[Any]) -> tuple[list[Any], float]:
    """Answers, and milliseconds a question."""
    before = time.process_time()
    answers = [run(question) for question in questions]
    return answers, (time.process_time() - before) / len(questions) * 1000


def _chapter(archive: Archive, chance: random.Random) -> dict[str, float]:
    """The editors' own words, without their excerpts, and runs of speeches in them."""
    chapters = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "chapters").glob("*.md")))
    own = re.sub(r"^:{3,}\{excerpt\}.*?^:{3,}$|\{quote\}`[^`]*`", "", chapters, flags=re.MULTILINE | re.DOTALL)[
        :CHAPTER
    ]
    step, text, runs = len(own) // BORROWED, "", list[tuple[int, int]]()
    for at in range(0, step * BORROWED, step):
        _, run, _ = _taken(chance.choice(archive.in_order), chance)
        text += own[at : at + step]
        runs.append((len(text), len(text) + 20))
        text += run[:20]
    index = WordingIndex.build(archive, read_words(ROOT / "terms.txt"))
    hits, took = _timed(lambda words: list(index.borrowed(words)), [text] * FEW)
    found = sum(any(hit.start < b and a < hit.end for hit in hits[0]) for a, b in runs)
    return {"chapter": took, "found": 100 * found / BORROWED}


def beside(folder: Path) -> dict[str, float]:
    """Other ways to look for the same quotations; none of them gives a verdict, and `rg` finds no drifted one."""
    from rapidfuzz import fuzz

    archive = load_archive(folder / "speeches", bare_ids=True)
    chance, row = random.Random(1), dict[str, float]()
    taken = [_taken(chance.choice(archive.in_order), chance) for _ in range(QUOTATIONS)]
    if which("rg"):
        (folder / "quotations").write_text("".join(f"{text}\n" for _, text, _ in taken), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["rg", "-F", "-o", "-f", folder / "quotations", folder / "speeches"],
                       check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        row["rg"] = spent / QUOTATIONS * 1000
    texts = [speech.folded.text for speech in archive]
    changed = [drift(text, chance) for _, text, _ in taken[:FEW]]
    _, row["rapidfuzz"] = _timed(lambda text: [fuzz.partial_ratio_alignment(text, other) for other in texts], changed)
    if find_spec("citations"):
        from citations.verify import resolve_in

        _, row["citations"] = _timed(lambda item: resolve_in(item[1], item[0].text), taken[:60])
    return row


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--speeches", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--beside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure or options.beside:
        print(json.dumps(measured(options.measure) if options.measure else beside(options.beside)))
        return
    rows = dict(map(_row, options.rows.read_text(encoding="utf-8").splitlines())) if options.rows else {}
    for count in options.speeches:
        with tempfile.TemporaryDirectory(prefix="bench-archive-") as name:
            folder = Path(name)
            (folder / "speeches").mkdir()
            write_speeches(folder / "speeches", count)
            first, row, other = (_child(how, folder) for how in ("--measure", "--measure", "--beside"))
        rows[count] = row | other | {"first": first["open"]}
        print(
            json.dumps({"speeches": count} | {key: round(value, 3) for key, value in rows[count].items()}), flush=True
        )
    columns = ASKED | BESIDE
    print(table(rows, columns))
    if options.write:
        (ROOT / "docs/archive.svg").write_text(drawn(rows, columns), encoding="utf-8")
        page = (ROOT / "docs/archive.md").read_text(encoding="utf-8")
        shown = f"<!-- table -->\n{table(rows, columns)}<!-- end -->"
        page = re.sub(r"<!-- table -->\n.*?<!-- end -->", lambda _: shown, page, flags=re.DOTALL)
        (ROOT / "docs/archive.md").write_text(page, encoding="utf-8")


def _row(line: str) -> tuple[int, dict[str, float]]:
    row = json.loads(line)
    return int(row.pop("speeches")), row


def _child(how: str, folder: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, how, str(folder)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
