"""One draft from file to outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold

from .draft import Draft
from .judge import Judged, Outcome, judge
from .quoted import LEAST_QUOTED, Finder, Kind


def verify_draft(draft: Draft, archive: Archive, finder: Finder) -> tuple[Judged, ...]:
    """Every quotation of a draft with its outcome, in the order of the text.

    Where 原稿 and 改后 quote the same words with the same outcome, it is told once, for neither version.
    """
    judged = [judge(quotation, archive) for quotation in finder.find(draft.paragraphs)]
    return tuple(_told_once([one for one in judged if not _only_a_term(one)]))


def _only_a_term(one: Judged) -> bool:
    """A few words in marks that name no source and that a speech happens to use too: nobody claims to quote it."""
    quotation = one.quotation
    short = quotation.kind is Kind.MARKS and len(fold(quotation.text).text) < LEAST_QUOTED
    told_of = quotation.attribution.speech or quotation.attribution.reports
    stands = one.outcome in (Outcome.CLIPPED, Outcome.AMBIGUOUS, Outcome.RESTRICTED)
    return short and stands and not told_of


def _told_once(judged: Sequence[Judged]) -> Iterator[Judged]:
    twins = {_key(one): one for one in judged if one.quotation.paragraph.version == "改后"}
    kept = set()
    for one in judged:
        version = one.quotation.paragraph.version
        if version == "原稿" and _key(one) in twins:
            kept.add(_key(one))
            paragraph = replace(one.quotation.paragraph, version="")
            yield replace(one, quotation=replace(one.quotation, paragraph=paragraph))
        elif not (version == "改后" and _key(one) in kept):
            yield one


def _key(one: Judged) -> tuple[str, str, str, str]:
    quotation = one.quotation
    return quotation.paragraph.where, quotation.text, str(one.outcome), one.verdict.speech


def default_out(draft: Path) -> Path:
    """讲稿.docx → 讲稿.核对.docx, beside the draft."""
    return draft.with_name(f"{draft.stem}.核对.docx")
