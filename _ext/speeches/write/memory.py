"""Pages whose own source did not change since they were written here, but what is filled into them did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zh.files import write_atomically

from ..domain import speech_domain
from .parts import part_state


class Memory:
    """What was filled into each page when it was last written, and what is now: docname → digest."""

    def __init__(self) -> None:
        self.now: dict[str, str] = {}

    def pages_to_write(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        self.now, before = _states(env), _written(app)
        changed = {d for d in self.now.keys() | before.keys() if self.now.get(d) != before.get(d)}
        return sorted(changed & env.found_docs)

    def remember(self, app: Sphinx, exception: Exception | None) -> None:
        """Only once all pages are written: a build that fails on the way must write them again."""
        if exception is None:
            write_atomically(_memory(app), json.dumps(self.now, sort_keys=True))


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    memory = Memory()
    app.connect("env-get-updated", memory.pages_to_write, priority=900)  # after the check, at 800
    app.connect("build-finished", memory.remember)


def _states(env: BuildEnvironment) -> dict[str, str]:
    """docname → digest of everything that it holds and that is not in its own source: parts, and text of speeches."""
    domain = speech_domain(env)
    shown = {docname: [repr(sorted(speeches.items()))] for docname, speeches in domain.states.items()}
    for docname, parts in domain.parts.items():
        shown.setdefault(docname, []).extend(part_state(env, name, key, docname) for name, key in parts)
    return {
        docname: hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
        for docname, texts in shown.items()
    }


def _written(app: Sphinx) -> dict[str, str]:
    try:
        data = json.loads(_memory(app).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _memory(app: Sphinx) -> Path:
    """One file for each builder and output folder: they share the environment, and one may run before another."""
    target = hashlib.sha256(f"{app.builder.name}:{app.outdir}".encode()).hexdigest()[:8]
    return Path(app.doctreedir) / f"speeches-{app.builder.name}-{target}.json"
