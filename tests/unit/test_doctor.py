"""``handbook doctor``: says what is missing, how to get it, and by its exit code whether it matters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from handbook import checkup, main
from handbook.checkup import GOOD, LACKING, SPARE, Part, check_up, share_of

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/office\\040share cifs rw 0 0
/dev/sdb1 /mnt/office\\040share/local ext4 rw 0 0
10.0.0.2:/x /data nfs4 rw 0 0
"""


def parts(root: Path) -> dict[str, Part]:
    return {part.name: part for part in check_up(root)}


def test_what_is_good_needs_nothing_and_what_is_not_says_what_to_do(tmp_path: Path) -> None:
    for part in check_up(tmp_path):
        assert part.found and bool(part.how) == (part.state != GOOD), part


def test_the_exit_code_follows_what_matters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_kw: None)
    assert main(["doctor", "--root", str(tmp_path), "--json"]) == 0
    told = {part["name"]: part for part in json.loads(capsys.readouterr().out)}
    assert told["LibreOffice"]["state"] == SPARE and "另存为 docx" in told["LibreOffice"]["how"]
    monkeypatch.setattr(checkup, "_pins", lambda: {"sphinx": "0.1", "no-such-package": "1"})
    assert main(["doctor", "--root", str(tmp_path)]) == 1
    assert "no-such-package" in capsys.readouterr().out


def test_a_package_of_another_version_than_the_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "_pins", lambda: {"sphinx": "0.1"})
    found = parts(tmp_path)["软件包"]
    assert found.state == SPARE and "sphinx" in found.found and "0.1" in found.found


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_options: object) -> None:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(checkup.tempfile, "TemporaryFile", refused)
    found = parts(tmp_path)["手册文件夹"]
    assert found.state == LACKING and "Read-only" in found.found


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _root: type("Usage", (), {"free": 5_000_000})())
    assert parts(tmp_path)["剩余空间"].state == LACKING


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/home/a", ""), ("/mnt/office share/b", "cifs"), ("/mnt/office share/local/b", ""), ("/data", "nfs4"), ("/database", "")],
)  # fmt: skip
def test_a_network_share_is_known_by_its_mount(folder: str, kind: str) -> None:
    assert share_of(Path(folder), MOUNTS) == kind


def test_fonts_that_are_missing_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.prefix", str(tmp_path / ".venv"))
    found = parts(tmp_path)["印刷字体"]
    assert found.state == SPARE and "NotoSerifSC" in found.found and "handbook fonts" in found.how
