/* Ctrl+C: what is put on the clipboard is what the speech or the book says, with its source where it has one. */
(function (book) {
  "use strict";

  function around(node, selector) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element ? element.closest(selector) : null;
  }

  /* The one element that holds the whole selection, or null. */
  function holder(range, selector) {
    const start = around(range.startContainer, selector);
    return start && start === around(range.endContainer, selector) ? start : null;
  }

  /* ——《题名》第二部分（四），见《办公室工作手册》第四章“作风”摘录4-1（2026年版） */
  book.sourceOf = function (excerpt) {
    const line = excerpt.querySelector(".source-line");
    if (!line) return "";
    let source = book.textOf(book.rangeOver(line)).replace(/^.*?——/, "——").trim();
    const citedAs = excerpt.getAttribute("data-cited-as");
    if (citedAs) source += "，见" + citedAs;
    if (excerpt.querySelector(".secondhand-note")) source += "（转引，未核对原文）";
    return source;
  };

  /* Why words of this selection must not be quoted, each reason once. */
  function restrictions(range) {
    const reasons = book
      .all(".restricted")
      .filter(function (span) { return range.intersectsNode(span); })
      .map(function (span) { return span.getAttribute("data-reason") || "登记为不宜引用"; });
    return Array.from(new Set(reasons));
  }

  /* The range from its first selected letter to its last: a triple click ends in the block that follows. */
  function trimmed(range) {
    const root = range.commonAncestorContainer;
    if (root.nodeType === Node.TEXT_NODE) return range;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let first = null;
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (!node.data.slice(from, to).trim()) continue;
      first = first || [node, from];
      last = [node, to];
    }
    if (!first) return range;
    const whole = document.createRange();
    whole.setStart(first[0], first[1]);
    whole.setEnd(last[0], last[1]);
    return whole;
  }

  /* What belongs under the words: the source of one excerpt or of one paragraph of a speech, and any warning. */
  function under(range, reasons) {
    const excerpt = holder(range, "blockquote.excerpt");
    if (excerpt) return holder(range, ".excerpt-text") || !around(range.endContainer, ".source-line") ? book.sourceOf(excerpt) : "";
    const passage = holder(range, ".speech-passage");
    const source = passage && passage.getAttribute("data-source");
    const warning = reasons.length ? "（含不得引用的文字：" + reasons.join("；") + "）" : "";
    return [source ? "——" + source : "", warning].filter(Boolean).join("");
  }

  function onCopy(event) {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !event.clipboardData) return;
    const range = trimmed(selection.getRangeAt(0));
    const within = range.commonAncestorContainer;
    if (!around(within, "article") || around(within, ".no-reading, .copy-text, input, textarea")) return;
    const text = book.textOf(range);
    if (!text) return;
    const reasons = restrictions(range);
    const below = under(range, reasons);
    const box = document.createElement("div");
    box.innerHTML = book.htmlOf(range);
    if (below) box.appendChild(document.createElement("p")).textContent = below;
    event.clipboardData.setData("text/plain", below ? text + "\n" + below : text);
    event.clipboardData.setData("text/html", box.innerHTML);
    event.preventDefault();
    if (reasons.length) book.say("所选文字里有不得引用的，复制的文字里已注明。");
  }

  document.addEventListener("copy", onCopy);
})((window.booksite = window.booksite || {}));
