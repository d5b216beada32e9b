"""What Ctrl+C puts on the real clipboard, read back by Ctrl+V, in Chromium and in Firefox."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, Protocol

import pytest
from firefox import CONTROL, Firefox
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

CHAPTER = "chapters/nengli.html"
SPEECH = "source_speeches/district-office-directors.html"
TOOLS = ("复制引文", "引用", "永久链接", "¶", "摘录3-14", "见能力")

SELECT = """
const [from, to] = [arguments[0], arguments[1]].map(selector => document.querySelector(selector));
const range = document.createRange();
range.setStart(from, 0);
range.setEnd(to, to.childNodes.length);
getSelection().removeAllRanges();
getSelection().addRange(range);
"""
SELECT_WORDS = """
const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const at = node.data.indexOf(arguments[0]);
  if (at < 0 || !node.parentElement.closest(arguments[1])) continue;
  getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length);
  return true;
}
return false;
"""
PASTE_HERE = """
document.querySelectorAll("#pasted").forEach(node => node.remove());
const box = document.createElement("textarea");
box.id = "pasted";
document.body.append(box);
box.focus();
"""
PASTED = "return document.getElementById('pasted').value"


# The excerpt with a mark: focus goes to one of its tools; the labels of all of them, and its words as printed.
TOOL_OF_MARKED = """
const label = arguments[0];
const marked = [...document.querySelectorAll('blockquote.excerpt')]
  .find(e => e.querySelector('.excerpt-text .editorial-mark:not(.note)'));
marked.scrollIntoView({ block: 'center' });
const buttons = [...marked.querySelectorAll('.excerpt-tools button')];
buttons.find(b => b.textContent === label).focus();
return [buttons.map(b => b.textContent), [...marked.querySelectorAll('.excerpt-text')].map(p => p.textContent.trim()).join("\\n")];
"""
TOLD = "const line = document.querySelector('.said'); return line ? line.textContent : ''"


class Reader(Protocol):
    def open(self, address: str) -> None: ...
    def run(self, body: str, *arguments: Any) -> Any: ...
    def with_control(self, key: str) -> None: ...
    def click_focused(self) -> None: ...


class InChromium:
    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def open(self, address: str) -> None:
        self.browser.get(address)

    def run(self, body: str, *arguments: Any) -> Any:
        return self.browser.execute_script(body, *arguments)

    def with_control(self, key: str) -> None:
        ActionChains(self.browser).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    def click_focused(self) -> None:
        self.browser.switch_to.active_element.click()


class InFirefox:
    def __init__(self, firefox: Firefox) -> None:
        self.firefox = firefox
        self.open, self.run = firefox.open, firefox.run

    def with_control(self, key: str) -> None:
        self.firefox.press(CONTROL, key)

    def click_focused(self) -> None:
        self.firefox.click_focused()


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def reader(request: pytest.FixtureRequest) -> Reader:
    if request.param == "chromium":
        return InChromium(request.getfixturevalue("make_browser")())
    return InFirefox(request.getfixturevalue("firefox"))


def copied(reader: Reader) -> str:
    """The clipboard after Ctrl+C on what is selected."""
    reader.with_control("c")
    return pasted(reader)


def pasted(reader: Reader) -> str:
    """What Ctrl+V brings."""
    reader.run(PASTE_HERE)
    reader.with_control("v")
    return _awaited(reader, PASTED)


def _awaited(reader: Reader, body: str) -> str:
    """The first text that is not empty."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if text := str(reader.run(body)):
            return text
        time.sleep(0.05)
    raise AssertionError(f"still empty: {body}")


def told_after_click(reader: Reader) -> str:
    """What the page says when the focused button is clicked."""
    reader.run("const line = document.querySelector('.said'); if (line) line.textContent = '';")
    reader.click_focused()
    return _awaited(reader, TOLD)


def test_a_paragraph_of_a_speech_comes_clean_and_with_its_source(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / SPEECH).as_uri())
    passage = "#district-office-directors\\\\.p18"
    reader.run(SELECT.replace("arguments[0], arguments[1]", f"'{passage}', '{passage}'"))
    text = copied(reader)
    words, _, below = text.partition("\n")
    assert words.startswith("四是要有综合协调能力。综合协调是办公室联系内外、沟通上下的重要职能，必须搞好")
    assert not [tool for tool in TOOLS if tool in words]
    assert below.startswith("——《全区办公室主任会议上的讲话》")


def test_words_of_an_excerpt_come_with_its_source(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / CHAPTER).as_uri())
    assert reader.run(SELECT_WORDS, "把学习当成一种陪伴终身的修养", ".excerpt-text")
    assert copied(reader) == (
        "把学习当成一种陪伴终身的修养\n"
        "——《领导办公室业务培训上的讲话》第三部分（一），见《办公室工作手册》第三章“能力”摘录3-2（2026年版）"
    )


def test_the_words_of_the_book_come_without_its_tools(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / CHAPTER).as_uri())
    reader.run(SELECT.replace("arguments[0], arguments[1]", "'#nengli-canmou', '#nengli-canmou'"))
    text = copied(reader)
    assert text.startswith("3.3. 参谋辅政\n")
    assert "摘录3-3——《领导办公室业务培训上的讲话》" in text, "a source line that is selected stays"
    for tool in ("复制引文", "永久链接", "引用\n", "已复制", "¶"):
        assert tool not in text
    plain = reader.run(
        "const all = document.querySelector('#nengli-canmou').cloneNode(true);"
        "all.querySelectorAll('.no-reading, .headerlink').forEach(node => node.remove());"
        "return all.textContent"
    )
    assert "".join(text.split()) == "".join(plain.split()), "every word of it, and no other"


def test_words_outside_an_excerpt_bring_no_source(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / CHAPTER).as_uri())
    words = reader.run("return document.querySelector('#nengli-canmou > p').firstChild.data.slice(0, 12)")
    assert len(words) == 12 and reader.run(SELECT_WORDS, words, "p")
    assert copied(reader) == words


CORRECTED = {
    "按照办公室的布臵〔置〕去做": "按照办公室的布置去做",
    "在工作［中］得心应手": "在工作中得心应手",
    "一【个】颗螺丝钉": "一颗螺丝钉",
    "侦查〔察〕兵、侦查〔察〕员": "侦察兵、侦察员",
    "“布臵”〔置〕": "“布置”",
    "到此为止（原文如此）。": "到此为止。",
    "没有标记": "没有标记",
}


def test_the_corrected_text_follows_the_marks(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / CHAPTER).as_uri())
    for printed, corrected in CORRECTED.items():
        assert reader.run("return booksite.corrected(arguments[0])", printed) == corrected


def test_the_tools_offer_the_printed_and_the_corrected_text(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / "chapters/nengli.html").as_uri())
    labels, printed = reader.run(TOOL_OF_MARKED, "复制引文")
    assert labels == ["复制引文", "复制校订后文字", "引用"]
    assert told_after_click(reader) == "已复制"
    words, _, below = pasted(reader).partition("\n——")
    assert words == printed and re.search("[〔［【]", words), "as printed, with its marks"
    assert "见《办公室工作手册》第三章“能力”摘录3-" in below

    reader.run(TOOL_OF_MARKED, "复制校订后文字")
    assert told_after_click(reader) == "已复制"
    words, _, below = pasted(reader).partition("\n——")
    assert words == reader.run("return booksite.corrected(arguments[0])", printed)
    assert words != printed and not re.search("[〔〕［］【】]", words)
    assert below.endswith("（已按《办公室工作手册》校订改正文字，原文见所引摘录）")


def test_words_that_must_not_be_quoted_say_so(reader: Reader, handbook: Path) -> None:
    reader.open((handbook / SPEECH).as_uri())
    words, reason = reader.run(
        "const span = document.querySelector('.speech-passage .restricted');"
        "const range = document.createRange(); range.selectNodeContents(span);"
        "getSelection().removeAllRanges(); getSelection().addRange(range);"
        "return [span.textContent, span.dataset.reason]"
    )
    assert len(words) > 5 and reason
    text = copied(reader)
    above, _, below = text.rpartition("\n——")
    assert "".join(above.split()) == "".join(words.split())
    assert below.startswith("《全区办公室主任会议上的讲话》") and below.endswith(f"（含不得引用的文字：{reason}）")
    assert reader.run(TOLD) == "所选文字里有不得引用的，复制的文字里已注明。"
