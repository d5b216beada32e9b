/* From one mark to the next on the page that a result opened: two buttons, the keys n and p; Escape takes the marks off. */
(function (zh) {
  "use strict";

  function typing() {
    const element = document.activeElement;
    return element && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable);
  }

  /* Marks of one place that run across elements are one hit. */
  function places(spans) {
    const out = [];
    spans.forEach(function (span) {
      const last = out[out.length - 1];
      const before = last && last[last.length - 1];
      const range = document.createRange();
      if (before) {
        range.setStartAfter(before);
        range.setEndBefore(span);
      }
      if (before && !range.toString()) last.push(span);
      else out.push([span]);
    });
    return out;
  }

  zh.hits = function (spans, firstSpan) {
    const all = places(spans);
    let at = Math.max(0, all.findIndex(function (place) { return place.indexOf(spans[firstSpan]) >= 0; }));
    const bar = document.body.appendChild(zh.element("div", "zhsearch-hits no-reading no-search"));
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", zh.words.results);
    const told = zh.element("span", "zhsearch-hit-count");
    told.setAttribute("role", "status");

    function button(label, key, action) {
      const element = bar.appendChild(zh.element("button", "", label));
      element.type = "button";
      element.title = key;
      element.addEventListener("click", action);
      return element;
    }

    function go(step) {
      all[at].forEach(function (span) { span.classList.remove("current-hit"); });
      at = (at + step + all.length) % all.length;
      all[at].forEach(function (span) { span.classList.add("current-hit"); });
      told.textContent = zh.words.hits(at + 1, all.length);
      const box = all[at][0].getBoundingClientRect();
      if (box.top < 60 || box.bottom > window.innerHeight - 60) all[at][0].scrollIntoView({ block: "center" });
    }

    function end() {
      spans.forEach(function (span) { span.classList.remove("highlighted", "current-hit"); });
      bar.remove();
      document.removeEventListener("keydown", keys);
    }

    zh.unmark = end;

    function keys(event) {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || typing()) return;
      if (event.key === "Escape") end();
      else if (event.key === "n" || event.key === "N") go(1);
      else if (event.key === "p" || event.key === "P") go(-1);
    }

    button(zh.words.previous, "p", function () { go(-1); });
    bar.appendChild(told);
    button(zh.words.next, "n", function () { go(1); });
    button(zh.words.unmark, "Esc", end);
    document.addEventListener("keydown", keys);
    go(0);
  };
})((window.zhsearch = window.zhsearch || {}));
