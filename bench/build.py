"""What the extensions cost in a build, and how that grows with the book.

    python bench/build.py [--chapters 5 25 50] [--repeat 2]

Chapters of 40 excerpts each, from 20 synthetic speeches of 5,000 characters made of the real sentences; every excerpt
accepted first. Four ways to print the same pages, one after the other in one run, each cold, again with nothing
changed, and with one chapter touched:

    plain       block quotes, search in English (which splits no Chinese)
    speeches    the same with the extension `speeches` alone
    stock       block quotes, Sphinx's own Chinese search
    everything  all extensions of the handbook

Seconds are those of the processor, user and system, of one `python -m sphinx`; the least of the repetitions counts.
What is asked stands beside each ratio. No test: machines differ.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from speeches.core.matching.verdict import Flag, TextStatus
from speeches.core.matching.verify import Request, verify
from speeches.core.source.archive import Archive, load_archive
from speeches.core.source.selector import Selector, parse_locator

ROOT = Path(__file__).resolve().parent.parent
QUOTATIONS = 40
SPEECHES = 20
LENGTH = 5_000
"""Characters of a speech, and at the same time of the editors' own words in a chapter."""

WAYS = {
    "plain": ("en", []),
    "speeches": ("en", ["speeches"]),
    "stock": ("zh_CN", []),
    "everything": (
        "zh_CN",
        ["sphinx_design", "speeches", "permalink", "citable", "teaching", "booksite", "zhindex", "zhsearch", "zhprint"],
    ),
}
ASKED = {
    ("speeches", "plain"): {"cold": 1.5, "no-op": 1.25},
    ("everything", "stock"): {"cold": 0.9, "no-op": 0.5},
}
CONF = """
project = "小手册"
author = "编写组"
release = "2026.1"
version = "2026年版"
language = {language!r}
extensions = ["myst_parser", *{extensions!r}]
root_doc = "index"
include_patterns = ["index.md", "chapters/**", {speeches!r}]
smartquotes = False
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["toc.not_included"]
{rest}
"""
_WORDS = "先写明这一步由谁办理|再写清需要哪些材料|表格按月汇总|遇到疑问随手记下|下一节接着说|页边留出批注的地方|对照前面的图|新来的人从这里读起"


def main() -> int:
    parser = argparse.ArgumentParser(description="What the extensions cost in a build.")
    parser.add_argument("--chapters", type=int, nargs="+", default=[5, 25, 50])
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    print("chapters  quotations  way         " + "".join(f"{name:>10}" for name in ("cold", "no-op", "touched")))
    colds: dict[str, list[tuple[int, float]]] = {way: [] for way in WAYS}
    for chapters in options.chapters:
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(Path(folder), chapters, options.repeat)
        for way, seconds in measured.items():
            row = "".join(f"{seconds[step]:10.2f}" for step in ("cold", "no-op", "touched"))
            print(f"{chapters:8}  {chapters * QUOTATIONS:10}  {way:<10}{row}", flush=True)
            colds[way].append((chapters, seconds["cold"]))
        for (way, base), asked in ASKED.items():
            ratios = {step: measured[way][step] / measured[base][step] for step in ("cold", "no-op", "touched")}
            row = "".join(f"{ratio:10.2f}" for ratio in ratios.values())
            told = ", ".join(f"{step} ≤ {most}" for step, most in asked.items())
            print(f"{'':8}  {'':10}  {way} : {base}\n{'':32}{row}   asked: {told}", flush=True)
    for way, cost in colds.items():
        if (25 in dict(cost)) and (50 in dict(cost)):
            print(f"{way}: cold from 1,000 to 2,000 quotations × {dict(cost)[50] / dict(cost)[25]:.2f}")
    return 0


def measure(folder: Path, chapters: int, repeat: int) -> dict[str, dict[str, float]]:
    """way → step → seconds."""
    archive = write_speeches(folder / "archive")
    pages = [list(chapter_of(archive, number)) for number in range(1, chapters + 1)]
    seconds: dict[str, dict[str, float]] = {}
    for way, (language, extensions) in WAYS.items():
        root = folder / way
        write_book(root, archive, pages, language, extensions)
        seconds[way] = {"cold": float("inf"), "no-op": float("inf"), "touched": float("inf")}
    for attempt in range(repeat):  # the ways by turns, so that a busy minute falls on all of them
        for way in WAYS:
            root, least = folder / way, seconds[way]
            out = root / f"_build/{attempt}"
            touched = root / "chapters/c01.md"
            least["cold"] = min(least["cold"], build(root, out))
            least["no-op"] = min(least["no-op"], build(root, out))
            touched.write_text(touched.read_text(encoding="utf-8") + f"\n第{attempt}次改动。\n", encoding="utf-8")
            least["touched"] = min(least["touched"], build(root, out))
    return seconds


def build(root: Path, out: Path) -> float:
    """Seconds of one build. Stops when it fails, or when a quotation does not pass."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", f"{out}/doctrees", str(root), f"{out}/html"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode or "WARNING" in done.stderr:
        raise SystemExit(f"{root.name}: {done.stderr[:2000]}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def write_speeches(folder: Path) -> Archive:
    """Synthetic speeches with records, of the real sentences, no sentence twice in one."""
    folder.mkdir(parents=True)
    sentences = sorted({s for speech in load_archive(ROOT / "source_speeches") for s in _sentences(speech.text)})
    for number in range(1, SPEECHES + 1):
        chance = random.Random(number)
        chosen: list[str] = []
        for sentence in chance.sample(sentences, len(sentences)):
            if sum(map(len, chosen)) < LENGTH and not any(sentence in other or other in sentence for other in chosen):
                chosen.append(sentence)
        lines = ["".join(chosen[at : at + 4]) for at in range(0, len(chosen), 4)]
        text = "\n".join([f"第{number}次会议上的讲话", *lines]) + "\n"
        (folder / f"speech-{number:02}.txt").write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        record = f'title = "第{number}次会议上的讲话"\nsha256 = "{digest}"\nskip = [[1, 1]]\n'
        (folder / f"speech-{number:02}.toml").write_text(record, encoding="utf-8")
    return load_archive(folder)


def _sentences(text: str) -> Iterator[str]:
    """Sentences that can be quoted alone: no marks of any kind in them, nothing that Markdown would read."""
    for line in text.split("\n"):
        for sentence in line.strip().replace("。", "。\n").split("\n"):
            if (
                15 <= len(sentence) <= 120
                and sentence.endswith("。")
                and not set(sentence) & set("“”\"'‘’《》（）()[]<>*_`#…〔〕［］【】")
            ):
                yield sentence


def chapter_of(archive: Archive, number: int) -> Iterator[tuple[str, str, str, str]]:
    """Name, speech, locator and text of each excerpt of a chapter; all of them agree, and none is cut."""
    chance = random.Random(1000 + number)
    speeches = list(archive)
    count = 0
    while count < QUOTATIONS:
        speech = chance.choice(speeches)
        paragraph = chance.choice(speech.outline.paragraphs)
        first = chance.randrange(len(paragraph.sentences))
        chosen = paragraph.sentences[first : first + chance.randint(1, 3)]
        locator = f"p{paragraph.line}.s{chosen[0].number}-{chosen[-1].number}"
        text = speech.text[chosen[0].start : chosen[-1].end]
        verdict = verify(Request(text, speech.id, Selector(parse_locator(locator)), in_handbook=True), archive)
        if verdict.agrees and verdict.text is TextStatus.EXACT and Flag.CLIPPED not in verdict.flags:
            count += 1
            yield f"c{number:02}-e{count:02}", speech.id, locator, text


def write_book(
    root: Path, archive: Archive, pages: list[list[tuple[str, str, str, str]]], language: str, extensions: list[str]
) -> None:
    """The same book, as block quotes or as excerpts; the speeches are pages of it both ways."""
    (root / "chapters").mkdir(parents=True)
    verified = "speeches" in extensions
    names = [speech.id for speech in archive]
    for speech in archive:
        target = root / "source_speeches"
        target.mkdir(exist_ok=True)
        if verified:
            for suffix in ("txt", "toml"):
                data = (archive.root / f"{speech.id}.{suffix}").read_bytes()
                (target / f"{speech.id}.{suffix}").write_bytes(data)
        else:
            text = "\n\n".join(speech.text.rstrip().split("\n")[1:])
            (target / f"{speech.id}.md").write_text(f"# {speech.title}\n\n{text}\n", encoding="utf-8")
    listed = [f"chapters/c{number:02}" for number in range(1, len(pages) + 1)]
    toctrees = "\n".join(["```{toctree}", ":numbered:", "", *listed, "```", "", "```{toctree}", ""])
    toctrees += "\n".join(f"source_speeches/{name}" for name in names) + "\n```\n"
    (root / "index.md").write_text(f"(book)=\n# 小手册\n\n{toctrees}", encoding="utf-8")
    for number, quotations in enumerate(pages, 1):
        chance = random.Random(number)
        parts = [f"(c{number:02})=\n# 第{number}个方面\n"]
        for name, speech_id, locator, text in quotations:
            parts.append("，".join(chance.choices(_WORDS.split("|"), k=LENGTH // QUOTATIONS // 9)) + "。\n")
            if verified:
                parts.append(f":::{{excerpt}} {speech_id} {locator}\n:name: {name}\n{text}\n:::\n")
            else:
                parts.append(f"> {text}\n>\n> ——{archive.speeches[speech_id].title}\n")
        (root / f"chapters/c{number:02}.md").write_text("\n".join(parts), encoding="utf-8")
    rest = 'primary_domain = "speech"' if verified else ""
    sources = "source_speeches/*.txt" if verified else "source_speeches/*.md"
    conf = CONF.format(language=language, extensions=extensions, speeches=sources, rest=rest)
    (root / "conf.py").write_text(conf, encoding="utf-8")
    if verified:
        handbook = [sys.executable, "-m", "handbook"]
        subprocess.run(
            [*handbook, "accept", "--all", "--root", root, "--by", "王主任"], check=True, capture_output=True
        )
        if "permalink" in extensions:
            subprocess.run([*handbook, "ids", "--root", root, "--publish"], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
