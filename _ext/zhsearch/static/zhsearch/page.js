/* The search page: answers its address and while typing. It needs nothing of Sphinx's: doctools.js and searchtools.js are
   written in a newer JavaScript than some browsers know, and may be missing or may have stopped with an error. */
(function (zh) {
  "use strict";

  const STEP = 10; // results of a group shown at once
  const out = document.getElementById("search-results");
  if (!out) return;

  let input = null;
  let form = null;
  const status = zh.element("p", "zhsearch-summary");
  status.setAttribute("role", "status");
  const body = zh.element("div", "zhsearch-page");

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
    const button = form.appendChild(zh.element("button", "", zh.words.search));
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
    const list = zh.element("p", "zhsearch-others", zh.words.here);
    result.others.slice(0, 6).forEach(function (number) {
      const passage = corpus.passages[number];
      const link = zh.link(corpus, answer, result.page, passage);
      const text = zh.snippet(corpus, passage, answer.needles);
      let from = 0;
      while (from < text.length - 1 && !text[from].mark) from++;
      zh.fill(link, text.slice(from, from + 2).map(function (p) { return { text: p.text.slice(0, 14), mark: p.mark }; }));
      list.appendChild(document.createTextNode(" "));
      list.appendChild(link);
    });
    return list;
  }

  /* The other places of an entry of the index. */
  function places(corpus, result) {
    const list = zh.element("p", "zhsearch-others", zh.words.alsoAt);
    result.places.forEach(function (place) {
      const link = list.appendChild(zh.element("a"));
      link.appendChild(zh.path(corpus, { page: corpus.pages[place.passage.page], passage: place.passage }, []));
      link.href = zh.root() + place.address;
      list.appendChild(document.createTextNode(" "));
    });
    return list;
  }

  /* The second place of a quotation: where it is taken from. */
  function source(corpus, answer, result) {
    const list = zh.element("p", "zhsearch-others", zh.words.source + "：");
    const page = corpus.pages[result.twin.page];
    const link = zh.link(corpus, answer, page, result.twin);
    link.href = zh.root() + result.passage.source;
    link.textContent = page.title;
    list.appendChild(link);
    return list;
  }

  function section(corpus, answer, group) {
    const part = zh.element("section", "zhsearch-section");
    if (group.label) {
      const head = part.appendChild(zh.element("h2", "", group.label));
      head.appendChild(zh.element("span", "zhsearch-count", " " + group.results.length));
    }
    const list = part.appendChild(zh.element("ol", "zhsearch-list"));
    let shown = 0;
    const more = zh.element("button", "zhsearch-more");
    more.type = "button";
    function next() {
      let first = null;
      group.results.slice(shown, shown + STEP).forEach(function (result) {
        const item = list.appendChild(zh.element("li"));
        const link = item.appendChild(zh.result(corpus, answer, result));
        if (result.others.length) item.appendChild(others(corpus, answer, result));
        if (result.places && result.places.length) item.appendChild(places(corpus, result));
        if (result.twin) item.appendChild(source(corpus, answer, result));
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
    const progress = document.getElementById("search-progress");
    if (progress) progress.textContent = "";
    out.textContent = "";
    body.textContent = "";
    out.appendChild(status);
    out.appendChild(body);
    if (!zh.ready()) {
      status.textContent = zh.words.failed;
      return;
    }
    const engine = zh.engine();
    const answer = engine.answer(query);
    status.textContent = answer.kind === "none" ? "" : zh.summary(answer);
    if (answer.kind === "none" || answer.kind === "empty" || answer.also.length) body.appendChild(zh.message(answer, retry));
    answer.groups.forEach(function (group) { body.appendChild(section(engine.corpus, answer, group)); });
  }

  function links() {
    return Array.from(out.querySelectorAll("a.zhsearch-result"));
  }

  function keys(event) {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const all = [input].concat(links());
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /* Sphinx's own search, where it did start, has nothing to say. */
  function silence() {
    try {
      Search.query = Search.deferQuery = function () {};
      Search.stopPulse();
    } catch (error) {
      // It is not on this page, or this browser could not read it.
    }
  }

  function begin() {
    silence();
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
    const asked = new URLSearchParams(window.location.search).get("q");
    if (asked) input.value = asked;
    else input.focus(); // "/" came from a page without a box in reach
    show(input.value);
  }

  box();
  silence();
  document.addEventListener("DOMContentLoaded", begin);
})((window.zhsearch = window.zhsearch || {}));
