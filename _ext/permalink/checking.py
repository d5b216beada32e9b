"""Every build: what was given out must still lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.matching import Matcher

from zh.encoding import UnreadableError, bounded, decoded
from zh.typed import typed

from . import redirects
from .addresses import Addresses, Leftover, check_addresses
from .collect import colliding_ids, public_ids, stray_labels
from .config import keeps_list, moved_path, published_path
from .domain import Outcome, permalink_domain
from .labels import pages_of_labels
from .messages import note, warn
from .moved import Change, MovedError, parse_moved
from .published import DRAFT, Published, PublishedError, parse_published

_GENERATED = {"genindex"}


def register(app: Sphinx) -> None:
    """After the other extensions' own checks (default priority), whose objects are asked for."""
    app.connect("env-updated", _check, priority=700)


def in_this_edition(app: Sphinx) -> tuple[tuple[Published, ...], tuple[Change, ...]]:
    """What was given out on pages of this edition, and what became of it. PublishedError, MovedError for a bad file."""
    left_out = Matcher(app.config.permalink_left_out)
    published = tuple(p for p in read_published(app) if not left_out(p.page))
    here, everywhere = {p.id for p in published}, {p.id for p in read_published(app)}
    return published, tuple(c for c in read_moved(app) if c.id in here or c.id not in everywhere)


def _addresses(app: Sphinx, good: Mapping[str, str]) -> Addresses:
    """PublishedError, MovedError when a file cannot be understood."""
    published, changes = in_this_edition(app)
    current = {i: found.page for i, found in public_ids(app.env).items()}
    return check_addresses(
        published, changes, current, app.env.found_docs | _GENERATED, lambda page: redirects.final_page(page, good)
    )


def read_published(app: Sphinx) -> tuple[Published, ...]:
    """What was given out; nothing when the file is not there."""
    path = published_path(app)
    return parse_published(_text(path), path.name) if path.exists() else ()


def lost_list(app: Sphinx) -> bool:
    """Whether there should be ids that were given out, and are none: the file of a draft says that it never gave out any."""
    path = published_path(app)
    return keeps_list(app) and not read_published(app) and not (path.is_file() and _text(path).startswith(DRAFT))


def read_moved(app: Sphinx) -> tuple[Change, ...]:
    """What went elsewhere; nothing when the file is not there."""
    path = moved_path(app)
    return parse_moved(_text(path), path.name) if path.exists() else ()


def _text(path: Path) -> str:
    try:
        return decoded(bounded(path))
    except UnreadableError as error:
        message = f"{path.name}:{error.line}: {error}"
    except OSError as error:
        message = f"{path.name}: 读不出来：{error.strerror or error}。"
    raise (MovedError if path.suffix == ".toml" else PublishedError)(message)


def final_page(env: BuildEnvironment, page: str) -> str:
    """The page that a reader lands on who opens ``page``, the redirects that hold in this build followed."""
    return redirects.final_page(page, permalink_domain(env).outcome.redirects)


def problem_count(env: BuildEnvironment) -> int:
    """How many things this build found wrong with permanent addresses; 0 in a book that has none."""
    return permalink_domain(env).outcome.problems if "permalink" in env.domains else 0


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    domain = permalink_domain(env)
    good, problems = _redirects(app)
    for problem in problems:
        warn("redirect", problem)
    told = len(problems) + _check_ids(env)
    if keeps_list(app):
        told += _check_anchors(env) + sum(map(len, domain.headings.values()))
    else:
        note(f"没有 {published_path(app).name}，不检查编号是否永久。要检查，在这个文件里写一行：{DRAFT}")
    leftovers: dict[str, tuple[Leftover, ...]] = {}
    try:
        found = _addresses(app, good)
    except (PublishedError, MovedError) as error:
        warn("file", str(error))
        told += 1
    else:
        leftovers = found.leftovers
        told += len(found.problems) + _tell(app, found)
    domain.outcome = Outcome(good, leftovers, told)


def _tell(app: Sphinx, found: Addresses) -> int:
    """1 when nothing is known to have been given out, and nobody says that it is so."""
    for problem in found.problems:
        name = published_path(app).name if problem.line else app.config.permalink_moved
        warn("published", problem.message, f"{name}:{problem.line or 1}")
    if not lost_list(app):
        return 0
    warn(
        "unpublished",
        f"{published_path(app).name} 不见了，或是空的，没法检查永久编号有没有丢。\n"
        f"  怎么办：以前发布过的，用版本管理恢复这个文件；要发布的，运行 {typed('handbook ids --publish')}；从来没有发布过的书稿，"
        f"在这个文件里写一行：{DRAFT}",
    )
    return 1


def _redirects(app: Sphinx) -> tuple[dict[str, str], list[str]]:
    """What cannot be followed is not written: it would cover a page, or send a reader nowhere."""
    left_out = Matcher(app.config.permalink_left_out)
    given = app.config.redirects
    if isinstance(given, dict) and all(isinstance(target, str) for target in given.values()):
        # From or to a page that is not in this edition: neither address is.
        given = {s: t for s, t in given.items() if not (left_out(s) or left_out(redirects.final_page(s, given)))}
    return redirects.good_redirects(given, app.env.found_docs | _GENERATED)


def _check_ids(env: BuildEnvironment) -> int:
    told = 0
    for name in colliding_ids(env):
        warn("collision", f"永久编号“{name}”用在两处不同的东西上。\n  怎么办：请给其中一处换一个编号。")
        told += 1
    for name, pages in pages_of_labels(env).items():
        if len(pages) > 1:
            files = "、".join(str(env.doc2path(page, base=False)) for page in pages)
            warn(
                "collision",
                f"编号“{name}”在{files}里都有，引用它不知道指哪一处。\n  怎么办：请只留一处，另一处换一个编号。",
            )
            told += 1
    return told


def _check_anchors(env: BuildEnvironment) -> int:
    strays = list(stray_labels(env))
    for name, page, anchor in strays:
        warn(
            "anchor",
            f"编号“{name}”在网页上的地址成了 #{anchor}，与编号不一样，还可能随别的内容变动。\n"
            "  怎么办：请换一个编号，以小写英文字母开头，只用小写英文字母、数字和连字符，不与别处的标题或编号重复。",
            str(env.doc2path(page, base=False)) + ":1",
        )
    return len(strays)
