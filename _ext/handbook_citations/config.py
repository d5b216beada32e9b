"""Configuration, and what this build knows of the handbook."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from .site import INVENTORY, Site, digest, read_site

NAME = "handbook"
"""The handbook's name among intersphinx's inventories."""
Subtype = Literal["inventory", "edition", "unknown", "withdrawn", "excerpt"]

_logger = logging.getLogger(__name__)
_sites: dict[str, Site] = {}


def register(app: Sphinx) -> None:
    """Add the values; the inventory is handed to intersphinx before it checks its own."""
    app.add_config_value("handbook_site", "", "env", str, "folder of the handbook's site, relative to conf.py")
    app.add_config_value("handbook_edition", "", "env", str, "the edition that is meant; empty: any")
    app.add_config_value("handbook_archive", "", "env", str, "folder of the archived speeches, relative to conf.py")
    app.add_config_value(
        "handbook_digest", "", "env", str, "set by the extension: everything is read again when it changes"
    )
    app.connect("config-inited", _hand_over, priority=100)
    app.connect("builder-inited", _tell, priority=100)


def site_folder(app: Sphinx) -> Path | None:
    """The folder of the handbook's site; None when conf.py names none."""
    value = str(app.config.handbook_site)
    return Path(app.confdir, value).resolve() if value else None


def archive_folder(app: Sphinx) -> Path | None:
    """The folder of the archive; None when conf.py names none."""
    value = str(app.config.handbook_archive)
    return Path(app.confdir, value).resolve() if value else None


def site_of(app: Sphinx) -> Site:
    """The handbook as this build sees it."""
    return _sites[str(app.config.handbook_digest)]


def warn(subtype: Subtype, message: str, location: str | None = None) -> None:
    """A warning of type ``handbook``, which can be suppressed by subtype."""
    _logger.warning(message, type="handbook", subtype=subtype, location=location)


def _hand_over(app: Sphinx, config: Config) -> None:
    folder, archive = site_folder(app), archive_folder(app)
    known = [path for path in (folder, archive) if path]
    config.handbook_digest = digest(known) + hashlib.sha256(repr(known).encode()).hexdigest()[:8]
    site = read_site(folder) if folder else Site(problem="conf.py 没有写 handbook_site，不知道手册网站在哪个文件夹。")
    _sites[config.handbook_digest] = site
    if folder and site.usable:
        target = quote(Path(os.path.relpath(folder, app.outdir)).as_posix())
        config.intersphinx_mapping = {**config.intersphinx_mapping, NAME: (target, str(folder / INVENTORY))}


def _tell(app: Sphinx) -> None:
    site, wanted = site_of(app), str(app.config.handbook_edition)
    if site.problem:
        warn("inventory", f"{site.problem}\n  引用手册的地方这一次只印编号，没有链接。")
    elif wanted and site.edition != wanted:
        warn(
            "edition",
            f"这里引用的是手册{wanted}，handbook_site 里的却是{site.edition}。\n"
            "  怎么办：换成所引的那一版；要改引这一版的，先用 handbook diff 看改了什么，"
            "再把 conf.py 的 handbook_edition 改过来。",
        )
