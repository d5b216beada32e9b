"""``citations.json`` beside ``objects.inv``: what another project needs to cite this edition and to check it.

It holds nothing that the pages do not print.
"""

from __future__ import annotations

import json
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from gbt7714.entry import entry
from permalink.checking import in_this_edition
from permalink.moved import Change, Fate, MovedError, fate
from permalink.published import PublishedError
from speeches.core.review.lockfile import write_atomically
from speeches.domain import speech_domain

from .references import Citable, citable

VERSION = 1
CITATIONS = "citations.json"


def citations_data(env: BuildEnvironment) -> dict[str, Any]:
    """``items``: id → page, anchor, kind, title, entry; excerpts also their text and where it stands in which speech.

    ``changes``: id that is no more → when, whether withdrawn, why, and what stands for it ``to``day ("" nothing).
    """
    items = citable(env)
    try:
        published, changes = in_this_edition(env._app)
    except (MovedError, PublishedError):
        published, changes = (), ()  # told by this build's check
    known = {p.id for p in published}
    return {
        "version": VERSION,
        "title": env.config.project,
        "edition": env.config.version,
        "items": {identifier: _item(env, item) for identifier, item in items.items()},
        "changes": {
            c.id: _change(c, fate(c.id, changes, items))
            for c in changes
            if c.ends and c.id in known and c.id not in items
        },
    }


def _change(change: Change, found: Fate) -> dict[str, Any]:
    last = found.withdrawn or change
    return {"to": found.target, "on": last.on, "withdrawn": last.withdrawn, "reason": last.reason}


def _item(env: BuildEnvironment, item: Citable) -> dict[str, Any]:
    public = item.public
    data = {
        "page": public.page,
        "anchor": public.anchor,
        "kind": public.kind,
        "title": public.title,
        "entry": entry(item.reference),
    }
    found = item.excerpt.verdict.found if item.excerpt else None
    if item.excerpt is None or found is None:
        return data
    archive = speech_domain(env).archive
    assert archive is not None
    speech = archive.speeches[item.excerpt.claim.speech]
    return data | {
        "speech": speech.id,
        "digest": speech.digest,
        "locator": found.locator,
        "text": item.excerpt.claim.text,
        "secondhand": item.excerpt.claim.secondhand,
        "note": item.excerpt.claim.note,
        # A cut that may turn the sense was looked at: who cites it must know that somebody did.
        "cut": bool(item.excerpt.entry and item.excerpt.entry.flags),
    }


def register(app: Sphinx) -> None:
    """Written with the pages."""
    app.connect("build-finished", _write)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name in ("html", "dirhtml"):
        text = json.dumps(citations_data(app.env), ensure_ascii=False, indent=1, sort_keys=True)
        write_atomically(app.outdir / CITATIONS, text + "\n")
