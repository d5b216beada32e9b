"""When things happen: the archive before anything is read, verdicts in every build, changed pages written again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from zh.files import write_atomically

from ..config import archive_path
from ..core.report.report import report_data
from ..core.report.stamp import text_digest
from ..core.source.archive import load_archive
from ..diagnostics import warn
from ..domain import speech_domain
from ..write.transforms import rendered_states
from .checking import announce, check


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _check)
    app.connect("missing-reference", _words_without_page)
    # After Sphinx has numbered its sections, which the numbers of excerpts are made of.
    app.connect("env-get-updated", _pages_to_write, priority=900)
    app.connect("build-finished", _remember)
    app.connect("config-inited", _offer_fingerprint)


def _offer_fingerprint(app: Sphinx, _config: Config) -> None:
    """Where zhprint prints, each PDF says which quotations it holds: 付印前核对 knows then whether it is this book."""
    if "zhprint-fingerprint" in app.events.events:
        app.connect("zhprint-fingerprint", _fingerprint)


def _fingerprint(app: Sphinx) -> str:
    domain = speech_domain(app.env)
    assert domain.archive is not None
    return text_digest(report_data(domain.reviewed, (), domain.archive, domain.numbers()))


def _load(app: Sphinx) -> None:
    """Validate the archive on bytes, and keep what is faulty out of this build's reading."""
    archive = load_archive(archive_path(app))
    speech_domain(app.env).archive = archive
    # Sphinx looks for documents between this event and env-get-outdated, which takes the patterns back: were they
    # still there when the environment is saved, the next build would think that conf.py had changed.
    app.config.exclude_patterns = [*app.config.exclude_patterns, *_faulty_patterns(app)]


def _faulty_patterns(app: Sphinx) -> list[str]:
    archive = speech_domain(app.env).archive
    assert archive is not None
    return [
        f"{app.config.speeches_archive}/{re.sub(r'[][*?]', '?', speech_id)}.txt" for speech_id in sorted(archive.faults)
    ]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Sequence[str]:
    """Documents that cite a speech whose text or record is no longer what it was; modification times are not asked."""
    faulty = set(_faulty_patterns(app))
    app.config.exclude_patterns = [pattern for pattern in app.config.exclude_patterns if pattern not in faulty]
    domain = speech_domain(env)
    assert domain.archive is not None
    now = {speech.id: speech.state for speech in domain.archive}
    return sorted(
        docname
        for docname, states in domain.states.items()
        if any(state != now.get(speech_id, "") for speech_id, state in states.items())
    )


def _words_without_page(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.TextElement | None:
    """A speech without a page is named without a link; a wrong id was told by this build's check."""
    return contnode if node.get("refdomain") == "speech" else None


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    check(env)
    domain = speech_domain(env)
    warn(env, domain.other_findings)
    for item in domain.reviewed:
        warn(env, item.findings)
    announce(domain)


def _pages_to_write(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Pages whose own source did not change since they were written here, but what is filled in did."""
    domain = speech_domain(env)
    domain.forget_numbers()
    domain.rendered = rendered_states(domain)
    before = _written(app)
    changed = {d for d in domain.rendered.keys() | before.keys() if domain.rendered.get(d) != before.get(d)}
    return sorted(changed & env.found_docs)


def _remember(app: Sphinx, exception: Exception | None) -> None:
    """Only once all pages are written: a build that fails on the way must write them again."""
    if exception is None:
        write_atomically(_memory(app), json.dumps(speech_domain(app.env).rendered, sort_keys=True))


def _written(app: Sphinx) -> dict[str, str]:
    try:
        data = json.loads(_memory(app).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _memory(app: Sphinx) -> Path:
    """One file for each builder and output folder: they share the environment, and one may run before another."""
    target = hashlib.sha256(f"{app.builder.name}:{app.outdir}".encode()).hexdigest()[:8]
    return Path(app.doctreedir) / f"speeches-{app.builder.name}-{target}.json"
