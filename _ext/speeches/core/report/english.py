"""What Sphinx, docutils and MyST tell in English of an editor's slips, in words that say what to do."""

from __future__ import annotations

import re
from difflib import get_close_matches

_WRITTEN = ("excerpt", "quote", "saying", "speech", "passage", "toctree", "note", "index", "term", "ref")


def in_chinese(text: str) -> str:
    """The message as an editor is told it; one that is not known as it is."""
    for pattern, words in _ENGLISH:
        if match := pattern.search(text):
            name = next((group for group in match.groups() if group), "")
            near = get_close_matches(name, _WRITTEN, 1)
            hint = f"多半是 {{{near[0]}}} 拼错了；" if near else ""
            return words.format(name=name, hint=hint)
    return text


_ENGLISH = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r"Unknown directive type:? [\"'](.*?)[\"']|No directive entry for \"(.*?)\"",
            "没有“{{{name}}}”这种写法。\n  怎么办：{hint}请照 README“加一条摘录”的写法改。",
        ),
        (
            r"Unknown interpreted text role [\"'](.*?)[\"']|No role entry for \"(.*?)\"",
            "没有“{{{name}}}”这种写法。\n  怎么办：{hint}请照 README“加一条摘录”的写法改。",
        ),
        (
            r"toctree contains reference to (?:nonexisting|excluded) document ['\"](.*?)['\"]",
            "目录里列着“{name}”，却没有这个文件。\n  怎么办：文件改了名的，改目录里的名字；误删的请恢复。",
        ),
        (
            r"include['\"]?:? error reading file: (?:\S*[/\\])?([^/\\\s]+)",
            "要插入的文件 {name} 读不出来，多半不是 UTF-8 编码。\n  怎么办：请用记事本打开它，“另存为”时编码选 UTF-8。",
        ),
        (
            r"file not found: '(?:[^'\n]*[/\\])?([^'/\\\n]+)'|file not found: \"(?:[^\"\n]*[/\\])?([^\"/\\\n]+)\"",
            "要插入的文件 {name} 没有找到，里面的字没有印出来。\n  怎么办：请改正文件名，或把文件放进手册文件夹。",
        ),
        (
            r"image file not readable: (\S+)",
            "图片 {name} 没有找到，或者打不开，没有印出来。\n  怎么办：请改正文件名，或把图片放进手册文件夹。",
        ),
        (
            r"['\"]([^'\"\n]*)['\"]: Has content, but none permitted",
            "{{{name}}} 下面不能写内容，写了的没有印出来。\n  怎么办：请把内容移到它外面，或者换一种写法。",
        ),
        (
            r"Too many autonumbered footnote references()|Unknown target name: \"(.*?)\"",
            "有一处脚注没有写内容。\n  怎么办：在这一章末尾加一行 [^记号]: 注的内容，或者删去这一处。",
        ),
        (
            r"multiple files found for the document ['\"](.*?)['\"]",
            "有两个以上的文件都是“{name}”（只差扩展名，或字母的写法），只读了其中一个。\n  怎么办：请给别的改名，或移走。",
        ),
        (
            r"document isn't included in any toctree()",
            "这一页没有列入目录，网站和印刷文件里都翻不到它。\n  怎么办：在 index.md 的 toctree 里加上它的名字；不用的文件请移走。",
        ),
        (
            r"undefined label: ['\"](.*?)['\"]|Unknown source document ['\"](.*?)['\"]|cross-reference target not found: ['\"](.*?)['\"]",
            "要参见的“{name}”，书里没有。\n  怎么办：请改正编号；原来有的，看看是不是改了名、删掉了。",
        ),
        (
            r"1st argument to ['\"]?(\w*)|maximum (?:0|1|2) argument|\d argument\(s\) required",
            "第一行的写法不对，应当是讲话编号和段句号。\n  怎么办：写成 :::{{excerpt}} 讲话编号 p12.s1-2。",
        ),
        (
            r"Unknown option(?:s| keys?):? *(?:\[)?['\"](.*?)['\"]",
            "没有“:{name}:”这个选项。\n  怎么办：请改正或删去；可用的有 :name: :prefix: :suffix: :from: :to: :note: :secondhand:。",
        ),
    )
)
