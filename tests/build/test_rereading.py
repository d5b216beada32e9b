"""Which documents are read again: the citers of what changed, and the page of the speech itself; nothing else."""

from __future__ import annotations

from book import Book

LAMP = ("chapters/one", "source_speeches/lamp")
RIVER = ("chapters/one", "chapters/two", "source_speeches/river")


def test_edited_speech_with_record_rereads_its_citers_and_itself(book: Book) -> None:
    book.build()
    book.edit("source_speeches/lamp.txt", "守灯不能图省事", "守灯万万不能图省事")
    book.repin("lamp")
    built = book.build(warns=True)
    assert built.read == LAMP
    (stale,) = built.warned("stale")
    assert "source_speeches/lamp.txt" in stale and "由此引起的 3 条" in stale, (
        "every quotation of it is to be looked at again"
    )


def test_speech_named_by_a_role_alone_is_cited_too(book: Book) -> None:
    book.build()
    book.edit("source_speeches/river.txt", "绳索每月换一次", "绳索每季换一次")
    book.repin("river")
    assert book.build(warns=True).read == RIVER


def test_edited_speech_without_record_fails_and_rereads_its_citers(book: Book) -> None:
    book.build()
    book.edit("source_speeches/lamp.txt", "守灯不能图省事", "守灯万万不能图省事")
    built = book.build(warns=True)
    assert built.read == ("chapters/one",), "the page of a speech that cannot be used is left out"
    (fault,) = built.warned("archive")
    assert "source_speeches/lamp.toml:1: WARNING: [sha256] " in fault
    assert "由此引起的 3 条" in fault and not built.warned("source"), "one cause, one message"
    assert built.page("chapters/two").select_one("blockquote.excerpt") is not None


def test_speech_made_good_again_is_read_again(book: Book) -> None:
    clean = book.build()
    text = book.path("source_speeches/lamp.txt").read_bytes()
    book.write("source_speeches/lamp.txt", text + b"x")
    book.build(warns=True)
    book.write("source_speeches/lamp.txt", text)
    built = book.build()
    assert built.read == tuple(sorted((*LAMP, "index")))  # its table of contents named what was not there
    assert built.page("source_speeches/lamp") == clean.page("source_speeches/lamp")


def test_edited_record_rereads_its_citers_and_itself(book: Book) -> None:
    book.build()
    book.edit("source_speeches/lamp.toml", "在灯塔站年会上的讲话", "灯塔站年会讲话")
    built = book.build(warns=True)
    assert built.read == LAMP
    (stale,) = built.warned("stale")
    assert "题名“在灯塔站年会上的讲话”→“灯塔站年会讲话”" in stale
    assert "《灯塔站年会讲话》" in built.page("chapters/one").get_text()


def test_edited_chapter_is_read_alone(book: Book) -> None:
    book.build()
    book.edit("chapters/two.md", "船上的规矩见", "船上的规矩参见")
    assert book.build().read == ("chapters/two",)


def test_new_speech_rereads_who_named_it_in_vain(book: Book) -> None:
    book.edit("chapters/two.md", "船上的规矩见", "船上的规矩见{speech}`orchard`和")
    first = book.build(warns=True)
    (warning,) = first.warned("reference")
    assert "没有编号为“orchard”的讲话" in warning
    book.speech("orchard", "果园里的讲话\n果树要在入冬之前剪枝。\n")
    book.edit("index.md", "source_speeches/river", "source_speeches/river\nsource_speeches/orchard")
    built = book.build()
    assert built.read == ("chapters/two", "index", "source_speeches/orchard")


def test_configuration_of_the_archive_rereads_everything(book: Book) -> None:
    book.build()
    assert len(book.build(speeches_archive="source_speeches").read) == 0
    book.path("source_speeches").rename(book.path("talks"))
    book.edit("index.md", "source_speeches/lamp\nsource_speeches/river", "talks/lamp\ntalks/river")
    book.edit("conf.py", "source_speeches/*.txt", "talks/*.txt")
    built = book.build(speeches_archive="talks")
    assert len(built.read) == 6
    assert "talks/lamp.html#lamp.p4" in str(built.page("chapters/one"))
