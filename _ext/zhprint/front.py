"""Cover, title page, imprint and back cover: from conf.py alone, and nothing that is not known."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment

from zh.numerals import to_chinese

from .book import Book
from .config import PrintConfig
from .escape import array, string
from .writer import WriterBase

_ONE_LINE = 12
"""Characters of a title that stand on one line of a cover."""
_PERMIT = "准印证号："
_BREAKS = "的》”、和与及"
"""After these a longer one is broken, when they stand near its middle."""


def document_title(book: Book, env: BuildEnvironment, config: PrintConfig) -> str:
    """What the PDF is called: the book, or the chapter that a handout is of."""
    return f"{chapter_title(book, env)}（{config.title}{handout_label(config)}）" if config.chapter else config.title


def chapter_title(book: Book, env: BuildEnvironment) -> str:
    """第四章　作风."""
    part = book.parts[0]
    number = f"第{to_chinese(part.number)}章　" if part.number else ""
    return number + env.titles[part.docname].astext()


def handout_label(config: PrintConfig) -> str:
    """讲义, and whom it is for."""
    return f"{config.handout_label}（{'讲课用' if config.handout_for == 'trainer' else '学员用'}）"


def front(writer: WriterBase, config: PrintConfig) -> list[str]:
    """What stands before 目录; of a handout the cover alone."""
    values = _values(config)
    lines = title_lines(chapter_title(writer.book, writer.env) if config.chapter else config.title, config.cover_title)
    rows = imprint_rows(config)
    for text in (
        config.title,
        *lines,
        *values.values(),
        config.remark,
        _PERMIT,
        *[part for row in rows for part in row],
        "目录·附录续",
    ):
        for face in ("body", "hei", "song", "title"):
            writer.note_ink(text, face)
    shown = array([string(line) for line in lines])
    out = [f"#cover({_design(config)}, lines: {shown}, {_told(values)}, permit: {_permit(config)})"]
    if config.chapter:
        return out
    office = any((config.unit, config.audience, config.printer, config.permit, config.notice))
    # What an office still has to fill in is left open; a book of nobody's has no use for blanks.
    pairs = array([f"({string(name)}, {string(value)})" for name, value in rows if value or office])
    own = ", ".join(f"{key}: {string(values[key])}" for key in ("unit", "edition", "date"))
    return [
        *out,
        '#pagebreak(weak: true, to: "odd")',
        f"#title-page(lines: {shown}, subtitle: {string(config.subtitle)}, {own})",
        f"#imprint(rows: {pairs}, notice: {string(config.notice)}, remark: {string(config.remark)})",
    ]


def _values(config: PrintConfig) -> dict[str, str]:
    """What a cover says beside its title."""
    return {
        "over": f"《{config.title}》" if config.chapter else "",
        "label": handout_label(config) if config.chapter else config.subtitle,
        "unit": config.unit,
        "date": config.date,
        "edition": config.edition,
        "notice": config.notice,
    }


def back(config: PrintConfig) -> str:
    """The outside of the last leaf."""
    told = _told({"unit": config.unit, "notice": config.notice})
    return f"#back-cover({_design(config)}, {told}, permit: {_permit(config)})\n"


def wrap(config: PrintConfig, pages: int) -> str:
    """A cover in one sheet for the printing house: back, spine and front of a book of so many pages."""
    shown = array([string(line) for line in title_lines(config.title, config.cover_title)])
    return (
        f"#wrap({_design(config)}, lines: {shown}, {_told(_values(config))}, permit: {_permit(config)}, "
        f"title: {string(config.title)}, spine: {spine(pages, config.leaf_thickness):.2f}mm)\n"
    )


def spine(pages: int, leaf: int) -> float:
    """Millimetres that the leaves of a book are thick together; ``leaf``: micrometres of one."""
    return -(-pages // 2) * leaf / 1000


def title_lines(title: str, given: list[str]) -> list[str]:
    """A title in the lines of a cover: those that are given, one, or two about equal ones."""
    if given or len(title) <= _ONE_LINE:
        return given or [title]
    middle = len(title) // 2
    near = sorted(
        (at for at in range(middle - 3, middle + 4) if title[at - 1] in _BREAKS), key=lambda at: abs(at - middle)
    )
    at = near[0] if near else middle
    return [title[:at], title[at:]]


def imprint_rows(config: PrintConfig) -> list[tuple[str, str]]:
    """What the imprint says, by name; what is not known is empty."""
    return [
        ("书名", config.title),
        ("版次", config.edition),
        ("版本日期", config.date),
        ("编印单位", config.unit),
        ("发送对象", config.audience),
        ("印刷单位", config.printer),
        ("印刷日期", config.print_date),
        ("印数", config.print_run),
        ("准印证号", config.permit),
        *([("核验码", config.stamp)] if config.stamp else []),
    ]


def permit_line(config: PrintConfig) -> str:
    """准印证号, where there is one."""
    return f"{_PERMIT}{config.permit}" if config.permit else ""


def _permit(config: PrintConfig) -> str:
    """The same as Typst, with a rule to write on where a number is awaited."""
    return f"[{_PERMIT}#blank]" if config.permit_blank and not config.permit else string(permit_line(config))


def _told(values: dict[str, str]) -> str:
    return ", ".join(f"{key}: {string(value)}" for key, value in values.items())


def _design(config: PrintConfig) -> str:
    return f"design: {string(config.cover)}, colour: rgb({string(config.cover_colour)})"
