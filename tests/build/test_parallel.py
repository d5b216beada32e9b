"""One process or four: the same domain data, the same report, the same pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from book import Book, MakeBook, pages

CHAPTERS = 12


@pytest.fixture
def long_book(make_book: MakeBook) -> Book:
    """A book of many chapters, so that reading is shared out; each notes which process read it."""
    files: dict[str, str | bytes] = {}
    for number in range(CHAPTERS):
        files[f"chapters/part{number:02}.md"] = (
            f"# 第{number}节\n\n:::{{excerpt}} lamp p7.s1\n:name: part{number}\n"
            "交班的人把油壶、剪刀、记事本逐件点清，接班的人当面签字。\n:::\n\n"
            f"又说{{quote}}`绳索每月换一次 <river>`，见{{excerpt}}`part{(number + 5) % CHAPTERS}`。\n"
        )
    book = make_book(files, accept=False)
    listed = "\n".join(f"chapters/part{number:02}" for number in range(CHAPTERS))
    book.edit("index.md", "chapters/two\n", f"chapters/two\n{listed}\n")
    book.write(
        "conf.py",
        book.path("conf.py").read_text(encoding="utf-8") + "\nimport os\nfrom pathlib import Path\n\ndef setup(app):\n"
        "    seen = Path(__file__).parent / 'seen'\n    seen.mkdir(exist_ok=True)\n"
        "    note = lambda app, docname, source: (seen / str(os.getpid())).touch()\n"
        "    app.connect('source-read', note)\n"
        "    return {'parallel_read_safe': True, 'parallel_write_safe': True}\n",
    )
    return book.accepted()


def processes(book: Book) -> set[str]:
    """The processes that read documents since the last call."""
    found = {path.name for path in book.path("seen").iterdir()}
    for name in found:
        (book.path("seen") / name).unlink()
    return found


def test_four_processes_give_what_one_gives(long_book: Book) -> None:
    processes(long_book)
    one = long_book.build(fresh=True, parallel=1, out="one")
    assert len(processes(long_book)) == 1
    four = long_book.build(fresh=True, parallel=4, out="four")
    assert len(processes(long_book)) > 1, "nothing was shared out"
    assert one.domain.data == four.domain.data
    assert one.checked.reviewed == four.checked.reviewed
    assert one.checked.numbers == four.checked.numbers
    assert list(one.domain.get_objects()) == list(four.domain.get_objects())
    assert pages(one.app.outdir) == pages(four.app.outdir)


def test_four_processes_write_the_same_report(long_book: Book) -> None:
    long_book.edit("chapters/part07.md", "逐件点清", "逐件数清")
    reports = []
    for parallel in (1, 4):
        out: Path = long_book.build("verify", warns=True, fresh=True, parallel=parallel, out=f"v{parallel}").app.outdir
        reports.append((out / "report.json").read_bytes() + (out / "report.txt").read_bytes())
    assert reports[0] == reports[1]


def test_warnings_come_in_the_same_order(long_book: Book) -> None:
    for number in (2, 9, 11):
        long_book.edit(f"chapters/part{number:02}.md", "逐件点清", "逐件数清")
    told = [long_book.build(warns=True, fresh=True, parallel=parallel).warnings for parallel in (1, 4)]
    assert told[0] == told[1]
    assert len([line for line in told[0].split("\n") if "[speech.altered]" in line]) == 3
