/* 上次读到: the chapter and section that a reader last had on the screen, told on the home page; kept in this browser. */
(function (book) {
  "use strict";

  const KEY = "place";

  /* Only the numbered chapters are read on; tables and forms are looked up. */
  function chapter() {
    const heading = document.querySelector("article h1 .section-number");
    return heading ? heading.closest("section") : null;
  }

  function here(sections) {
    let found = sections[0];
    sections.forEach(function (section) { if (section.getBoundingClientRect().top < window.innerHeight / 2) found = section; });
    return found;
  }

  function follow(root) {
    const sections = [root].concat(book.all("section[id]", root));
    let timer = 0;
    function note() {
      const section = here(sections);
      const title = section.querySelector("h1, h2, h3");
      const text = book.textOf(book.rangeOver(title)).trim();
      book.kept.write(KEY, { page: location.pathname.split("/").slice(-2).join("/"), id: section.id, title: text });
    }
    window.addEventListener("scroll", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(note, 400);
    }, { passive: true });
    note();
  }

  function tell() {
    const place = book.kept.read(KEY);
    const form = document.querySelector(".home-search");
    if (!place || !form || !/^[\w/-]+\.html$/.test(place.page)) return;
    const line = book.tool("p", "last-read", "上次读到：");
    const link = line.appendChild(document.createElement("a"));
    link.href = place.page + "#" + encodeURIComponent(place.id);
    link.textContent = place.title;
    line.append("　", book.button("清除本机记录", function () {
      book.kept.clear();
      line.remove();
      book.say("这一版在本机的记录（读到哪里、自查、表单、字号）已清除。");
    }));
    form.parentNode.insertBefore(line, form.nextSibling);
  }

  book.ready(function () {
    const root = chapter();
    if (root) follow(root);
    else if (document.querySelector(".home-page")) tell();
  });
})((window.booksite = window.booksite || {}));
