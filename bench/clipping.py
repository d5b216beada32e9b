"""How often a cut is told to turn the sense: in the book, and at random clause ends of the speeches.

    python bench/clipping.py [CUTS] [SEED]

In the book every flagged quotation counts as a false alarm, accepted or not. A random cut begins after a pause of a
paragraph and ends at a later one, as an editor cuts; nobody has judged which of those flagged are rightly so, so that its
figure is an upper bound. ``parted``: flagged for nothing but a word such as 不仅 that was cut from what it governs.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))

from speeches.core.matching.verdict import Flag, Reason, Request, Verdict  # noqa: E402
from speeches.core.matching.verify import verify  # noqa: E402
from speeches.core.review.lockfile import read_lock  # noqa: E402
from speeches.core.source.archive import Archive, load_archive  # noqa: E402
from speeches.core.source.lexicon import PARTED  # noqa: E402
from speeches.core.source.selector import Selector, parse_locator  # noqa: E402

PAUSE = re.compile(r"[，；：。！？]")


def main() -> int:
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    archive = load_archive(ROOT / "source_speeches")
    _print("book", [verify(request, archive) for request in _book()])
    _print(f"random cuts (seed {seed})", [verify(request, archive) for request in _random(archive, cuts, seed)])
    return 0


def _book() -> Iterator[Request]:
    for entry in read_lock(ROOT / "excerpts.lock").quotations.values():
        nested = entry.kind == "quote"
        yield Request(entry.text, entry.speech, Selector(parse_locator(entry.locator)), nested, in_handbook=True)


def _random(archive: Archive, cuts: int, seed: int) -> Iterator[Request]:
    chance = random.Random(seed)
    paragraphs = [(s, p) for s in archive for p in s.outline.paragraphs if p.end - p.start > 40]
    for _ in range(cuts):
        speech, paragraph = chance.choice(paragraphs)
        ends = [match.end() for match in PAUSE.finditer(speech.text, paragraph.start, paragraph.end)]
        starts = [paragraph.start, *ends[:-1]]
        first = chance.randrange(len(starts))
        last = chance.randrange(first, min(len(ends), first + 6))
        selector = Selector(parse_locator(f"p{paragraph.line}"))
        yield Request(speech.text[starts[first] : ends[last] - 1], speech.id, selector)


def _print(name: str, verdicts: list[Verdict]) -> None:
    agreeing = [verdict for verdict in verdicts if verdict.agrees]
    flagged = [verdict for verdict in agreeing if Flag.CLIPPED in verdict.flags]
    parted = [v for v in flagged if all(PARTED.fullmatch(word) for cut in v.clippings for word in cut.words)]
    swallowed = sum(verdict.reason is Reason.SWALLOWED for verdict in verdicts)
    share = len(flagged) / max(1, len(agreeing))
    words = Counter(word for verdict in parted for cut in verdict.clippings for word in cut.words)
    print(
        f"{name}: {len(agreeing)} agree, {len(flagged)} flagged ({share:.1%}), {len(parted)} parted {dict(words)}, "
        f"{swallowed} swallowed"
    )


if __name__ == "__main__":
    raise SystemExit(main())
