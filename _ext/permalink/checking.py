"""Every build: what was given out must still lead somewhere."""

from __future__ import annotations

import posixpath

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.matching import Matcher

from .addresses import Addresses, check_addresses
from .collect import colliding_ids, public_ids
from .config import moved_path, published_path
from .headings import _store
from .messages import warn
from .moved import Change, MovedError, parse_moved
from .published import Published, PublishedError, parse_published

_GENERATED = {"genindex"}
_HOPS = 20


def register(app: Sphinx) -> None:
    """After the other extensions' own checks (default priority), whose objects are asked for."""
    app.connect("env-updated", _check, priority=700)


def addresses(app: Sphinx) -> Addresses:
    """This build's outcome. PublishedError, MovedError when a file cannot be understood."""
    env = app.env
    left_out = Matcher(app.config.permalink_left_out)
    published = [p for p in read_published(app) if not left_out(p.page)]
    current = {i: found.page for i, found in public_ids(env).items()}
    pages = env.found_docs | _GENERATED
    return check_addresses(published, read_moved(app), current, pages, lambda page: final_page(app, page))


def read_published(app: Sphinx) -> tuple[Published, ...]:
    """What was given out; nothing when the file is not there."""
    path = published_path(app)
    return parse_published(_text(path.read_bytes(), path.name), path.name) if path.is_file() else ()


def read_moved(app: Sphinx) -> dict[str, Change]:
    """What went elsewhere; nothing when the file is not there."""
    path = moved_path(app)
    return parse_moved(_text(path.read_bytes(), path.name), path.name) if path.is_file() else {}


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{name}: 不是 UTF-8 编码，读不懂。请用记事本打开，“另存为”时编码选 UTF-8。"
        raise (MovedError if name.endswith(".toml") else PublishedError)(message) from None


def final_page(app: Sphinx, page: str) -> str:
    """The page that a reader lands on who opens ``page``, redirects followed."""
    for _ in range(_HOPS):
        target = app.config.redirects.get(page)
        if target is None:
            return page
        path = target.partition("#")[0]
        joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(page), path)
        page = posixpath.normpath(joined).removesuffix(".html")
    return page


def problem_count(env: BuildEnvironment) -> int:
    """How many things this build found wrong with permanent addresses."""
    return int(getattr(env, "permalink_problems", 0))


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    told = 0
    for name in colliding_ids(env):
        warn("collision", f"永久编号“{name}”用在两处不同的东西上。\n  怎么办：请给其中一处换一个编号。")
        told += 1
    env.permalink_leftovers = {}  # type: ignore[attr-defined]
    try:
        outcome = addresses(app)
    except (PublishedError, MovedError) as error:
        warn("file", str(error))
        told += 1
    else:
        env.permalink_leftovers = outcome.leftovers  # type: ignore[attr-defined]
        for problem in outcome.problems:
            warn("published", problem.message, f"{app.config.permalink_published}:{problem.line}")
        told += len(outcome.problems)
    env.permalink_problems = told + sum(map(len, _store(env).values()))  # type: ignore[attr-defined]
