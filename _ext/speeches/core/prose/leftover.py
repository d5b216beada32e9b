"""Left-over markup: a directive, role, fence, option, substitution or locator that reaches the reader as text.

What was mistyped is read by nobody, so that the words in it are verified by nobody. Each is told with the line as it
should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..review.advice import flat
from ..review.review import Finding, Subtype
from .reading import OWN_WORDS, Block, BlockKind, RunKind

_ROLES = (
    "quote|saying|speech|excerpt-count|passage|excerpt|ref|doc|term|numref|index|abbr|download|sub|sup|code|math|raw"
)
_OPTIONS = "name|prefix|suffix|from|to|note|secondhand|class|link|link-type|file|alt|width|lines|caption|maxdepth|hidden|numbered"
_BACKTICKS = "`｀‵′´"
_OPEN, _CLOSE = "{｛﹛❴", "}｝﹜❵"
_ID_OPEN, _ID_CLOSE = "<＜〈《‹«﹤&", ">＞〉》›»﹥"
_LEFT = "［【〔「『(（\\[" + _OPEN
_RIGHT = "］】〕」』)）\\]" + _CLOSE
_COLONS = ":：︰﹕∶"
_BLANK = " \t\u3000"
_WIDE = "\u2e80-\u9fff\uff00-\uffef“”‘’"
_LOCATOR = r"[pｐ]\d+(?:[.．][sｓ]\d+)?(?:-\d+)?"
_TICKS = _BACKTICKS + "‘’“”'\"「」『』‹›«»＇＂"
_DIRECTIVES = "excerpt|admonition|table|toctree|checklist|include|note|tip|warning"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is left over, in Chinese, and how to know it."""

    name: str
    pattern: re.Pattern[str]


_ROLE_WORDS = f"(?:{_ROLES})"
_KINDS = tuple(
    _Kind(name, re.compile(pattern, re.MULTILINE | re.IGNORECASE))
    for name, pattern in (
        ("引文块的冒号", rf"[{_COLONS}]{{3,}}|^[{_BLANK}]*[{_COLONS}]{{2}}(?=[{_BLANK}]*[{_OPEN}a-z])"),
        ("花括号的写法", rf"[{_OPEN}][{_BLANK}]*[a-z][\w:-]*[{_BLANK}]*[{_CLOSE}]"),
        ("花括号的写法", rf"[{_LEFT}][{_BLANK}]*(?:{_ROLES}|{_DIRECTIVES})[{_BLANK}]*[{_RIGHT}]"),
        ("没有写完的花括号", rf"[{_OPEN}][{_BLANK}]*{_ROLE_WORDS}\b|\b{_ROLE_WORDS}[{_BLANK}]*[{_CLOSE}]"),
        ("代换的写法", rf"[{_OPEN}]{{2}}|[{_CLOSE}]{{2}}|[|｜][a-z_][\w-]*[|｜]"),
        ("引语的写法", rf"(?<![\w-])(?:quote|saying|excerpt|passage)[{_BLANK}]*[{_TICKS}]"),
        ("引语的写法", r"(?<![\w-]):(?:[a-z]+:)?(?:quote|saying|excerpt|speech):"),
        (
            "选项行",
            rf"[{_COLONS}][{_BLANK}]*(?:{_OPTIONS})[{_BLANK}]*[{_COLONS}]|^[{_BLANK}]*[{_COLONS}][a-z][\w-]*[{_COLONS}]",
        ),
        ("反引号", f"[{_BACKTICKS}]+"),
        ("段句号", rf"[{_ID_OPEN}][{_BLANK}]*{_LOCATOR}[{_BLANK}]*[{_ID_CLOSE}]|(?<=[”’」』])[{_BLANK}]*{_LOCATOR}"),
        ("标签行", r"^[(（][a-z][\w-]*[)）][=＝]"),
        ("标题号", rf"^[{_BLANK}]*[#＃]{{1,6}}(?=[^\d#＃])"),
        (
            "加粗、链接或脚注的记号",
            rf"\*\*|＊＊|~~|\$\$|(?<=[{_WIDE}])[*_]|[*_](?=[{_WIDE}])|[\]］][(（](?=[\w./#])|[\[［][\^＾]|^[{_BLANK}]*[～~]{{3,}}",
        ),
    )
)

MAY_BE_MARKUP = re.compile(rf"[a-zｐ{_OPEN}{_CLOSE}{_BACKTICKS}|｜#＃*＊_~～$\[\]［］]|[{_COLONS}]{{2}}", re.IGNORECASE)
"""What every kind of it has a part of, and most prose nothing."""
_ANY_BRACE = re.compile(f"[{_OPEN}{_CLOSE}]")
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED_AS_CODE = 6
"""Chinese characters between backticks from which on they are a role that lost its name, and no code."""


def left_over(block: Block, known: re.Pattern[str]) -> Iterator[Finding]:
    """One finding for each line that shows markup. ``known``: the ids of the speeches."""
    if block.kind is BlockKind.FENCE:
        yield _fence(block)
    if block.kind not in OWN_WORDS or block.kind is BlockKind.INDEX:
        return
    source = _source(block)
    told: set[int] = set()
    for name, start in sorted(_found(block, source, known), key=lambda hit: hit[1]):
        line = source.count("\n", 0, start)
        shown = source.split("\n")[line]
        # The fence that closes what was told is no cause of its own.
        if line not in told and not (told and not shown.strip(_COLONS + _BLANK + _BACKTICKS)):
            told.add(line)
            yield _finding(block, shown, line, name)
    if not told and block.indented and _HAN.search(block.text):
        yield _finding(block, block.text.split("\n")[0], 0, "")


def _found(block: Block, source: str, known: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    position = 0
    for run in block.runs:
        shown = _shown(run.kind, run.text)
        if run.kind in (RunKind.TEXT, RunKind.LINK, RunKind.CODE) and MAY_BE_MARKUP.search(run.text):
            for kind in _KINDS:
                for match in kind.pattern.finditer(run.text):
                    yield kind.name, position + shown.find(run.text) + match.start()
        if run.kind in (RunKind.TEXT, RunKind.LINK, RunKind.CODE, RunKind.RAW):
            for match in known.finditer(run.text):
                yield "讲话编号", position + shown.find(run.text) + match.start()
        if run.kind in (RunKind.TEXT, RunKind.LINK) and (brace := _ANY_BRACE.search(run.text)):
            yield "花括号的写法", position + brace.start()
        if (
            run.kind is RunKind.CODE
            and block.kind is not BlockKind.CODE
            and len(_HAN.findall(run.text)) >= _QUOTED_AS_CODE
        ):
            yield "引语的写法", position
        position += len(shown)
    # A role and its words are two runs where a space or a brace parts them.
    for match in re.finditer(rf"(?:{_ROLES})[ \u3000]*`", source):
        yield "引语的写法", match.start()


def known_ids(ids: Iterable[str]) -> re.Pattern[str]:
    """An id with a hyphen is no word of a text; a plain one must stand like an id: in brackets or before a locator."""
    every = sorted(ids, key=len, reverse=True)
    if not every:
        return re.compile(r"(?!)")
    plain = "|".join(re.escape(name) for name in every)
    hyphened = "|".join(re.escape(name) for name in every if "-" in name) or "(?!)"
    return re.compile(
        rf"(?<![\w/.-])(?:{hyphened})(?![\w/-])|(?<=[{_ID_OPEN}])[ \u3000]*(?:{plain})(?![\w-])"
        rf"|(?<![\w/.-])(?:{plain})[ \u3000]+(?:p\d+|\*)"
    )


def _shown(kind: RunKind, text: str) -> str:
    return f"`{text}`" if kind is RunKind.CODE else text


def _source(block: Block) -> str:
    """The block more or less as it was written."""
    if block.kind is BlockKind.CODE:
        return "".join(run.text for run in block.runs)
    return "".join(_shown(run.kind, run.text) for run in block.runs)


def _fence(block: Block) -> Finding:
    name = block.text.strip(_LEFT + _RIGHT)
    shown = f":::{{{name}}} " + ("讲话编号" if name == "excerpt" else "……")
    if not re.fullmatch(_DIRECTIVES, name):
        shown = ":::{excerpt} 讲话编号"
    message = (
        "这里的栏目没有写对名称，里面的字印了出来而没有核对。\n"
        f"  现在写的：:::{block.text}（或者 ```{block.text}）\n  怎么办：请写作：{shown}"
    )
    return Finding(Subtype.MARKUP, message, block.path, block.line)


def _finding(block: Block, line: str, offset: int, name: str) -> Finding:
    mended = as_it_should_be(line)
    advice = f"这一行应写作：{flat(mended)}"
    what = f"{name}没有写对，原样印在了书上"
    if block.indented and block.kind is BlockKind.CODE:
        what = "这一段行首空了四格，被当作代码印了出来"
        advice = f"请删去各行行首的空格，写作：{flat(mended)}"
    elif mended == line:
        advice = "请照编写说明的写法改正，或者删去；引用讲话的写成 {quote}`引文 <讲话编号>`。"
    message = f"{what}，里面的字没有核对。\n  书上印的：{flat(line)}\n  怎么办：{advice}"
    return Finding(Subtype.MARKUP, message, block.path, (block.line + offset) if block.line else 0)


_WIDTHS = str.maketrans("｛﹛❴｝﹜❵：︰﹕∶", "{{{}}}::::")
_MENDS = (
    # {［quote］} → {quote}
    (rf"[{_LEFT}][{_BLANK}]*({_ROLES})[{_BLANK}]*[{_RIGHT}](?=[{_BLANK}]*[{_TICKS}])", r"{\1}"),
    # ：name：x → :name: x
    (rf"^[{_COLONS}]+[{_BLANK}]*({_OPTIONS})[{_BLANK}]*[{_COLONS}][{_BLANK}]*", r":\1: "),
    # ：：：｛excerpt｝x, ::excerpt x → :::{excerpt} x
    (rf"^[{_COLONS}]{{2,}}[{_BLANK}]*\{{?[{_BLANK}]*({_DIRECTIVES})[{_BLANK}]*\}}?[{_BLANK}]*", r":::{\1} "),
    (rf"^[{_COLONS}]{{2,}}$", ":::"),
    (rf"^\{{(excerpt)\}}[{_BLANK}]+(?=[a-z0-9-]+(?: |$))", r":::{\1} "),
    # quote‘x ＜id＞’ → {quote}`x <id>`
    (
        (
            rf"\{{?(?<![\w-])(quote|saying)[{_BLANK}]*\}}?[{_BLANK}]*[{_TICKS}]([^`]*?)[{_BLANK}]*"
            rf"[{_ID_OPEN}]([^{_ID_OPEN}{_ID_CLOSE}]*)[{_ID_CLOSE}][{_BLANK}]*[{_TICKS}]"
        ),
        r"{\1}`\2 <\3>`",
    ),
)


def as_it_should_be(line: str) -> str:
    """A mistyped line mended as far as a program can: widths, fences, braces, backticks, indent."""
    text = line.strip(_BLANK)
    narrow = rf"[{_OPEN}{_CLOSE}]|[{_COLONS}]+(?=[{_BLANK}]*[{_OPEN}{_COLONS}]|$)"
    text = re.sub(narrow, lambda match: match[0].translate(_WIDTHS), text)
    for pattern, mended in _MENDS:
        text = re.sub(pattern, mended, text, flags=re.IGNORECASE)
    return text
