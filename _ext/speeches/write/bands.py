"""A speech as a bar on its page: which chapter quotes which part, each band a link to its first sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from sphinx.environment import BuildEnvironment

from ..check.checked import Checked
from ..core.report.coverage import SentenceUse, Use
from ..domain import speech_domain
from ..nodes import bands

_RESTRICTED = "限制引用"
_UNQUOTED = "未引"


def bands_of(outcome: Checked, sentences: Iterable[SentenceUse], speech_id: str, env: BuildEnvironment) -> bands:
    """Sentences in a row that share their use and chapter are one band."""
    docname = speech_domain(env).speech_docname(speech_id)
    page = speech_domain(env).data["pages"].get(docname)
    parts = []
    seen: dict[str, str] = {}
    for (tone, name), run in itertools.groupby(sentences, lambda s: _tone(s, outcome, env)):
        held = list(run)
        seen[tone] = name
        length = sum(s.span.end - s.span.start for s in held)
        first = held[0].locator
        anchor = f"{speech_id}.{page.anchor(first)}" if page else ""
        parts.append((tone, length, anchor, f"第{first.partition('.')[0][1:]}行起，{name}"))
    return bands("", "", format="html", docname=docname, parts=parts, key=sorted(seen.items()))


def _tone(sentence: SentenceUse, outcome: Checked, env: BuildEnvironment) -> tuple[str, str]:
    """Class of a band, and what it shows: the first numbered chapter that quotes the sentence, else any page."""
    if sentence.use is Use.RESTRICTED:
        return "restricted-band", _RESTRICTED
    if sentence.use is Use.UNQUOTED:
        return "unquoted-band", _UNQUOTED
    numbered = [(n[0], d) for d in sentence.docnames if (n := env.toc_secnumbers.get(d, {}).get("", ()))]
    if not numbered:
        return "band-0", "已引（前言、附录）"
    number, docname = min(numbered)
    return f"band-{number}", f"已引：{outcome.titles.get(docname, docname)}"
