"""Configuration values and the two files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

PUBLISHED_FILE = "published-ids.txt"
MOVED_FILE = "moved-ids.toml"


def register(app: Sphinx) -> None:
    """Add the values."""
    app.add_config_value(
        "permalink_published",
        "",
        "",
        str,
        f"file of the ids that were given out; not named: {PUBLISHED_FILE}, if it is there",
    )
    app.add_config_value("permalink_moved", MOVED_FILE, "", str, "file that says where published ids went")
    app.add_config_value(
        "permalink_left_out", [], "", list, "patterns of pages that this edition leaves out, ids and all"
    )
    app.add_config_value(
        "permalink_digest", "", "html", str, "set by the extension: pages are written again when it changes"
    )
    app.connect("config-inited", _digest)


def published_path(app: Sphinx) -> Path:
    """The file of the ids that were given out."""
    return Path(app.confdir, str(app.config.permalink_published or PUBLISHED_FILE))


def keeps_list(app: Sphinx) -> bool:
    """Whether ids are meant to last here: conf.py names a list, which may have been lost, or there is one."""
    return bool(app.config.permalink_published) or published_path(app).is_file()


def moved_path(app: Sphinx) -> Path:
    """The file that says where they went."""
    return Path(app.confdir, str(app.config.permalink_moved))


def _digest(app: Sphinx, config: Config) -> None:
    """The anchors on old pages come from these files, which are no documents."""
    digest = hashlib.sha256(repr(config.redirects).encode())
    for path in (published_path(app), moved_path(app)):
        if path.is_file():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    config.permalink_digest = digest.hexdigest()
