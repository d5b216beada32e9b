"""One build's check: claims × archive on disk × lock → ``Checked``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zh.order import reading_order

from ..config import lock_path
from ..core.errors import LockError
from ..core.matching.verdict import Flag
from ..core.review.book import book_findings
from ..core.review.claim import Claim
from ..core.review.finding import Finding, Subtype
from ..core.review.lockfile import Lock, read_lock
from ..core.review.review import review_all
from ..core.review.telling import LOCK, text_cause
from ..core.source.archive import Archive, near_ids
from ..diagnostics import notice
from ..domain import SpeechDomain, speech_domain
from ..read.archive import archive_of
from ..read.sources import source_findings
from .checked import Checked
from .prose import prose_findings


def check(app: Sphinx) -> Checked:
    """All verdicts and findings of this build, and what follows from them."""
    env = app.env
    domain, archive = speech_domain(env), archive_of(env)
    claims = domain.claims
    lock, problems = _lock(app)
    reviewed = review_all(claims, archive, lock)
    others = [*_archive_findings(archive), *source_findings(env), *problems]
    others += book_findings(reviewed, archive, lock or Lock(), today=dt.datetime.now().astimezone().date())
    others += domain.findings
    others += _reference_findings(domain, claims, archive)
    others += prose_findings(app, domain, archive)
    if not claims and (lock is None or lock.quotations or archive.ids()):  # else the book has only been begun
        others.append(
            Finding(
                Subtype.EMPTY,
                "全书没有一条引文。\n  怎么办：请检查 chapters/ 是否放对、conf.py 的 include_patterns 是否包含它。",
            )
        )
    return Checked(
        archive=archive,
        reviewed=reviewed,
        findings=tuple(others),
        numbers=domain.numbers(claims),
        order=_chapter_order(env),
        titles={docname: title.astext() for docname, title in env.titles.items()},
    )


def announce(checked: Checked) -> None:
    """Tell the editor what is not wrong but worth knowing."""
    for speech_id in sorted(checked.archive.speeches.keys() - checked.by_speech.keys()):
        notice(f"讲话 {speech_id} 没有一处被引用。")
    for item in checked.reviewed:
        where = f"{item.claim.path}:{item.claim.line}"
        if Flag.DEICTIC in item.verdict.flags and item.verdict.agrees:
            notice(f"{where}：引文里有“今年”“我市”一类的词，读者不知道指哪一年、哪个地方，请考虑加编者注。")
        for mark in item.verdict.unmarked:
            notice(f"{where}：引文里有登记为有误的字而没有标记，按本书体例应写作“{mark}”。")


def _lock(app: Sphinx) -> tuple[Lock | None, list[Finding]]:
    path = lock_path(app)
    try:
        return read_lock(path), []
    except LockError as error:
        problems = str(error).split("\n")
        line = re.match(rf"{re.escape(path.name)}:(\d+): ", problems[0])
        message = "\n  ".join(["核对记录读不懂，改好以前没有一条引文算是认可过的：", *problems])
        return None, [Finding(Subtype.LOCK, message, path.name, int(line.group(1)) if line else 0, LOCK)]


def _archive_findings(archive: Archive) -> Iterator[Finding]:
    for fault in archive.faults.values():
        for problem in fault.problems:
            key = f"[{problem.key}] " if problem.key else ""
            message = f"{key}{problem.message}"
            yield Finding(Subtype.ARCHIVE, message, problem.path, problem.line or 0, text_cause(fault.speech))
    for problem in archive.notices:
        yield Finding(Subtype.ARCHIVE, problem.message, problem.path, problem.line or 0)


def _chapter_order(env: BuildEnvironment) -> dict[str, int]:
    """docname → position in the table of contents, from the root document."""
    return {docname: n for n, docname in enumerate(reading_order(env.config.root_doc, env.toctree_includes))}


def _reference_findings(domain: SpeechDomain, claims: list[Claim], archive: Archive) -> Iterator[Finding]:
    excerpts = {claim.id: claim.name or claim.id for claim in claims if claim.kind == "excerpt"}
    for docname, target, line in domain.references:
        kind, _, name = target.rpartition(":")
        message, near = _wrong_reference(excerpts, archive, kind, name)
        if message:
            hint = f"请改正；最接近的是：{'、'.join(near)}。" if near else "请改正。"
            path = str(domain.env.doc2path(docname, base=False))
            yield Finding(Subtype.REFERENCE, f"{message}\n  怎么办：{hint}", path, line)


def _wrong_reference(excerpts: dict[str, str], archive: Archive, kind: str, name: str) -> tuple[str, list[str]]:
    """What is wrong with a reference ("" when nothing is), and the nearest names. ``excerpts``: id → name."""
    if kind == "excerpt":
        if name in excerpts or f"q.{name}" in excerpts:
            return "", []
        return f"没有名为“{name}”的摘录。", near_ids(name, sorted(set(excerpts.values())))
    speech_id, _, anchor = name.partition(".")
    speech = archive.speeches.get(speech_id)
    if speech is None:
        return f"没有编号为“{speech_id}”的讲话，或它现在不能用。", near_ids(speech_id, archive.ids())
    anchors = [f"p{paragraph.line}" for paragraph in speech.outline.paragraphs]
    if kind == "passage" and anchor not in anchors:
        return f"讲话 {speech_id} 没有 {anchor or '（空）'} 这一段。", near_ids(anchor, anchors)
    return "", []
