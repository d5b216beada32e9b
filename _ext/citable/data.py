"""``citations.json`` beside ``objects.inv``: what another project needs to cite this edition and to check it.

It holds nothing that the pages do not print.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from gbt7714.entry import Marks, entry
from permalink.checking import in_this_edition
from permalink.moved import Change, Fate, MovedError, fate
from permalink.published import PublishedError
from speeches.check.checked import checked
from speeches.config import marks_of_entries
from zh.files import write_atomically

from .references import Citable, citable
from .shape import CITATIONS, VERSION, ChangeItem, Citations, ExcerptItem, Item, to_json


def citations_data(app: Sphinx) -> Citations:
    """What can be cited in this build, and which ids are no more."""
    env = app.env
    items, marks = citable(env), marks_of_entries(env.config)
    try:
        published, changes = in_this_edition(app)
    except (MovedError, PublishedError):
        published, changes = (), ()  # told by this build's check
    known = {p.id for p in published}
    return {
        "version": VERSION,
        "title": env.config.project,
        "edition": env.config.version,
        "items": {identifier: _item(env, item, marks) for identifier, item in items.items()},
        "changes": {
            c.id: _change(c, fate(c.id, changes, items))
            for c in changes
            if c.ends and c.id in known and c.id not in items
        },
    }


def _change(change: Change, found: Fate) -> ChangeItem:
    last = found.withdrawn or change
    return {"to": found.target, "on": last.on, "withdrawn": last.withdrawn, "reason": last.reason}


def _item(env: BuildEnvironment, item: Citable, marks: Marks) -> Item | ExcerptItem:
    public = item.public
    data: Item = {
        "page": public.page,
        "anchor": public.anchor,
        "kind": public.kind,
        "title": public.title,
        "entry": entry(item.reference, marks),
    }
    found = item.excerpt.verdict.found if item.excerpt else None
    if item.excerpt is None or found is None:
        return data
    speech = checked(env).archive.speeches[item.excerpt.claim.speech]
    return {
        **data,
        "speech": speech.id,
        "digest": speech.digest,
        "locator": found.locator,
        "text": item.excerpt.claim.text,
        "secondhand": item.excerpt.claim.secondhand,
        "note": item.excerpt.claim.note,
        # Who cites a cut that may turn the sense must know that somebody looked at it.
        "cut": bool(item.excerpt.entry and item.excerpt.entry.flags),
    }


def register(app: Sphinx) -> None:
    """Written with the pages."""
    app.connect("build-finished", _write)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name in ("html", "dirhtml"):
        write_atomically(app.outdir / CITATIONS, to_json(citations_data(app)))
