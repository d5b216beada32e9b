"""A package that is missing, cut short, a wrong one or a hostile one: one message each, and no font is put in place."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from zhprint import fetch

FONT = b"a font" * 1000


def packed(kind: str = "file") -> bytes:
    """An archive of npm with ``package/a.ttf`` as a file, a link or not at all."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/a.ttf" if kind != "nothing" else "package/b.ttf")
        if kind == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
        else:
            member.size = len(FONT)
            archive.addfile(member, io.BytesIO(FONT))
    return out.getvalue()


def fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, package: bytes | None, expected: bytes | None = None, **pin: Any
) -> int:
    """Fetch one font where npm brings ``package`` (None: nothing) and ``expected`` is what was pinned."""

    def bring(command: list[str], *, cwd: Path, **_: Any) -> None:
        if package is not None:
            (cwd / "a.tgz").write_bytes(package)

    pins = {
        "file": "a.ttf", "npm": "a@1", "path": "package/a.ttf", "licence": "OFL-1.1", "needed": True,
        "sha256": hashlib.sha256(FONT).hexdigest(), **pin,
    }  # fmt: skip
    if expected is not None:
        pins["package_sha256"] = hashlib.sha256(expected).hexdigest()
    monkeypatch.setattr(fetch, "pins", lambda: [pins])
    monkeypatch.setattr(fetch.shutil, "which", lambda name: name)
    monkeypatch.setattr(fetch.subprocess, "run", bring)
    return fetch.fetch(folder)


def test_the_right_one_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = packed()
    assert fetched(tmp_path, monkeypatch, package, package) == 0
    assert (tmp_path / "a.ttf").read_bytes() == FONT


@pytest.mark.parametrize(
    ("package", "told"),
    [
        (None, "没有取到 a@1"),
        (b"", "不完整，或者不是原来的包"),
        (b"junk", "不完整，或者不是原来的包"),
        (packed()[:40], "不完整，或者不是原来的包"),
        (packed("nothing"), "不完整，或者不是原来的包"),
        (packed("link"), "不是一个文件"),
    ],
    ids=["nothing comes", "empty", "junk", "cut short", "without the font", "a link"],
)
def test_a_wrong_archive_is_one_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    package: bytes | None,
    told: str,
) -> None:
    assert fetched(tmp_path, monkeypatch, package) == 1
    assert told in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_digest_is_compared_before_the_archive_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def opened(*_: Any, **__: Any) -> None:
        pytest.fail("opened")

    package = packed()
    monkeypatch.setattr(fetch.tarfile, "open", opened)
    assert fetched(tmp_path, monkeypatch, package, b"another") == 1
    assert "数字摘要与登记的不符" in capsys.readouterr().out


def test_every_package_of_npm_is_pinned_as_a_whole() -> None:
    assert [pin["npm"] for pin in fetch.pins() if "npm" in pin and "package_sha256" not in pin] == []
