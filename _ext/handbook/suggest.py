"""``handbook suggest``: passages that are quoted nowhere yet and suit a chapter, a section or some words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zh.terminal import say

from .building import verified
from .chinese import ChineseCommand
from .conf import terms_of
from .options import json_option, listed_words, root_option, say_json

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from speeches.check.checked import Checked
    from suggest.features import Reader
    from suggest.rank import Suggestion


@click.command(cls=ChineseCommand, epilog="例：handbook suggest 能力　　handbook suggest 保密 值班 --most 5")
@click.argument("words", metavar="章名或词语…", nargs=-1, required=True)
@click.option("--most", default=10, show_default=False, type=click.IntRange(1, 200), help="最多列几条，默认10条")
@json_option
@root_option
def command(words: tuple[str, ...], most: int, as_json: bool, root: Path) -> int:
    """还没有引用的话里，哪些适合放进某一章、某一节，或者讲到某几个词；合适的在前，说明理由，可以直接贴进章节。

    章名写标题（能力）或文件名（nengli）。退出码：0 有建议；1 没有；2 没有办成。
    """
    from suggest.bayes import learn  # imported here and below: --help does without Sphinx and all that learns
    from suggest.features import Reader
    from suggest.passages import candidates, saying
    from suggest.rank import for_theme, for_words

    app, checked = verified(root, quiet=True)
    reader = Reader(listed_words(terms_of(root)))
    titles = chapters_of(app, checked)
    model = learn(examples_of(checked, reader, titles, root))
    quoted = [(i.claim.speech, span) for i in checked.reviewed if i.verdict.agrees for span in i.verdict.fragments]
    theme = next((title for docname, title in titles.items() if words == (title,) or words == (_stem(docname),)), None)
    if theme and theme in model.weights:
        found = for_theme(theme, candidates(checked.archive, quoted), model, reader)
    else:
        text = _section(app, words[0]) or "".join(words)
        found = for_words(text, candidates(saying(checked.archive, reader.words(text)), quoted), model, reader)
    if as_json:
        say_json([_data(suggestion) for suggestion in found[:most]])
        return 0 if found else 1
    if not found:
        say("没有找到合适的、还没有引用的话。可以换几个词，或用 handbook coverage --list 看全部没有引用的句子。")
        return 1
    for number, suggestion in enumerate(found[:most], 1):
        say("\n".join(_told(number, suggestion)))
    return 0


def _section(app: Sphinx, name: str) -> str:
    """Heading and text of the section with a permanent id; "" where ``name`` is none."""
    from speeches.core.prose.reading import BlockKind
    from speeches.domain import speech_domain

    docname, _, title = app.env.domains.standard_domain.labels.get(name, ("", "", ""))
    words: list[str] = []
    for block in speech_domain(app.env).reading_of(docname):
        if block.kind is BlockKind.HEADING and words:
            break
        if words or (block.kind is BlockKind.HEADING and block.text == title):
            words.append(block.text)
    return "".join(words)


def _stem(docname: str) -> str:
    return docname.rpartition("/")[2]


def chapters_of(app: Sphinx, checked: Checked) -> dict[str, str]:
    """docname → title of every document that holds excerpts."""
    names = {item.claim.docname for item in checked.reviewed if item.claim.kind == "excerpt"}
    return {name: app.env.titles[name].astext() for name in sorted(names) if name in app.env.titles}


def examples_of(
    checked: Checked, reader: Reader, titles: dict[str, str], root: Path
) -> list[tuple[str, dict[str, int]]]:
    """What the chapters quote, and the passages that somebody gave a theme which is a chapter's."""
    from speeches.core.report.coverage import read_labels
    from speeches.core.source.speech import Span

    archive = checked.archive
    spans = [
        (titles[item.claim.docname], item.claim.speech, fragment)
        for item in checked.reviewed
        if item.claim.docname in titles and item.verdict.agrees
        for fragment in (Span(item.verdict.fragments[0].start, item.verdict.fragments[-1].end),)
    ]
    for label in read_labels(archive.root / "theme-labels.jsonl"):
        spans += [(title, label.speech, label.span) for title in titles.values() if label.theme in title]
    return [
        (theme, dict(reader.of_span(archive.speeches[speech], span.start, span.end)))
        for theme, speech, span in spans
        if speech in archive.speeches
    ]


def _data(suggestion: Suggestion) -> dict[str, object]:
    from speeches.core.matching.pull import marked_text

    candidate = suggestion.candidate
    span = candidate.span
    return {
        "speech": candidate.speech.id,
        "locator": candidate.locator,
        "text": marked_text(candidate.speech, span.start, span.end),
        "theme": suggestion.theme,
        "words": list(suggestion.words),
    }


def _told(number: int, suggestion: Suggestion) -> list[str]:
    from speeches.core.matching.pull import marked_text
    from speeches.core.review.advice import flat

    candidate = suggestion.candidate
    path = "—".join(heading.title for heading in candidate.speech.outline.path_at(candidate.span.start))
    reason = "、".join(suggestion.words)
    text = marked_text(candidate.speech, candidate.span.start, candidate.span.end)
    return [
        f"{number}. 《{candidate.speech.title}》{candidate.speech.outline.place_at(candidate.span.start)}",
        f"   理由：{f'讲到{reason}' if reason else '与这一章已引的话相近'}"
        + (f"；在“{flat(path, 40)}”之下" if path else "")
        + (f"；最像“{suggestion.theme}”一章的话" if suggestion.theme else ""),
        f":::{{excerpt}} {candidate.speech.id} {candidate.locator}",
        text,
        ":::",
        "",
    ]
