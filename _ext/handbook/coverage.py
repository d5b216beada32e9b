"""``handbook coverage``: which passages are quoted where, from one build's verdicts."""

from __future__ import annotations

from pathlib import Path

import click

from speeches.core.errors import CoreError
from speeches.core.report.coverage import Use, read_labels, speech_coverage, theme_coverage
from speeches.core.review.advice import flat
from zh.terminal import say

from .building import verified
from .chinese import ChineseCommand
from .options import root_option


@click.command(cls=ChineseCommand)
@click.option("--list", "list_unquoted", is_flag=True, help="逐条列出没有引用的句子")
@root_option
def command(root: Path, list_unquoted: bool) -> int:
    """各篇讲话引用了多少、哪些没有引用、哪些限制引用，以及各主题的段落引用了多少。"""
    _, checked = verified(root, quiet=True)
    archive = checked.archive
    say("讲话\t可引字数\t已引字数\t比例\t已引句\t未引句\t限制引用句")
    for speech in archive:
        cover = speech_coverage(speech, checked.reviewed)
        counts = [sum(s.use is use for s in cover.sentences) for use in Use]
        share = cover.quoted / cover.quotable if cover.quotable else 0.0
        say(f"{speech.id}\t{cover.quotable}\t{cover.quoted}\t{share:.0%}\t" + "\t".join(map(str, counts)))
        if list_unquoted:
            for sentence in cover.sentences:
                if sentence.use is Use.UNQUOTED:
                    text = speech.text[sentence.span.start : sentence.span.end]
                    say(f"    {sentence.locator}\t{flat(text, 60)}")
    try:
        labels = read_labels(archive.root / "theme-labels.jsonl")
    except CoreError as error:
        raise click.ClickException(str(error)) from None
    themes = theme_coverage(archive, checked.reviewed, labels)
    if themes:
        say("\n主题\t可引段落\t已引\t比例")
        for theme in themes:
            say(f"{theme.theme}\t{theme.free}\t{theme.quoted}\t{theme.quoted / theme.free:.0%}")
            if list_unquoted:
                for label in theme.missing:
                    text = archive.speeches[label.speech].text[label.span.start : label.span.end]
                    say(f"    {label.id} {label.speech}\t{flat(text, 60)}")
        free, quoted = sum(t.free for t in themes), sum(t.quoted for t in themes)
        say(f"合计\t{free}\t{quoted}\t{quoted / free:.0%}")
    return 0
