"""Another office's handbook: begun in an empty folder, green at once, emptied of its example, filled from a Word file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document

from handbook import main
from support import ROOT, need, require
from zhprint.fetch import lacking
from zhprint.reading import read_pdf

CHAPTERS = ("接访", "督办", "值守")
OURS = re.compile(
    "定位|素质|能力|作风|保障|dingwei|suzhi|nengli|zuofeng|baozhang|county-office|district-office|city-gov"
)
TOPICS = (
    ("登记来访", "来访登记簿", "接访", "姓名、事由和联系办法", "窗口"),
    ("答复群众", "答复意见书", "接访", "依据、结论和救济途径", "接待室"),
    ("约见领导", "约见安排表", "接访", "时间、地点和陪同人员", "会客室"),
    ("交办任务", "交办通知单", "督办", "事项、时限和责任人", "案头"),
    ("催办事项", "催办记录", "督办", "进度、障碍和下一步", "台账"),
    ("销号核验", "销号清单", "督办", "结果、佐证和经办人", "档案柜"),
    ("夜间值班", "值班日志", "值守", "来电、来人和处置情况", "值班室"),
    ("接听急电", "急电记录纸", "值守", "来电单位、内容和时刻", "电话旁"),
    ("交接班次", "交接班簿", "值守", "未了的事、钥匙和车辆", "门厅"),
    ("收发文件", "收文登记本", "机要", "文号、密级和份数", "收发室"),
    ("管好印章", "用印登记册", "机要", "批准人、份数和用途", "保险柜"),
    ("整理档案", "归档目录", "机要", "年度、件数和保管期限", "库房"),
)


@dataclass
class Office:
    """A book, and the commands that were typed in it."""

    root: Path
    typed: list[str] = field(default_factory=list)

    def run(self, name: str, *arguments: str) -> int:
        self.typed.append(name)
        return main([name, *arguments, "--root", str(self.root)])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    require(not lacking(ROOT / ".fonts"), "没有字体：请先运行 handbook fonts")
    root = tmp_path_factory.mktemp("office") / "信访 手册"
    root.mkdir()
    assert (
        main(["new", str(root), "--title", "信访工作手册", "--unit", "某某镇", "--chapters", "、".join(CHAPTERS)]) == 0
    )
    (root / ".fonts").symlink_to(ROOT / ".fonts")
    return Office(root)


def test_no_file_of_it_names_this_machine_or_our_book(office: Office) -> None:
    for path in office.root.rglob("*"):
        if path.is_file() and ".fonts" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text and str(office.root) not in text, path
            assert not OURS.search(text), path


def test_nothing_in_the_program_knows_our_chapters() -> None:
    """But for examples in help and comments, which name a chapter to show how one is written."""
    for path in sorted((ROOT / "_ext").rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code = line.partition("#")[0]
            if re.search(
                r"""["'](?:chapters/)?(?:dingwei|suzhi|nengli|zuofeng|baozhang|定位|素质|能力|作风|保障)["']""", code
            ):
                assert "from =" in code or "replaced" in code or "id =" in code or "{quote}" in code, f"{path}: {line}"


def test_it_is_built_printed_and_checked_at_once(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("build") == 0
    told = capsys.readouterr()
    assert "未通过 0 条，其他问题 0 项" in told.out and "网站不受影响" not in told.err and "怎么办" not in told.err
    page = (office.root / "_build/html/index.html").read_text(encoding="utf-8")
    assert "信访工作手册" in page and "booksite/handbook.css" in page
    text = "".join(p.text for p in read_pdf(office.root / "_build/pdf/handbook.pdf").pages)
    assert all(f"第{number}章" in text and name in text for number, name in zip("一二三", CHAPTERS, strict=True))
    assert office.run("check") == 0


@pytest.mark.this_book
def test_it_has_the_extensions_of_this_book(office: Office) -> None:
    """One that is added here and not to the pattern would leave another office without a command."""
    wanted, given = (
        re.findall(
            r'^    "(\w+)",$', (root / "conf.py").read_text(encoding="utf-8").partition("root_doc")[0], re.MULTILINE
        )
        for root in (ROOT, office.root)
    )
    assert given == wanted and len(given) > 5


@pytest.mark.this_book
def test_what_every_office_changes_stands_at_the_head(office: Office) -> None:
    heads = []
    for root in (ROOT, office.root):
        source = (root / "conf.py").read_text(encoding="utf-8")
        head = source.partition("# ── 每个单位自己改的，都在这一段 ──\n")[2].partition("\n# ── ")[0]
        heads.append(re.findall(r"^(\w+) = ", head, re.MULTILINE))
        rest = source.partition(head)[2]
        again = re.findall(rf"^(?:zhprint_|booksite_)?(?:{'|'.join(heads[0])}) = (.*)$", rest, re.MULTILINE)
        assert set(again) <= set(heads[0]), again  # taken from the head, given nowhere else
    assert heads[0] == heads[1] and {"project", "release", "unit", "stage"} <= set(heads[0])


def test_the_empty_folder_that_one_stands_in_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not replaced by another of its name: the terminal would stand in a folder that is gone."""
    folder = tmp_path / "值班手册"
    folder.mkdir()
    before = folder.stat().st_ino
    monkeypatch.chdir(folder)
    assert main(["new"]) == 0
    assert "《值班手册》" in capsys.readouterr().out
    assert folder.stat().st_ino == before and (Path.cwd() / "conf.py").is_file()
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_with_something_in_it_is_left_alone(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in office.root.glob("*")}
    assert main(["new", str(office.root)]) == 2
    assert "已经有东西" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in office.root.glob("*")} == before


@pytest.mark.parametrize("options", [("--title", '手"册'), ("--chapters", "、"), ("--unit", "某\x1b镇")])
def test_what_cannot_be_written_into_a_file_begins_nothing(
    tmp_path: Path, options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "book"), *options]) == 2
    assert "错误：" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_from_a_word_file_to_a_printed_excerpt(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example goes, a speech of 3,000 characters comes: six commands, no record written by hand."""
    assert main(["new", "--drop-example", str(office.root)]) == 0
    assert not list((office.root / "source_speeches").iterdir())
    assert main(["check", "--root", str(office.root)]) == 0, capsys.readouterr().err
    capsys.readouterr()

    office.typed.clear()
    assert office.run("add", str(word_file(tmp_path / "讲话稿.docx"))) == 0
    capsys.readouterr()
    assert office.run("suggest", CHAPTERS[0], "--most", "3") == 0
    ready = re.findall(r"^:::\{excerpt\} .*?^:::$", capsys.readouterr().out, re.MULTILINE | re.DOTALL)
    assert main(["suggest", CHAPTERS[0], "--most", "3", "--json", "--root", str(office.root)]) == 0
    for item, excerpt in zip(json.loads(capsys.readouterr().out), ready, strict=True):
        assert (
            excerpt.split("\n")[0] == f":::{{excerpt}} {item['speech']} {item['locator']}" and item["text"] in excerpt
        )
    for page, excerpt in zip(pages(office), ready, strict=True):
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n讲话对这件事有具体的要求：\n\n{excerpt}\n", encoding="utf-8")
    assert office.run("accept", "--all", "--by", "王主任") == 0, capsys.readouterr().err
    assert office.run("check") == 0, capsys.readouterr().err
    assert "摘录 3" in capsys.readouterr().out
    assert office.run("pdf") == 0
    assert len(office.typed) <= 6
    text = "".join(p.text for p in read_pdf(office.root / "_build/pdf/handbook.pdf").pages)
    for excerpt in ready:
        assert re.sub(r"\s", "", "".join(excerpt.split("\n")[1:-1])) in re.sub(r"\s", "", text)
    assert office.run("word") == 0 and len(office.typed) == 6


def test_a_commit_with_a_wrong_quotation_is_refused(office: Office, tmp_path: Path) -> None:
    """By the three lines that the guide gives for .git/hooks/pre-commit."""
    guide = (ROOT / "_ext/handbook/data/guide/guide.md").read_text(encoding="utf-8")
    root = tmp_path / "book"
    shutil.copytree(office.root, root, ignore=shutil.ignore_patterns("_build", ".fonts"))
    folders = (Path(sys.executable).parent, Path(need("git")).parent, Path("/bin"))
    environment = {**os.environ, "PATH": os.pathsep.join(map(str, folders))}

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.name=王主任", "-c", "user.email=wang@example.org", *arguments]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)

    assert git("init", "-q").returncode == 0
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(re.findall(r"```\n(#!/bin/sh\n.*?)```", guide, re.DOTALL)[0], encoding="utf-8")
    hook.chmod(0o755)
    git("add", "-A")
    assert git("commit", "-qm", "begun").returncode == 0
    page = next(page for page in pages(Office(root)) if ":::{excerpt}" in page.read_text(encoding="utf-8"))
    before = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"(:::\{excerpt\}[^。]*?)。", r"\1吗。", before, count=1), encoding="utf-8")
    refused = git("commit", "-qam", "wrong")
    assert refused.returncode != 0 and "引文与存档文本不符" in refused.stderr, refused.stderr
    assert git("log", "--oneline").stdout.count("\n") == 1


def pages(office: Office) -> list[Path]:
    """The chapters in the book's order."""
    index = (office.root / "index.md").read_text(encoding="utf-8")
    return [office.root / f"{name}.md" for name in re.findall("^chapters/.*$", index, re.MULTILINE)]


def word_file(path: Path) -> Path:
    """A speech of 3,000 characters or more, as an office writes it."""
    lines = ["在全镇信访工作会议上的讲话", "同志们：", "今天开这个会，专门把手上的工作理一理。下面讲几条具体要求。"]
    for number, (head, book, chapter, items, place) in enumerate(TOPICS):
        lines.append(f"{'一二三四五六七八九十'[number] if number < 10 else '十' + '一二'[number - 10]}、{head}要细")
        lines.append(
            f"{chapter}的工作从{head}开始，{book}就是凭据。{book}上要写清{items}，三样齐全才算办完。"
            f"{place}里人来人往，{book}用过以后当场放回原处，第二天一早由{place}的负责同志翻看一遍。"
            f"{head}这件事看着简单，功夫在平时；{items}哪怕写得潦草，过后再问就要多跑几趟。"
        )
        lines.append(
            f"去年我到{place}坐过半天，{head}前后用了一刻钟，{book}翻开就能看明白。"
            f"今年各单位都要照这个样子做，{chapter}的同志每月把{book}送来看一次，看完签上名字和日期。"
            f"{place}的桌椅、灯光、电话也要收拾整齐，让来的人坐得下、说得清、办得成。"
        )
    lines += ["要求就讲这些，会后各单位抓紧落实。", "2026年3月5日"]
    assert sum(map(len, lines)) >= 3000
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path
