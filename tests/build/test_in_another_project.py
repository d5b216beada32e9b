"""``speeches`` in a project that is not arranged for it: another primary domain, other texts beside the archive, any theme."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from starting import built
from support import write_archive

CHAPTER = """# 点灯

```{excerpt} lamp p1
```

见{excerpt}`q.lamp.p1`，{quote}`要点亮 <lamp>`，{saying}`灯不点不亮`。

```{speech-pages}
```
"""


def test_excerpts_need_no_setting(tmp_path: Path) -> None:
    write_archive(tmp_path / "source_speeches", {"lamp": "灯要点亮，油要看住。\n"})
    (tmp_path / "index.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "gbk.txt").write_bytes("随手记的".encode("gbk"))
    (tmp_path / "source_speeches" / "received").mkdir()
    (tmp_path / "source_speeches" / "received" / "lamp.txt").write_text("收到的样子\n", encoding="utf-8")
    (tmp_path / "conf.py").touch()
    values = {"extensions": ["myst_parser", "speeches"], "html_search_language": "en"}
    for _ in range(2):
        app, warnings = built(tmp_path, tmp_path / "_build" / "html", tmp_path / "_build" / "doctrees", values)
        assert warnings.count("WARNING") == warnings.count("[speech.new]") == 2, (
            "only that nobody has accepted them yet"
        )
    assert app.env.found_docs == {"index", "source_speeches/lamp"}
    page = BeautifulSoup((tmp_path / "_build/html/index.html").read_text(encoding="utf-8"), "lxml")
    assert [quote.get_text() for quote in page.select("blockquote.excerpt .excerpt-text")] == ["灯要点亮，油要看住。"]
    assert page.select('a[href="#q.lamp.p1"]') and page.select('link[href^="_static/speeches/speeches.css"]')
    assert (tmp_path / "_build/html/_static/speeches/speeches.css").is_file()
