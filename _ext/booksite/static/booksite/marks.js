/* Editorial marks explain themselves to mouse, keyboard and screen reader. */
(function (book) {
  "use strict";

  const MARKS = {
    replaced: "改字：前面的字原文有误，〔〕内是应作的字。",
    supplied: "补字：原文脱漏，［］内是补出的字。",
    superfluous: "衍字：【】内的字是原文多出的。",
    note: "编者注：不是讲话的文字。",
  };

  book.ready(function () {
    const marks = book.all(".editorial-mark");
    if (!marks.length) return;
    const tip = document.body.appendChild(book.tool("div", "mark-tip"));
    tip.id = "mark-tip";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    function hide() { tip.hidden = true; }
    marks.forEach(function (mark) {
      const kind = Object.keys(MARKS).filter(function (name) { return mark.classList.contains(name); })[0];
      if (!kind) return;
      mark.tabIndex = 0;
      mark.setAttribute("role", "note");
      mark.setAttribute("aria-label", mark.textContent + "，" + MARKS[kind]);
      function show() {
        tip.textContent = MARKS[kind];
        tip.hidden = false;
        const box = mark.getBoundingClientRect();
        const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
        tip.style.left = Math.max(8, left) + window.scrollX + "px";
        tip.style.top = box.bottom + window.scrollY + 4 + "px";
      }
      mark.addEventListener("mouseenter", show);
      mark.addEventListener("focus", show);
      mark.addEventListener("mouseleave", hide);
      mark.addEventListener("blur", hide);
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  });
})((window.booksite = window.booksite || {}));
