"""The archive of a build: validated on bytes before anything is read, and never pickled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..config import archive_path
from ..core.source.archive import INDEX_FILE, Archive, load_archive
from ..domain import speech_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_loaded: WeakKeyDictionary[BuildEnvironment, Archive] = WeakKeyDictionary()


def archive_of(env: BuildEnvironment) -> Archive:
    """This build's archive, from ``builder-inited`` on."""
    return _loaded[env]


def note_speech(env: BuildEnvironment, speech_id: str) -> None:
    """The document that is being read depends on a speech and its record as they are now ("" while unusable)."""
    speech = archive_of(env).speeches.get(speech_id)
    speech_domain(env).note_state(env.current_document.docname, speech_id, speech.state if speech else "")


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)


def _load(app: Sphinx) -> None:
    """Validate the archive, and keep what is faulty out of this build's reading."""
    _loaded[app.env] = load_archive(archive_path(app), index_file=Path(app.doctreedir) / INDEX_FILE)
    # Sphinx looks for documents between this event and env-get-outdated, which takes the patterns back: were they
    # still there when the environment is saved, the next build would think that conf.py had changed.
    app.config.exclude_patterns = [*app.config.exclude_patterns, *_faulty_patterns(app)]


def _faulty_patterns(app: Sphinx) -> list[str]:
    return [
        f"{app.config.speeches_archive}/{re.sub(r'[][*?]', '?', speech_id)}.txt"
        for speech_id in sorted(archive_of(app.env).faults)
    ]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Sequence[str]:
    """Documents that cite a speech whose text or record is no longer what it was; modification times are not asked."""
    faulty = set(_faulty_patterns(app))
    app.config.exclude_patterns = [pattern for pattern in app.config.exclude_patterns if pattern not in faulty]
    now = {speech.id: speech.state for speech in archive_of(env)}
    return sorted(
        docname
        for docname, states in speech_domain(env).states.items()
        if any(state != now.get(speech_id, "") for speech_id, state in states.items())
    )
