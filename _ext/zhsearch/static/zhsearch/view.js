/* Results as elements; the same for the live list and the search page. Text is only ever set as text. */
(function (zh) {
  "use strict";

  zh.element = function (name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  zh.fill = function (element, pieces) {
    pieces.forEach(function (piece) {
      if (piece.mark) element.appendChild(zh.element("mark", "", piece.text));
      else element.appendChild(document.createTextNode(piece.text));
    });
    return element;
  };

  zh.address = function (page, passage) {
    const folder = !page.url || /\/$/.test(page.url); // dirhtml; no server names the file in it from a double click
    const file = folder && window.location.protocol === "file:" ? "index.html" : "";
    return (zh.root() + page.url + file || "./") + (passage.anchor ? "#" + encodeURIComponent(passage.anchor) : "");
  };

  /* Whether a link leads to a place of the page that is open. */
  zh.isHere = function (link) {
    return link.href.split("#")[0] === window.location.href.split("#")[0];
  };

  /* A link that leaves word of what to mark on the page it opens. */
  zh.link = function (corpus, answer, page, passage, className) {
    const link = zh.element("a", className);
    link.href = zh.address(page, passage);
    function leave(event) {
      if (event.type !== "click" && event.button !== 1) return;
      if (answer.kind === "cover") zh.remember(zh.around(corpus, passage, answer.needles));
      else zh.remember(zh.matched(corpus, page, answer.needles));
      if (zh.isHere(link) && event.type === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey)
        window.setTimeout(zh.arrive); // no page is opened
    }
    link.addEventListener("click", leave);
    link.addEventListener("auxclick", leave);
    return link;
  };

  /* 保障 › 全力支持 */
  zh.path = function (corpus, result, needles) {
    const path = zh.element("span", "zhsearch-path");
    const first = result.term || zh.numberOf(corpus, result.passage);
    if (first) {
      zh.fill(path, result.term ? zh.marked(corpus, first, needles) : [{ text: first, mark: false }]);
      path.appendChild(zh.element("span", "zhsearch-apart", "　"));
    }
    zh.fill(path, zh.marked(corpus, result.page.title, needles));
    const heading = result.passage.heading;
    if (heading && heading !== result.page.title) {
      const apart = path.appendChild(zh.element("span", "zhsearch-apart", " › "));
      apart.setAttribute("aria-hidden", "true");
      zh.fill(path, zh.marked(corpus, heading, needles));
    }
    return path;
  };

  zh.result = function (corpus, answer, result) {
    const link = zh.link(corpus, answer, result.page, result.passage, "zhsearch-result");
    if (result.address) link.href = zh.root() + result.address;
    const head = link.appendChild(zh.element("span", "zhsearch-head"));
    head.appendChild(zh.path(corpus, result, answer.needles));
    const label = result.term || result.direct ? "" : zh.words.label[answer.kind];
    if (label) head.appendChild(zh.element("span", "zhsearch-label", label));
    if (result.twin) head.appendChild(zh.element("span", "zhsearch-count", zh.words.twin));
    if (result.count > 1) head.appendChild(zh.element("span", "zhsearch-count", zh.words.places(result.count)));
    const snippet = link.appendChild(zh.element("span", "zhsearch-snippet"));
    zh.fill(snippet, zh.snippet(corpus, result.passage, answer.needles));
    return link;
  };

  /* Why there is nothing, or why this is not quite what was asked; what else to try is a button each. */
  zh.message = function (answer, retry) {
    const box = zh.element("div", "zhsearch-message");
    if (answer.kind === "empty") box.appendChild(zh.element("p", "", answer.query ? zh.words.signs : zh.words.ask));
    else if (answer.kind === "none") {
      box.appendChild(zh.element("p", "zhsearch-none", zh.words.none(answer.query)));
      box.appendChild(zh.element("p", "", zh.words.advice));
      if (answer.read.length) tries(box, zh.words.instead, answer.read, retry);
    } else if (answer.kind !== "exact") box.appendChild(zh.element("p", "zhsearch-approximate", zh.words.note(answer)));
    if (answer.also && answer.also.length) tries(box, zh.words.also, answer.also, retry);
    return box;
  };

  function tries(box, label, words, retry) {
    const line = box.appendChild(zh.element("p", "", label));
    words.forEach(function (word) {
      const button = line.appendChild(zh.element("button", "zhsearch-try", word));
      button.type = "button";
      button.addEventListener("click", function () { retry(word); });
    });
  }

  zh.summary = function (answer) {
    if (answer.kind === "empty") return "";
    if (answer.kind === "none") return zh.words.none(answer.query);
    return zh.words.note(answer) + zh.words.total(answer.total, answer.groups);
  };
})((window.zhsearch = window.zhsearch || {}));
