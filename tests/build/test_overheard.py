"""What Sphinx, docutils and MyST tell beside the check: words that vanish from a page fail it, the second time as well."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from book import Book, copy_root

# MyST's resolver of links is asked for its application, which Sphinx 11 will not have.
pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs.MystReferenceResolver.app'")
TWO = "chapters/two.md"
LAST = 9
"""The line of what is lost on its page."""
LOST = {
    "raw markup": ("```{raw} html\n<b>字</b>\n```", "没有印出来"),
    "a file that is not there": ("```{include} nothing.md\n```", "要插入的文件 nothing.md"),
    "an unknown directive": ("```{remark}\n字。\n```", "没有“{remark}”这种写法"),
    "an unknown role": ("字{remark}`字`。", "没有“{remark}”这种写法"),
    "a reference to nothing": ("见{ref}`nowhere`。", "要参见的“nowhere”"),
    "a link to a page that is not there": ("见[字](missing.md)。", "要参见的“missing.md”"),
    "a directive that falls over its words": ("```{productionlist} 甲\n```", "这样写读不懂"),
    "an expression": ("{{ 甲 + 1 }}", "不是一个名字"),
    "a picture of nothing": ("![字](missing.png)", "missing.png"),
    "a footnote without a note": ("字[^nothing]。", "脚注没有写内容"),
}


@dataclass(frozen=True)
class Told:
    """What a check said: exit status, messages, findings of the report."""

    status: int
    err: str
    findings: list[Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Each way as a page of its own: checked, checked again with nothing changed, and when all are mended."""
    book = copy_root("book", tmp_path_factory.mktemp("overheard") / "book").accepted()
    for number, (words, _) in enumerate(LOST.values()):
        book.write(f"chapters/w{number}.md", f"---\norphan: true\n---\n\n# 页\n\n甲。\n\n{words}\n")
    out = []
    for mended in (False, False, True):
        if mended:
            for number in range(len(LOST)):
                book.write(f"chapters/w{number}.md", "---\norphan: true\n---\n\n# 页\n")
        with redirect_stderr(StringIO()) as err:
            status = book.handbook("check")
        report = json.loads(book.path("_build/verify/report.json").read_text(encoding="utf-8"))
        out.append(Told(status, err.getvalue(), report["findings"]))
    return out


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("time", [0, 1], ids=["first", "again"])
def test_words_that_vanish_are_told_once_at_their_line(told: list[Told], name: str, time: int) -> None:
    where, says = f"chapters/w{list(LOST).index(name)}.md", LOST[name][1]
    messages = re.findall(rf"^{where}.*", told[time].err, re.MULTILINE)
    assert len(messages) == 1 and messages[0].startswith(f"{where}:{LAST}: ") and says in messages[0]
    assert any(f["path"] == where and f["line"] == LAST and says in f["message"] for f in told[time].findings)


def test_the_check_fails_until_they_are_mended(told: list[Told]) -> None:
    assert [one.status for one in told] == [1, 1, 0]
    assert not re.search(r"/tmp|Traceback|WARNING", told[0].err)


def test_processes_that_read_pages_are_heard_too(book: Book) -> None:
    for number in range(8):
        book.write(f"chapters/w{number}.md", "---\norphan: true\n---\n\n# 页\n\n```{raw} html\n字\n```\n")
    assert book.build("verify", warns=True, parallel=2).app.statuscode == 1
    assert book.build("verify", warns=True, parallel=2).app.statuscode == 1


def test_a_warning_that_conf_py_silences_fails_it_too(book: Book) -> None:
    conf = book.path("conf.py").read_text(encoding="utf-8")
    book.write("conf.py", f'{conf}\nsuppress_warnings = ["manuscript", "myst", "docutils"]\n')
    book.write(TWO, book.path(TWO).read_text(encoding="utf-8") + "\n```{raw} html\n<b>字</b>\n```\n")
    assert book.handbook("check") == 1


def test_another_page_that_brings_what_was_missing_ends_it(book: Book) -> None:
    book.write(TWO, book.path(TWO).read_text(encoding="utf-8") + "\n见{ref}`字 <place>`。\n")
    assert book.handbook("check") == 1
    one = book.path("chapters/one.md").read_text(encoding="utf-8")
    book.write("chapters/one.md", f"{one}\n(place)=\n\n## 地方\n")
    assert book.handbook("check") == 0


def test_a_build_that_was_killed_is_not_believed(book: Book) -> None:
    """Between Sphinx's own saving of what it read and the end of the build nothing was told yet."""
    book.write(TWO, book.path(TWO).read_text(encoding="utf-8") + "\n见{ref}`nowhere`。\n")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.build("verify", warns=True, handlers={"write-started": killed})
    assert book.handbook("check") == 1


def test_every_build_says_it_in_chinese(book: Book) -> None:
    """`handbook serve` runs Sphinx itself."""
    book.write(TWO, book.path(TWO).read_text(encoding="utf-8") + "\n见{ref}`nowhere`。\n")
    told = book.build(warns=True).warnings
    assert f"{TWO}:9: WARNING: 要参见的“nowhere”，书里没有。" in told and "[ref.ref]" in told


def test_report_txt_tells_one_cause_once(book: Book) -> None:
    book.edit("source_speeches/lamp.txt", "交班的人", "交班人员")
    book.repin("lamp")
    book.build("verify", warns=True)
    text = book.path("_build/verify/report.txt").read_text(encoding="utf-8")
    assert text.count("存档文本在认可之后换过") == 1 and "由此引起的 3 条" in text
