"""False alarms of the findings over the reading text: 300 sentences of the editors' prose, varied, that quote nobody.

    .venv/bin/python bench/prose.py [--count 300] [--seed 1]

Sentences are drawn from the chapters; each is varied as an editor varies: clauses change places, half a sentence is joined
to half of another, words are replaced, a listed term is put into quotation marks, a page or a number in brackets is added.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

from handbook.building import verified
from speeches.check.pages import findings_of
from speeches.core.prose.notice import Notice
from speeches.core.prose.reading import Block, BlockKind, Run, RunKind, own_words
from speeches.core.prose.withheld import Secrets, disclosed
from speeches.core.prose.wording import WordingIndex
from speeches.core.source.folding import BARRIER
from speeches.domain import speech_domain
from zh.words import read_words

ROOT = Path(__file__).resolve().parent.parent
_WORDS = {"先": "首先", "再": "然后再", "讲话": "这篇讲话", "要": "应当", "不": "并不", "也": "同样", "可以": "不妨", "下面": "以下", "一条": "一则",
          "办公室": "本办公室", "同志": "同事", "领导": "负责同志", "写": "拟", "看": "读"}  # fmt: skip


def _sentences(blocks: list[Block]) -> list[str]:
    found = []
    for block in blocks:
        if block.kind in (BlockKind.PROSE, BlockKind.NOTE, BlockKind.CELL):
            found += re.findall(r"[^。！？\n\x00]{10,60}[。！？]", own_words(block))
    return sorted(set(found))


def _varied(sentence: str, other: str, terms: tuple[str, ...], chance: random.Random) -> str:
    match chance.randrange(5):
        case 0:
            clauses = sentence.rstrip("。！？").split("，")
            chance.shuffle(clauses)
            return "，".join(clauses) + "。"
        case 1:
            return sentence[: len(sentence) // 2] + "，" + other[len(other) // 2 :]
        case 2:
            return re.sub("|".join(_WORDS), lambda match: _WORDS[match[0]], sentence)
        case 3:
            return sentence[:-1] + f"，这就是常说的“{chance.choice(terms)}”。"
        case _:
            return sentence[:-1] + f"（见第{chance.randrange(1, 200)}页，共{chance.randrange(2, 9)}项）。"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    app, checked = verified(ROOT, quiet=True)
    terms = read_words(ROOT / "terms.txt")
    index, secrets = WordingIndex.build(checked.archive, terms), Secrets.of(checked.archive)
    sentences = _sentences([block for page in speech_domain(app.env).reading.values() for block in page])
    chance = random.Random(options.seed)
    alarms = notices = 0
    for _ in range(options.count):
        text = _varied(chance.choice(sentences), chance.choice(sentences), terms, chance).replace(BARRIER, "")
        page = (Block(BlockKind.PROSE, (Run(RunKind.TEXT, text),), "chapters/a.md", 1),)
        told = [*findings_of(page, index, checked.archive), *disclosed(page, secrets)]
        notices += any(isinstance(item, Notice) for item in told)
        if wrong := [item for item in told if not isinstance(item, Notice)]:
            alarms += 1
            print(f"{text}\n    {wrong[0].message.splitlines()[0]}")
    print(
        f"{len(sentences)} sentences; {options.count} varied: {alarms} false alarms ({alarms / options.count:.1%}), {notices} with a notice"
    )


if __name__ == "__main__":
    main()
