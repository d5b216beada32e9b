"""The public edition of the real handbook: excerpts and citations, and no other sentence of an internal speech."""

from __future__ import annotations

import html
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from speeches.core.review.lockfile import read_lock
from speeches.core.source.archive import Archive
from speeches.core.source.folding import fold
from speeches.core.source.speech import RestrictionKind
from starting import built
from support import ROOT

pytestmark = pytest.mark.this_book


@pytest.fixture(scope="module")
def archive(real_archive: Archive) -> Archive:
    """Of this very book: its own speeches, not the specimens."""
    return real_archive


_BOOK = ("chapters", "source_speeches")
_FILES = ("conf.py", "index.md", "excerpts.lock", "published-ids.txt", "moved-ids.toml", "terms.txt", "synonyms.txt")
_LEAST = 10  # characters: shorter sentences are headings and greetings that any text may hold

_PIECE = 16  # letters: prose may have fewer in common with a speech


def _build(root: Path, out: Path, builder: str, edition: str) -> str:
    return built(root, out, out.parent / "read-doctrees", {"edition": edition}, builder)[1]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both editions as HTML with their reports: name → output folder."""
    root = tmp_path_factory.mktemp("book")
    for name in _BOOK:
        shutil.copytree(ROOT / name, root / name)
    for name in _FILES:
        shutil.copy(ROOT / name, root / name)
    outs = {}
    for edition in ("internal", "public"):
        outs[edition] = root / "_build" / edition
        for builder in ("html", "verify"):
            assert _build(root, outs[edition] / builder, builder, edition) == ""
    return outs


@cache
def _texts(folder: Path) -> list[tuple[Path, str]]:
    """Every file that is handed out, as folded text: with and without its tags, \\u escapes and inventory unpacked."""
    texts = []
    for path in folder.rglob("*"):
        if not path.is_file() or any(part.endswith("-doctrees") for part in path.parts):
            continue
        data = path.read_bytes()
        if path.name == "objects.inv":
            data = zlib.decompress(data.split(b"\n", 4)[4])
        text = data.decode("utf-8", "ignore")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), text)
        texts.append((path, fold(re.sub(r"<[^>]*>", "", html.unescape(text))).text + "\n" + fold(text).text))
    return texts


def _is_printed(sentence: str, printed: str) -> bool:
    return sentence in printed


def test_no_unquoted_sentence_is_anywhere(editions: dict[str, Path], archive: Archive) -> None:
    lock = read_lock(ROOT / "excerpts.lock")
    printed = fold("\n".join(entry.text for entry in lock.quotations.values())).text
    titles = {fold(speech.title).text for speech in archive}
    secret = {
        folded
        for speech in archive
        for paragraph in speech.outline.paragraphs
        for sentence in paragraph.sentences
        if len(folded := fold(speech.text[sentence.start : sentence.end]).text) >= _LEAST
        and not _is_printed(folded, printed)
        and folded not in titles
    }
    assert len(secret) > 100, "most sentences of the speeches are not quoted"
    leaks = [(path.name, s) for path, text in _texts(editions["public"]) for s in secret if s in text]
    assert leaks == []


def _letters(text: str) -> str:
    return "".join(c for c in fold(text).text if c.isalnum())


def _runs(folder: Path) -> Iterator[tuple[str, str]]:
    """File and letters of every run of text that is handed out: of a block of a page, of a string of a script."""
    for path in folder.rglob("*"):
        if path.suffix == ".html":
            text = re.sub(r"</?(?:a|b|em|i|mark|span|strong)\b[^>]*>", "", path.read_text(encoding="utf-8"))
            parts = re.split(r"<[^>]*>", text)
        elif path.suffix in (".js", ".json"):
            text = path.read_text(encoding="utf-8")
            parts = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), text).split('"')
        else:
            continue
        yield from ((path.name, _letters(html.unescape(part))) for part in parts)


def test_no_piece_of_an_unquoted_sentence_is_anywhere(editions: dict[str, Path], archive: Archive) -> None:
    """Not sixteen letters on end of a speech, unless a quotation or a title has them."""
    lock = read_lock(ROOT / "excerpts.lock")
    printed = "\n".join([*(_letters(e.text) for e in lock.quotations.values()), *(_letters(s.title) for s in archive)])
    secret = set()
    for speech in archive:
        words = _letters(speech.text)
        pieces = {words[at : at + _PIECE] for at in range(len(words) - _PIECE + 1)}
        secret |= {piece for piece in pieces if piece not in printed}
    assert len(secret) > 5000
    leaks = [
        (name, run[at : at + _PIECE])
        for name, run in _runs(editions["public"])
        for at in range(len(run) - _PIECE + 1)
        if run[at : at + _PIECE] in secret
    ]
    assert leaks == []


def test_nothing_withheld_is_in_either_edition(editions: dict[str, Path], archive: Archive) -> None:
    withheld = {
        fold(speech.text[r.span.start : r.span.end]).text
        for speech in archive
        for r in speech.restrictions
        if r.kind is RestrictionKind.WITHHOLD
    }
    assert withheld
    for edition, folder in editions.items():
        leaks = [(edition, path.name, s) for path, text in _texts(folder) for s in withheld if len(s) > 3 and s in text]
        assert leaks == []


def test_public_has_no_speech_page_and_no_source(editions: dict[str, Path]) -> None:
    public = editions["public"] / "html"
    assert not (public / "source_speeches").exists()
    assert not list((public / "_sources").glob("**/*")), "the received files hold what must be withheld"
    assert (editions["internal"] / "html/source_speeches/county-office-system.html").is_file()
    chapter = (public / "chapters/zuofeng.html").read_text(encoding="utf-8")
    assert "《在市政府办公室职工会议上的讲话》" in chapter
    assert "source_speeches/" not in chapter


def test_the_public_report_is_redacted(editions: dict[str, Path]) -> None:
    report = json.loads((editions["public"] / "verify/report.json").read_text(encoding="utf-8"))
    assert report["summary"]["ok"]
    for item in report["excerpts"]:
        assert item["nearest"] is None
        assert item["omitted"] == []
        assert item["found"]["text"] == item["quoted"]
    internal = json.loads((editions["internal"] / "verify/report.json").read_text(encoding="utf-8"))
    assert any(item["omitted"] for item in internal["excerpts"])


def test_every_page_says_what_it_is(editions: dict[str, Path]) -> None:
    for path in (editions["internal"] / "html").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "内部资料，免费交流" in page, path
        assert '<meta name="description" content="' in page, path
        assert 'lang="zh-CN"' in page, path
