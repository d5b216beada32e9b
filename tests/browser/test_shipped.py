"""The page 许可 and the CycloneDX file tell what is really there: files of the site, packages of the lock, versions of fonts."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from booksite.shipped import shipped, unknown
from handbook.licences import bill, locked
from support import ROOT, require
from zhprint.fetch import pins

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files(handbook: Path) -> list[str]:
    return [
        p.relative_to(handbook).as_posix()
        for p in sorted(handbook.rglob("*"))
        if p.is_file() and p.name != ".intact.json"
    ]


def test_every_file_of_the_site_is_of_a_part_and_every_part_is_there(files: list[str]) -> None:
    assert len(files) > 50 and unknown(files) == []
    assert [part.name for part in shipped() if part.files and not any(map(part.has_file, files))] == []


def test_the_page_says_name_version_and_licence_of_each_part(handbook: Path, files: list[str]) -> None:
    page = BeautifulSoup((handbook / "licences.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert rows == [[part.name, part.version, part.licence, part.use] for part in shipped()]
    texts = {d.summary.get_text(): d.pre.get_text() for d in page.find_all("details") if d.summary and d.pre}
    assert {
        f"{n} 的许可全文" for n in ("furo", "Sphinx", "sphinx-design", "OpenCC", "pypinyin", "python-docx")
    } <= texts.keys()
    assert "Pradyun Gedam" in texts["furo 的许可全文"]
    links = [
        BeautifulSoup((handbook / name).read_text("utf-8"), "html.parser").find("a", string="许可")
        for name in ("index.html", "chapters/nengli.html")
    ]
    assert [link["href"] for link in links if link] == ["licences.html", "../licences.html"]


def test_versions_are_those_of_what_is_installed() -> None:
    pinned = {name: number for name, number, _ in locked(LOCK)}
    for part in shipped():
        assert part.version or "书稿" in part.name
        if part.package and part.package != "office-handbook":
            assert part.version == version(part.package) == pinned[part.package.replace("_", "-")], part.name


def test_versions_and_licences_of_fonts_are_those_of_the_files() -> None:
    told = {pin["file"]: pin["licence"] for pin in pins()}
    require((ROOT / ".fonts").is_dir(), "没有字体：请先运行 make fonts")
    for path in sorted((ROOT / ".fonts").glob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            name, number = font["name"].getDebugName(6), font["name"].getDebugName(5)
        (part,) = [part for part in shipped() if part.has_font(f"{name}-") or part.has_font(name)]
        assert part.version in number, path.name
        assert part.licence.split("-")[0] == told[path.name].split("-")[0], path.name


def test_the_file_is_cyclonedx_with_every_package_and_part_and_no_path_of_a_machine() -> None:
    text = bill(LOCK)
    assert text == bill(LOCK), "the same bytes"
    data = json.loads(text)
    assert (data["bomFormat"], data["specVersion"]) == ("CycloneDX", "1.6")
    packages = {c["name"]: c for c in data["components"] if c["type"] == "library"}
    pinned = {name: (number, digests) for name, number, digests in locked(LOCK)}
    assert len(pinned) == LOCK.count("==") == len(packages) > 80
    for name, (number, digests) in pinned.items():
        assert packages[name]["version"] == number and packages[name]["purl"] == f"pkg:pypi/{name}@{number}"
        assert digests and {p["value"] for p in packages[name]["properties"]} == set(digests)
    assert [c["name"] for c in data["components"] if c["type"] == "file"] == sorted(part.name for part in shipped())
    assert all(packages[name].get("licenses") for name in ("furo", "sphinx", "typst", "pypinyin", "lxml"))
    assert str(ROOT) not in text and "/usr/" not in text and "index-url" not in text
