/* What a piece of the page says, without what the page puts around it: tools, numbers, marks of the web. */
(function (book) {
  "use strict";

  const NOT_TEXT = ".no-reading, .headerlink, .back-to-top, script, style, template";
  const BLOCK = /^(P|LI|TR|H[1-6]|DT|DD|BLOCKQUOTE|DIV|SECTION|TABLE|PRE|UL|OL|DL|FIGCAPTION|CAPTION)$/;
  const HELD = /[\p{L}\p{N}]/u;

  function clone(range) {
    const piece = document.createElement("div");
    piece.appendChild(range.cloneContents());
    book.all(NOT_TEXT, piece).forEach(function (node) { node.remove(); });
    return piece;
  }

  /* Text with a line end between blocks and a tab between cells; a line break of the HTML source is a space. */
  function lines(root) {
    let out = "";
    (function walk(node) {
      if (node.nodeType === Node.TEXT_NODE) out += node.data.replace(/[ \t\r\n]+/g, " ");
      else if (node.nodeName === "BR") out += "\n";
      else {
        const block = BLOCK.test(node.nodeName);
        if (block && out && !/\n$/.test(out) && !/\t$/.test(out)) out += "\n";
        node.childNodes.forEach(walk);
        if (/^T[DH]$/.test(node.nodeName)) out += "\t";
        else if (block && !/\n$/.test(out)) out += "\n";
      }
    })(root);
    return out
      .split("\n")
      .map(function (line) { return line.replace(/[ \t]+$/, "").replace(/^ +/, ""); })
      .filter(Boolean)
      .join("\n");
  }

  book.textOf = function (range) {
    return lines(clone(range));
  };

  book.htmlOf = function (range) {
    return clone(range).innerHTML;
  };

  book.rangeOver = function (element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range;
  };

  /* 布臵〔置〕 → 布置, 在工作［中］ → 在工作中, 一【个】颗 → 一颗: the reading that the editors hold to be right.
     A replacement stands for as many letters or digits as it has itself; that is how the archive checks it too. */
  const MARK = /〔([^〔〕]*)〕|［([^［］]*)］|【[^【】]*】/;

  book.corrected = function (printed) {
    let out = "";
    let rest = printed.replace(/（原文如此）|（原文至此中断，编者注）/g, "");
    for (let mark = MARK.exec(rest); mark; mark = MARK.exec(rest)) {
      out += rest.slice(0, mark.index);
      rest = rest.slice(mark.index + mark[0].length);
      if (mark[1] === undefined) out += mark[2] || "";
      else out = replaced(out, mark[1]);
    }
    return out + rest;
  };

  /* The last letters of the text made way for others; punctuation among them stays. */
  function replaced(text, by) {
    const letters = Array.from(text);
    let left = Array.from(by).filter(function (c) { return HELD.test(c); }).length;
    let at = letters.length;
    for (let i = letters.length - 1; i >= 0 && left; i--) {
      if (!HELD.test(letters[i])) continue;
      letters.splice(i, 1);
      at = i;
      left--;
    }
    letters.splice(at, 0, by);
    return letters.join("");
  }
})((window.booksite = window.booksite || {}));
