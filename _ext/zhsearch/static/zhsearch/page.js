/* The search page: takes the place of Sphinx's own Search.query, and answers while typing. */
(function (zh) {
  "use strict";

  var STEP = 10; // results of a group shown at once
  var out = document.getElementById("search-results");
  if (!out) return;

  var input = null;
  var form = null;
  var status = zh.element("p", "zhsearch-summary");
  status.setAttribute("role", "status");
  var body = zh.element("div", "zhsearch-page");

  /* The box of the page itself, or a new one where the theme has it only in a drawer. */
  function box() {
    input = out.parentNode.querySelector('input[name="q"]');
    if (input) return;
    if (!document.querySelector("h1")) out.parentNode.insertBefore(zh.element("h1", "", zh.words.search), out);
    form = zh.element("form", "zhsearch-form");
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", zh.words.box);
    input = form.appendChild(zh.element("input"));
    input.name = "q";
    input.type = "search";
    input.setAttribute("aria-label", zh.words.box);
    input.placeholder = zh.words.box;
    var button = form.appendChild(zh.element("button", "", zh.words.search));
    button.type = "submit";
    out.parentNode.insertBefore(form, out);
  }

  function note(query) {
    try {
      window.history.replaceState(null, "", "?q=" + encodeURIComponent(query));
    } catch (error) {
      // Some browsers refuse this on file://; the results are there all the same.
    }
  }

  function retry(piece) {
    input.value = piece;
    note(piece);
    show(piece);
    input.focus();
  }

  function others(corpus, answer, result) {
    var list = zh.element("p", "zhsearch-others", zh.words.here);
    result.others.slice(0, 6).forEach(function (number) {
      var passage = corpus.passages[number];
      var link = zh.link(corpus, answer, result.page, passage);
      var text = zh.snippet(corpus, passage, answer.needles);
      var from = 0;
      while (from < text.length - 1 && !text[from].mark) from++;
      zh.fill(link, text.slice(from, from + 2).map(function (p) { return { text: p.text.slice(0, 14), mark: p.mark }; }));
      list.appendChild(document.createTextNode(" "));
      list.appendChild(link);
    });
    return list;
  }

  function section(corpus, answer, group) {
    var part = zh.element("section", "zhsearch-section");
    var head = part.appendChild(zh.element("h2", "", group.label));
    head.appendChild(zh.element("span", "zhsearch-count", " " + group.results.length));
    var list = part.appendChild(zh.element("ol", "zhsearch-list"));
    var shown = 0;
    var more = zh.element("button", "zhsearch-more");
    more.type = "button";
    function next() {
      var first = null;
      group.results.slice(shown, shown + STEP).forEach(function (result) {
        var item = list.appendChild(zh.element("li"));
        var link = item.appendChild(zh.result(corpus, answer, result));
        if (result.others.length) item.appendChild(others(corpus, answer, result));
        first = first || link;
      });
      shown += STEP;
      more.hidden = shown >= group.results.length;
      more.textContent = zh.words.more(group.results.length - shown);
      return first;
    }
    next();
    more.addEventListener("click", function () { next().focus(); });
    part.appendChild(more);
    return part;
  }

  function show(query) {
    document.documentElement.classList.add("zhsearch-ready");
    if (typeof Search !== "undefined") Search.stopPulse();
    var progress = document.getElementById("search-progress");
    if (progress) progress.textContent = "";
    out.textContent = "";
    body.textContent = "";
    out.appendChild(status);
    out.appendChild(body);
    if (!zh.ready()) {
      status.textContent = zh.words.failed;
      return;
    }
    var engine = zh.engine();
    var answer = engine.answer(query);
    status.textContent = answer.kind === "none" ? "" : zh.summary(answer);
    if (answer.kind === "none" || answer.kind === "empty") body.appendChild(zh.message(answer, retry));
    answer.groups.forEach(function (group) { body.appendChild(section(engine.corpus, answer, group)); });
  }

  function links() {
    return Array.from(out.querySelectorAll("a.zhsearch-result"));
  }

  function keys(event) {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    var all = [input].concat(links());
    var at = all.indexOf(document.activeElement);
    if (at < 0) return;
    var next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  box();
  // On a file: address Sphinx's searchindex.js may come before or after; neither is asked.
  Search.query = show;
  Search.deferQuery = show;
  document.addEventListener("DOMContentLoaded", function () {
    input.addEventListener("input", function (event) {
      if (event.isComposing) return;
      note(input.value);
      show(input.value);
    });
    input.addEventListener("compositionend", function () { show(input.value); });
    input.form.addEventListener("submit", function (event) {
      event.preventDefault();
      note(input.value);
      show(input.value);
    });
    input.form.parentNode.addEventListener("keydown", keys);
    if (!input.value) show("");
  });
})((window.zhsearch = window.zhsearch || {}));
