"""``handbook coverage``: which passages are quoted where, from one build's verdicts; what is not, by theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speeches.core.errors import CoreError
from speeches.core.report.coverage import (
    SpeechCoverage,
    ThemeCoverage,
    Use,
    read_labels,
    speech_coverage,
    theme_coverage,
)
from speeches.core.review.advice import flat
from suggest.bayes import learn
from suggest.features import Reader
from suggest.passages import Candidate, candidates
from zh.terminal import say
from zh.words import read_words

from .building import verified
from .chinese import ChineseCommand
from .conf import terms_of
from .options import json_option, root_option, say_json

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from speeches.check.checked import Checked

_UNSORTED = "没有归类"


@click.command(cls=ChineseCommand, epilog="例：handbook coverage　　handbook coverage --list")
@click.option("--list", "list_unquoted", is_flag=True, help="逐条列出没有引用的话，按主题归在一起")
@json_option
@root_option
def command(root: Path, list_unquoted: bool, as_json: bool) -> int:
    """各主题、各篇讲话引用了多少，引得少的主题在前；--list 列出没有引的话，按最适合的一章归在一起。"""
    app, checked = verified(root, quiet=True)
    archive = checked.archive
    try:
        themes = theme_coverage(archive, checked.reviewed, read_labels(archive.root / "theme-labels.jsonl"))
    except CoreError as error:
        raise click.ClickException(str(error)) from None
    speeches = {speech.id: speech_coverage(speech, checked.reviewed) for speech in archive}
    unquoted = _unquoted(app, checked, root) if list_unquoted else {}
    if as_json:
        say_json(_data(themes, speeches, unquoted))
        return 0
    if themes:
        say("\n".join(_themes(themes)))
    say("\n".join(_speeches(speeches)))
    for theme, passages in unquoted.items():
        say(f"\n{theme}（{len(passages)}段没有引）：")
        for candidate in passages:
            say(f"    {candidate.speech.id} {candidate.locator}　{flat(candidate.text, 60)}")
    return 0


def _unquoted(app: Sphinx, checked: Checked, root: Path) -> dict[str, list[Candidate]]:
    """Theme → passages that nobody quotes and that suit it best, in the order of the chapters."""
    from .suggest import chapters_of, examples_of  # brings Sphinx, which --help does not wait for

    reader, titles = Reader(read_words(terms_of(root))), chapters_of(app, checked)
    model = learn(examples_of(checked, reader, titles, root))
    quoted = [(i.claim.speech, span) for i in checked.reviewed if i.verdict.agrees for span in i.verdict.fragments]
    by_theme: dict[str, list[Candidate]] = {}
    for candidate in candidates(checked.archive, quoted):
        theme = model.best(reader.of_span(candidate.speech, candidate.span.start, candidate.span.end))
        by_theme.setdefault(theme or _UNSORTED, []).append(candidate)
    order = [*titles.values(), *sorted(by_theme)]
    return {theme: by_theme[theme] for theme in sorted(by_theme, key=lambda t: (t == _UNSORTED, order.index(t)))}


def _data(
    themes: Sequence[ThemeCoverage], speeches: Mapping[str, SpeechCoverage], unquoted: Mapping[str, list[Candidate]]
) -> dict[str, object]:
    """Passages of themes are counted, characters and sentences of speeches."""
    return {
        "themes": [{"theme": t.theme, "free": t.free, "quoted": t.quoted} for t in themes],
        "speeches": [
            {"speech": speech, "quotable": cover.quotable, "quoted": cover.quoted} | _sentences(cover)
            for speech, cover in speeches.items()
        ],
        "unquoted": [
            {"theme": theme, "speech": one.speech.id, "locator": one.locator, "text": one.text}
            for theme, passages in unquoted.items()
            for one in passages
        ],
    }


def _sentences(cover: SpeechCoverage) -> dict[str, int]:
    return {f"sentences-{use.value}": sum(s.use is use for s in cover.sentences) for use in Use}


def _speeches(speeches: Mapping[str, SpeechCoverage]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("讲话", "可引字数", "已引字数", "比例", "已引句", "未引句", "限制引用句")]
    for speech, cover in speeches.items():
        counts = [str(count) for count in _sentences(cover).values()]
        share = cover.quoted / cover.quotable if cover.quotable else 0.0
        rows.append((speech, str(cover.quotable), str(cover.quoted), f"{share:.0%}", *counts))
    yield from _table(rows)


def _themes(themes: Sequence[ThemeCoverage]) -> Iterator[str]:
    """The least quoted first."""
    ordered = sorted(themes, key=lambda theme: (theme.quoted / theme.free, theme.theme))
    free, quoted = sum(t.free for t in themes), sum(t.quoted for t in themes)
    rows = [("主题", "可引段落", "已引", "比例")]
    rows += [(t.theme, str(t.free), str(t.quoted), f"{t.quoted / t.free:.0%}") for t in ordered]
    yield from _table([*rows, ("合计", str(free), str(quoted), f"{quoted / free:.0%}")])
    yield ""


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns that line up in a terminal, where a Chinese character is two wide; numbers to the right."""
    widths = [max(map(_wide, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0] + " " * (first[1] - _wide(first[0])), *(" " * (w - _wide(c)) + c for c, w in rest)]
        yield "  ".join(cells)


def _wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
