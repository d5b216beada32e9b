"""What this machine has of what the handbook needs. Looks only; changes nothing and asks no network."""

from __future__ import annotations

import locale
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

GOOD, SPARE, LACKING = "好", "可以没有", "缺"
"""As it should be; not there, and only some things need it; nothing goes without it."""

DISTRIBUTION = "office-handbook"
EXTRA = "handbook"
"""Of the distribution: what the command and a book need."""
PYTHON = (3, 11)
_LEAST_MB, _EASY_MB = 200, 1000
_SHARES = frozenset(
    ("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "9p", "afs", "davfs",
     "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2")
)  # fmt: skip
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing looked at. ``found``: what is there; ``how``: what to do, empty where it is good."""

    name: str
    state: str
    found: str
    how: str = ""


def check_up(root: Path) -> Iterator[Part]:
    """Every part, the needed ones first. ``root``: the folder that the handbook is or would be in."""
    yield _python()
    yield from _packages()
    yield _fonts(root)
    yield _folder(root)
    yield _space(root)
    yield _locale()
    yield from _programs()


def _python() -> Part:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= PYTHON:
        return Part("Python", GOOD, found)
    return Part("Python", LACKING, found, "请装 3.11 或更新的版本：python.org 的安装包，或系统的软件包 python3.11。")


def _packages() -> Iterator[Part]:
    wanted = _pins()
    missing, other = [], []
    for name, version in wanted.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if version and found != version:
            other.append(f"{name} {found}（清单是 {version}）")
    again = "请重新安装：有 Makefile 的手册，删去运行环境文件夹 .venv，再运行 make handbook；离线安装包里的，再双击一次“安装”。"
    if missing:
        yield Part("软件包", LACKING, f"缺{'、'.join(missing)}", again)
    elif other:
        yield Part("软件包", SPARE, f"与清单的版本不同：{'、'.join(other)}", f"多半能用；有毛病时{again}")
    else:
        yield Part("软件包", GOOD, f"{len(wanted)}个齐全")


def _pins() -> dict[str, str]:
    """Runtime packages → the version in the lock beside the environment; "" where no lock says it."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lock = next(
        (p for n in ("requirements.lock", "requirements.txt") if (p := Path(sys.prefix).parent / n).is_file()), None
    )
    pinned = {canonicalize_name(n): v for n, v in _PINNED.findall(lock.read_text(encoding="utf-8"))} if lock else {}
    try:
        requires = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    except metadata.PackageNotFoundError:
        requires = []
    needed = [r for r in requires if r.marker is None or r.marker.evaluate({"extra": EXTRA})]
    return {name: pinned.get(name, "") for name in sorted(canonicalize_name(r.name) for r in needed)}


def _fonts(root: Path) -> Part:
    from zhprint.fetch import font_folder, lacking

    folder = font_folder(root / ".fonts")
    missing = lacking(folder)
    if not missing:
        return Part("印刷字体", GOOD, str(folder))
    how = "能联网的电脑运行 handbook fonts；不能联网的，把别的电脑上的 .fonts 文件夹拷到手册文件夹里。没有字体只是不能印，网站照样生成。"
    return Part("印刷字体", SPARE, f"缺{'、'.join(missing)}", how)


def _folder(root: Path) -> Part:
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as error:
        why = error.strerror or str(error)
        return Part("手册文件夹", LACKING, f"{root} 写不进去（{why}）", "请拷到自己能写的文件夹里，或找管理员开权限。")
    if share := _share(root.resolve()):
        how = "可以用；但网络盘慢，断了线会写到一半，几个人同时运行也锁不住。请拷到本机硬盘上编，编好再拷回去。"
        return Part("手册文件夹", SPARE, f"{root} 在网络盘上（{share}）", how)
    return Part("手册文件夹", GOOD, str(root))


def _share(folder: Path) -> str:
    """The kind of network share that a folder is on; "" for a disk of this machine, or where nobody can say."""
    if os.name == "nt":
        return "共享文件夹" if str(folder).startswith("\\\\") else ""
    return share_of(folder, _mounts())


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def share_of(folder: Path, mounts: str) -> str:
    """As ``_share``, from the text of /proc/mounts."""
    kinds = {}
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) >= 3:
            kinds[re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), fields[1])] = fields[2]
    kind = next((kinds[str(place)] for place in (folder, *folder.parents) if str(place) in kinds), "")
    return kind if kind in _SHARES else ""


def _space(root: Path) -> Part:
    try:
        free = shutil.disk_usage(root).free // 1_000_000
    except OSError as error:
        return Part("剩余空间", SPARE, f"看不出来（{error.strerror or error}）", "请自己看一看磁盘。")
    found = f"{free} MB"
    if free < _LEAST_MB:
        return Part(
            "剩余空间", LACKING, found, f"至少要 {_LEAST_MB} MB。请清理磁盘；旧的 _build 可以用 handbook clean 删去。"
        )
    if free < _EASY_MB:
        return Part("剩余空间", SPARE, found, f"够用，最好有 {_EASY_MB} MB。")
    return Part("剩余空间", GOOD, found)


def _locale() -> Part:
    files, words = sys.getfilesystemencoding(), locale.getpreferredencoding(False)
    found = f"文件名 {files}，文字 {words}"
    if files.lower().replace("-", "") not in ("utf8", "mbcs"):
        return Part(
            "系统语言",
            LACKING,
            found,
            "中文文件名会认不出。请先运行 export LC_ALL=C.UTF-8，或设环境变量 PYTHONUTF8=1。",
        )
    return Part("系统语言", GOOD, found)


def _programs() -> Iterator[Part]:
    for name, programs, what, how in (
        (
            "LibreOffice",
            ("soffice", "libreoffice"),
            "读 doc、wps、odt 稿子",
            "装 LibreOffice；或在 Word、WPS 里另存为 docx。",
        ),
        (
            "poppler",
            ("pdftotext",),
            "付印前用第二种程序读回印刷文件",
            "系统软件包 poppler-utils；没有的话只用一种程序读回。",
        ),
        ("git", ("git",), "记住每次改动、比较两次的不同", "系统软件包 git，或 git-scm.com；没有的话请自己留备份。"),
    ):
        found = next((path for program in programs if (path := shutil.which(program))), "")
        yield Part(name, GOOD, found) if found else Part(name, SPARE, f"没有；用来{what}", how)
