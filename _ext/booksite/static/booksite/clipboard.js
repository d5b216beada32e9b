/* Text to the clipboard, in old shells and on file:// too. */
(function (book) {
  "use strict";

  function oldWay(text) {
    const area = book.tool("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.top = "-100px";
    document.body.appendChild(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before) before.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  book.copy = function (text) {
    const copied =
      navigator.clipboard && window.isSecureContext
        ? navigator.clipboard.writeText(text).catch(function () { return oldWay(text); })
        : oldWay(text);
    return copied.then(
      function () { book.say("已复制"); },
      function () { book.say("复制不了，请选中文字后按 Ctrl+C"); }
    );
  };

  book.copier = function (label, text) {
    return book.button(label, function () { book.copy(text); });
  };
})((window.booksite = window.booksite || {}));
