"""The wheel in foreign projects: each extension alone, with nothing installed but what its extra names.

The packages of an extra are those that its metadata lead to; they are lent from this environment by links, so that what
is not among them is not there. One process has Sphinx loaded and forks for each project.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from functools import cache
from importlib import metadata
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from handbook.locked import PLATFORMS, needed
from support import ROOT, require, write_archive

RST = "书\n==\n\n.. index:: 统筹协调\n\n**保**\\ 密工作。\n\n.. _jie:\n\n节\n--\n\n正文。\n"
TREE = "书\n==\n\n.. toctree::\n\n   a\n"
EXCERPT = "(book)=\n# 点灯\n\n```{excerpt} lamp p1\n```\n\n见{excerpt}`q.lamp.p1`。\n\n```{speech-pages}\n```\n"
FORM = "书\n==\n\n.. _biao:\n\n表\n--\n\n.. form::\n\n   交办人 | | 日期 |\n   办什么 | 高2行\n"
LANGUAGE = 'language = "zh_CN"\nproject = "书"\nauthor = "人"\nhtml_theme = "alabaster"\n'
NO_SEARCH = 'html_search_language = "en"\n'  # the stock Chinese one names a stemmer that is not there
FONTS = f"zhprint_font_cache = {str(ROOT / '.fonts')!r}\n"
DRAFT = {"published-ids.txt": "# 还没有发布过\n"}
UNACCEPTED = 'suppress_warnings = ["speech.new"]\n'


@dataclass(frozen=True)
class Project:
    """``made``: a file of the output and what it holds. ``conf``: beyond language and theme."""

    extra: str
    page: str
    made: dict[str, str]
    conf: str = ""
    builder: str = "html"
    suffix: str = ".rst"
    extensions: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


PROJECTS = {
    "zhsearch": Project("search", RST, {"_static/zhsearch/data.js": "保密工作", "search.html": "zhsearch/page.js"}),
    "zhindex": Project("index", RST, {"genindex.html": 'id="term.tong-chou-xie-tiao"'}, NO_SEARCH),
    "permalink": Project("", RST, {"index.html": 'id="jie"'}, NO_SEARCH),
    "booksite": Project("site", RST, {"_static/booksite/base.js": "", "index.html": "booksite/base.js"}, NO_SEARCH),
    "teaching": Project("teaching", FORM, {"index.html": "teaching/forms.js", "forms/biao.docx": ""}, NO_SEARCH),
    "zhprint": Project("print", TREE, {"handbook.pdf": "%PDF"}, FONTS, "typst", files={"a.rst": RST}),
    "zhword": Project("word", TREE, {"handbook.docx": "PK"}, "", "docx", files={"a.rst": RST}),
    "speeches": Project(
        "excerpts", EXCERPT, {"index.html": "speeches/speeches.css", "_static/speeches/speeches.css": "excerpt"},
        NO_SEARCH + UNACCEPTED, suffix=".md", extensions=("myst_parser",),
    ),
    "citable": Project(
        "excerpts", EXCERPT, {"citations.json": '"book"'}, NO_SEARCH + UNACCEPTED, suffix=".md",
        extensions=("myst_parser",), files=DRAFT,
    ),
    "handbook_citations": Project(
        "excerpts", "# 指引\n\n{handbook}`book`\n", {"index.html": "../../citable/html/index.html#book"},
        NO_SEARCH + 'handbook_site = "../citable/html"\n', suffix=".md", extensions=("myst_parser",),
    ),
}  # fmt: skip
"""Extension → a project that uses it. handbook_citations, the last, cites the site of citable."""

DRIVER = """
import json, os, sys
given = json.load(sys.stdin)
sys.path += given["base"]
import sphinx.cmd.build, sphinx.builders.html, sphinx.domains.cpp, sphinx.ext.intersphinx, sphinx.search
statuses = {}
for stage in given["stages"]:
    running = {}
    for job in stage:
        child = os.fork()
        if not child:
            sys.path += job["path"]
            log = os.open(job["log"], os.O_WRONLY | os.O_CREAT, 0o644)
            os.dup2(log, 1)
            os.dup2(log, 2)
            os._exit(sphinx.cmd.build.main(job["arguments"]))
        running[child] = job["name"]
        if len(running) > 1 or job is stage[-1]:
            while running:
                done, status = os.wait()
                statuses[running.pop(done)] = status
json.dump(statuses, sys.stdout)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from a copy, because setuptools leaves a folder behind."""
    work = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "LICENSE", "README.en.md"):
        copy(ROOT / name, work)
    copytree(ROOT / "_ext", work / "_ext", ignore=ignore_patterns("__pycache__", "*.egg-info"))
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-index", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "-w", str(work / "out"), str(work)], check=True)
    (made,) = (work / "out").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip has put it."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*command, "--no-compile", "--target", str(folder), str(wheel)], check=True)
    return folder


@cache
def brought(wheel: Path, extra: str) -> frozenset[str]:
    """Every package that ``pip install office-handbook[extra]`` brings."""
    found: set[str] = set()
    for line in about(wheel).get_all("Requires-Dist", []):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            found |= {canonicalize_name(wanted.name)} | needed_here(wanted.name, *wanted.extras)
    return frozenset(found)


def needed_here(name: str, *extras: str) -> set[str]:
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return set[str]().union(*(needed(name, extra, PLATFORMS["linux-x86_64"], python) for extra in (extras or ("",))))


def about(wheel: Path) -> Message:
    with ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def lend(names: Iterable[str], folder: Path) -> Path:
    """A folder that holds these installed packages, by links."""
    folder.mkdir()
    for name in names:
        found = metadata.distribution(name)
        for top in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (folder / top).exists():
                (folder / top).symlink_to(str(found.locate_file(top)))
    return folder


def written(root: Path, name: str, project: Project) -> Path:
    folder = root / name
    folder.mkdir()
    extensions = [*project.extensions, name]
    (folder / "conf.py").write_text(f"extensions = {extensions}\n{LANGUAGE}{project.conf}", encoding="utf-8")
    for file, text in {f"index{project.suffix}": project.page, **project.files}.items():
        (folder / file).write_text(text, encoding="utf-8")
    if "excerpt" in project.page:
        write_archive(folder / "source_speeches", {"lamp": "灯要点亮，油要看住。\n"})
    return folder


@pytest.fixture(scope="module")
def outcomes(
    wheel: Path, installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[int, str, Path]]:
    """Extension → exit status, what was said, and where the output is."""
    require((ROOT / ".fonts").is_dir(), "没有字体：请先运行 make fonts")
    root = tmp_path_factory.mktemp("foreign")
    base = brought(wheel, "")
    paths = {"": [str(lend(base, root / "base"))]}
    jobs = []
    for name, project in PROJECTS.items():
        folder, extra = written(root, name, project), project.extra
        if extra not in paths:
            paths[extra] = [str(lend(brought(wheel, extra) - base, root / f"extra-{extra}"))]
        arguments = ["-q", "-W", "--keep-going", "-b", project.builder, str(folder), str(folder / project.builder)]
        log = str(folder / "log.txt")
        jobs.append({"name": name, "path": paths[extra] if extra else [], "log": log, "arguments": arguments})
    given = {"base": [*paths[""], str(installed)], "stages": [jobs[:-1], jobs[-1:]]}
    command = [sys.executable, "-S", "-I", "-X", "utf8", "-c", DRIVER]  # -S: nothing of this environment
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = {name: (root / name / "log.txt").read_text(encoding="utf-8") for name in PROJECTS}
    return {name: (s, said[name], root / name / PROJECTS[name].builder) for name, s in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", PROJECTS)
def test_an_extension_works_alone(outcomes: dict[str, tuple[int, str, Path]], name: str) -> None:
    status, said, out = outcomes[name]
    assert (status, said) == (0, "")
    for made, holds in PROJECTS[name].made.items():
        assert holds.encode() in (out / made).read_bytes(), made


def test_an_extra_brings_what_its_extension_needs_and_little_else(wheel: Path) -> None:
    base = brought(wheel, "")
    assert base == {"sphinx", "docutils", "jinja2", "markupsafe"} | needed_here("sphinx"), (
        "Sphinx and nothing beside it"
    )
    assert brought(wheel, "search") - base == {"opencc", "pypinyin"}
    assert brought(wheel, "index") - base == {"pypinyin"}
    assert not brought(wheel, "excerpts") & {"typst", "furo", "numpy", "python-docx", "opencc"}
    every = brought(wheel, "handbook")
    assert all(
        brought(wheel, extra) <= every | {"numpy"}
        for extra in about(wheel).get_all("Provides-Extra", [])
        if extra != "dev"
    )


def test_every_package_is_typed_and_brings_what_it_shows(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    files = {p.relative_to(ROOT / "_ext").as_posix() for p in (ROOT / "_ext").glob("*/**/*") if p.is_file()}
    files = {name for name in files if "__pycache__" not in name and ".egg-info" not in name}
    assert files <= names, sorted(files - names)
    packages = {name.split("/")[0] for name in names if name.endswith("/__init__.py")}
    assert {f"{package}/py.typed" for package in packages} <= names
    assert not [n for n in names if n.split("/")[0] not in packages and ".dist-info/" not in n], (
        "nothing beside packages"
    )


def test_the_metadata_say_what_it_is_and_name_no_machine(wheel: Path) -> None:
    told = about(wheel)
    assert told["License-Expression"] == "MIT" and told["Description-Content-Type"] == "text/markdown"
    assert "Framework :: Sphinx :: Extension" in told.get_all("Classifier", [])
    text = told.get_payload(decode=True).decode("utf-8")
    assert "zhsearch" in text
    assert not re.findall(r"file:///|/home/|/root/|/work/|localhost|/simple\b", f"{told}{text}"), (
        "no machine, no registry"
    )
