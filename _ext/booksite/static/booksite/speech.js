/* A speech page: 只读原文 takes away what the editors put around the words. */
(function (book) {
  "use strict";

  book.ready(function () {
    const page = document.querySelector("section.speech");
    const tools = document.querySelector(".content-icon-container");
    if (!page || !tools) return;
    const article = page.closest("article");
    function show(only) {
      article.classList.toggle("only-text", only);
      button.setAttribute("aria-pressed", String(only));
    }
    const button = book.button("只读原文", function () {
      const only = !article.classList.contains("only-text");
      book.kept.write("only-text", only || null);
      show(only);
    }, "bar-button");
    tools.insertBefore(button, tools.firstChild);
    show(Boolean(book.kept.read("only-text")));
  });
})((window.booksite = window.booksite || {}));
