/* A place of the page that a reader writes in: plain text, kept in this browser and nowhere else. */
(function (book) {
  "use strict";

  /* Calls back with the text after each change. */
  book.writable = function (place, label, text, changed) {
    place.setAttribute("contenteditable", "true");
    place.setAttribute("role", "textbox");
    place.setAttribute("aria-multiline", "true");
    place.setAttribute("aria-label", label);
    place.innerText = text;
    place.addEventListener("input", function () {
      const now = place.innerText.replace(/\n+$/, "");
      if (!now) place.textContent = ""; // a browser leaves a line break behind
      changed(now);
    });
    place.addEventListener("paste", function (event) {
      if (!event.clipboardData) return;
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
  };
})((window.booksite = window.booksite || {}));
