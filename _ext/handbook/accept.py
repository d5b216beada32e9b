"""``handbook accept``: what a person has looked at goes into the lock, whole or not at all."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from speeches.check.checked import Checked
from speeches.config import lock_path
from speeches.core.errors import LockError
from speeches.core.review.accepting import SHOWN, accepted, accepted_speech
from speeches.core.review.advice import flat, flat_pair
from speeches.core.review.differences import is_reason
from speeches.core.review.finding import Subtype
from speeches.core.review.lockfile import Lock, LockEntry, SpeechEntry, format_lock, read_lock
from speeches.core.review.review import Reviewed
from speeches.core.review.upgrade import upgrade
from speeches.core.source.archive import near_ids
from speeches.core.source.speech import Speech
from zh.files import write_atomically
from zh.terminal import harmless, say
from zh.typed import typed

from .alone import writing
from .building import verified
from .chinese import ChineseCommand
from .looking import NO, STOP, ask, ask_reason, lines_of
from .options import root_option

_NOBODY = frozenset({"root", "admin", "administrator", "user", "nobody", "guest", "system", "test"})
"""Logins that say of nobody who he is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The lock as it would become, the diff to show, and what cannot be accepted, with the reasons."""

    lock: Lock
    diff: tuple[str, ...]
    refused: tuple[str, ...]


@click.command(cls=ChineseCommand, epilog="例：handbook accept --by 王主任　　逐条看过，认可的写进核对记录")
@click.argument("ids", nargs=-1, metavar="[编号]…")
@click.option("--by", default="", help="认可人的姓名，默认是登录名")
@click.option("--reason", default="", help="认可截取不改变原意的理由；只用于写明编号的引文")
@click.option("--all", "everything", is_flag=True, help="不逐条问，能认可的全部认可（给脚本用，要写 --by）")
@click.option("--dry-run", is_flag=True, help="只显示要改什么，不写文件")
@root_option
def command(ids: tuple[str, ...], by: str, reason: str, everything: bool, dry_run: bool, root: Path) -> int:
    """看过之后认可引文：逐条列出书上印的和存档文本，问过才写。写明编号的，只认可那几条。与存档文本不一致的不能认可。"""
    if any(harmless(word) != word or "\n" in word for word in (by, reason)):
        raise click.ClickException("--by 和 --reason 里有看不见的控制字符，没有改动。请重新输入。")
    if ids and everything:
        raise click.ClickException("写了编号就不要写 --all，两样只写一样。")
    asks = not (ids or everything or dry_run)
    if asks and not sys.stdin.isatty():
        raise click.ClickException(
            "这里没有终端，不能逐条问，没有改动。\n"
            "  怎么办：在终端里运行；或者写明编号；脚本里要全部认可的，写 --all --by 姓名。"
        )
    signer = "" if dry_run else _signer(by, must_be_given=everything)
    app, checked = verified(root, quiet=True)
    path = lock_path(app)
    try:
        lock = read_lock(path)
    except LockError as error:
        raise click.ClickException(f"核对记录读不懂，没有改动：\n{error}") from None
    if lock.quotations and not checked.reviewed:
        raise click.ClickException(
            f"全书没有读到一条引文，核对记录里却有{len(lock.quotations)}条，没有改动。请检查 chapters/ 是否放对、"
            "conf.py 的 include_patterns 是否包含它；确要清空的，请删去 excerpts.lock。"
        )
    if asks:
        plan = _one_by_one(checked, lock, by=signer, on=_today())
    else:
        plan = make_plan(checked, lock, ids, by=signer, on=_today(), reason=reason)
        for key in dict.fromkeys(ids):
            if item := checked.by_id.get(key) or checked.by_id.get(f"q.{key}"):
                say("\n".join(lines_of(item, checked.archive)))
        for line in (*plan.diff, *plan.refused):
            say(line)
    if not plan.diff:
        say("没有需要认可的改动。" if not plan.refused else "没有写入任何改动。")
    elif dry_run:
        say("以上改动没有写入（--dry-run）。")
    else:
        with writing(root, path):
            if _current(path) != lock:
                raise click.ClickException(f"{path.name} 在这次认可的过程中被别人改动过，没有写入。请再运行一次。")
            try:
                write_atomically(path, format_lock(plan.lock))
            except OSError as error:
                raise click.ClickException(f"{path.name} 写不进去，没有改动：{error.strerror or error}。") from None
        say(f"已写入 {path.name}：{len(plan.diff)}处改动。")
    return 1 if plan.refused else 0


def _one_by_one(checked: Checked, read: Lock, *, by: str, on: str) -> Plan:
    """Show every change with its source and ask; what was said yes to before a stop is kept."""
    lock = upgrade(read, [(item.claim, item.verdict) for item in checked.reviewed], checked.archive)
    whole = make_plan(checked, lock, (), by=by, on=on, reason="")
    reviewed, speeches = checked.by_id, checked.archive.speeches
    waiting = [
        key
        for key in [*sorted(lock.speeches.keys() | speeches.keys()), *sorted(reviewed.keys() | lock.quotations.keys())]
        if (plan := make_plan(checked, lock, (key,), by=by, on=on, reason="")).diff
        or (plan.refused and _needs_reason(reviewed[key]))
    ]
    refused = tuple(line for line in whole.refused if line.split("（")[0].removeprefix("! ") not in waiting)
    diff = () if read.version == lock.version else (f"~ 核对记录改写为格式{lock.version}，原来的认可原样保留",)
    for number, key in enumerate(waiting, 1):
        item = reviewed.get(key)
        clipped = item is not None and _needs_reason(item)
        plan = make_plan(checked, lock, (key,), by=by, on=on, reason="")
        if not (plan.diff or clipped):
            continue  # accepted with another one
        say(f"\n[{number}/{len(waiting)}]")
        for line in (*(lines_of(item, checked.archive) if item else ()), *(f"  {told}" for told in plan.diff)):
            say(line)
        gone = key not in reviewed and key not in speeches
        answer = ask("从核对记录删去吗" if gone else "认可这一条吗" if item else "认可这份登记吗")
        if answer == STOP:
            break
        if answer == NO:
            continue
        if clipped:
            plan = make_plan(checked, lock, (key,), by=by, on=on, reason=ask_reason())
            if plan.refused:
                say("  没有写明理由，这一条没有认可。")
        lock, diff, refused = plan.lock, (*diff, *plan.diff), (*refused, *plan.refused)
    for line in refused:
        say(line)
    return Plan(lock, diff, refused)


def _needs_reason(item: Reviewed) -> bool:
    """Whether it can be accepted, and only with a reason."""
    return item.pending and any(finding.subtype is Subtype.CLIPPED for finding in item.findings)


def _current(path: Path) -> Lock | None:
    try:
        return read_lock(path)
    except LockError:
        return None


def make_plan(checked: Checked, read: Lock, ids: tuple[str, ...], *, by: str, on: str, reason: str) -> Plan:
    """Decide, without writing anything."""
    reviewed, speeches = checked.by_id, checked.archive.speeches
    lock = upgrade(read, [(item.claim, item.verdict) for item in checked.reviewed], checked.archive)
    entries, pinned = dict(lock.quotations), dict(lock.speeches)
    wanted = list(dict.fromkeys(_known(ids, reviewed, lock, speeches))) or [
        *sorted(pinned.keys() | speeches.keys()),
        *sorted(reviewed.keys() | entries.keys()),
    ]
    diff: list[str] = []
    refused: list[str] = []
    if read.version != lock.version:
        diff.append(f"~ 核对记录改写为格式{lock.version}，{len(entries)}条认可（认可人、日期、理由）原样保留")
    for key in wanted:
        if key in speeches or key in pinned:
            diff += _accept_speech(key, speeches.get(key), pinned, by=by, on=on)
            continue
        item = reviewed.get(key)
        if item is None:
            diff.append(f"- {key}：书中已无，从核对记录删去（“{flat(entries[key].text, 40)}”）")
            del entries[key]
            continue
        refusal = _refusal(item, named=bool(ids), reason=reason)
        if refusal:
            refused.append(f"! {key}（{item.claim.path}:{item.claim.line}）不能认可：{refusal}")
            continue
        entry = accepted(item, checked.archive, by=by, on=on, reason=reason)
        if entry is not None:
            diff.append(_difference(entries.get(key), entry))
            entries[key] = entry
        if ids:  # what is printed with a quotation is accepted with it
            diff += _accept_speech(item.claim.speech, speeches.get(item.claim.speech), pinned, by=by, on=on)
    return Plan(Lock(entries, pinned), tuple(diff), tuple(refused))


def _accept_speech(key: str, speech: Speech | None, pinned: dict[str, SpeechEntry], *, by: str, on: str) -> list[str]:
    """Accept what the record says in print; a speech that is no longer in the archive leaves the lock."""
    old = pinned.get(key)
    if speech is None:
        del pinned[key]
        return [f"- {key}：讲话库里已无，从核对记录删去"]
    entry = accepted_speech(speech, old, by=by, on=on)
    if entry is None:
        return []
    pinned[key] = entry
    return [_difference(old, entry)]


def _known(
    ids: tuple[str, ...], reviewed: dict[str, Reviewed], lock: Lock, speeches: Mapping[str, Speech]
) -> list[str]:
    every = reviewed.keys() | lock.quotations.keys() | lock.speeches.keys() | speeches.keys()
    found = []
    for key in ids:
        full = key if key in every else f"q.{key}"
        if full not in every:
            near = near_ids(key, every)
            hint = f"最接近的是：{'、'.join(near)}" if near else f"请看 {typed('handbook check')} 列出的编号"
            raise click.ClickException(f"没有编号为“{key}”的引文。{hint}")
        found.append(full)
    return found


def _refusal(item: Reviewed, *, named: bool, reason: str) -> str:
    """Why an item cannot be accepted; empty when it can."""
    for finding in item.findings:
        if not item.is_settled_by_accepting(finding):
            return finding.message
        if finding.subtype is Subtype.CLIPPED and not (named and is_reason(reason)):
            return finding.message
    return ""


def _difference(old: LockEntry | SpeechEntry | None, new: LockEntry | SpeechEntry) -> str:
    if old is None and isinstance(new, LockEntry):
        flags = f"（{'、'.join(new.flags)}：{new.reason}）" if new.flags else ""
        note = f"（编者注：{flat(new.note, 60)}）" if new.note else ""
        return f"+ {new.id}：新认可“{flat(new.text, 60)}”{flags}{note}"
    before = asdict(old) if old else {}
    fields = [(name, before.get(key, ""), value) for key, value in asdict(new).items() if (name := SHOWN.get(key))]
    pairs = [(name, flat_pair(_words(a), _words(b), 60)) for name, a, b in fields]
    changed = [f"{name} “{a}”→“{b}”" for name, (a, b) in pairs if a != b]
    key = new.id if isinstance(new, LockEntry) else new.speech
    if old is None:
        return f"+ {key}：新认可登记，{'；'.join(f'{name}“{_shown(b)}”' for name, _, b in fields if _shown(b))}"
    return f"~ {key}：{'；'.join(changed)}"


def _shown(value: object) -> str:
    return flat(_words(value), 60)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return "；".join(value) if isinstance(value, tuple) else str(value)


def _signer(by: str, *, must_be_given: bool) -> str:
    """Whose acceptance it is: a person's name, given or of the login. ClickException for nobody and for root."""
    name = by.strip()
    if by and not any(character.isalnum() for character in name):
        raise click.ClickException("--by 后面要写认可人的姓名。")
    if not name and not must_be_given:
        with contextlib.suppress(OSError, KeyError):
            name = getpass.getuser()
    if not name:
        raise click.ClickException("不知道认可人是谁，没有改动。请用 --by 写明认可人的姓名。")
    if name.lower() in _NOBODY:
        raise click.ClickException(f"“{name}”不是人的姓名，没有改动。请用 --by 写明认可人的姓名。")
    return name


def _today() -> str:
    """The date of acceptance; SOURCE_DATE_EPOCH (seconds) when set, so that a rehearsal repeats."""
    moment = (
        time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])) if "SOURCE_DATE_EPOCH" in os.environ else time.localtime()
    )
    return time.strftime("%Y-%m-%d", moment)
