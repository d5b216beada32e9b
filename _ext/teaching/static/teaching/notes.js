/* 笔记栏: room to type on the screen, by edition and chapter; on paper, lines to write on. */
(function (book) {
  "use strict";

  const HINT = "在这里记笔记。内容只存在这台电脑的浏览器里；涉密内容不要写。";

  book.ready(function () {
    book.all(".notes-space").forEach(function (box) {
      const section = box.closest("section[id]");
      const key = "notes:" + (section ? section.id : location.pathname);
      box.classList.add("no-reading");
      box.setAttribute("data-hint", HINT);
      box.setAttribute("aria-placeholder", HINT);
      book.writable(box, "笔记", book.kept.read(key) || "", function (text) { book.kept.write(key, text || null); });
    });
  });
})((window.booksite = window.booksite || {}));
