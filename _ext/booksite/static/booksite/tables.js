/* Tables on a narrow screen: cells know the head of their column, and a box that scrolls can be reached by keyboard. */
(function (book) {
  "use strict";

  function label(table) {
    const heads = book.all("thead th", table).map(function (th) { return th.textContent.trim(); });
    book.all("tbody tr", table).forEach(function (row) {
      book.all("td, th", row).forEach(function (cell, column) {
        if (heads[column]) cell.setAttribute("data-label", heads[column]);
      });
    });
  }

  function name(box) {
    const section = box.closest("section");
    const heading = section && section.querySelector("h1, h2, h3, h4");
    const text = heading ? book.textOf(book.rangeOver(heading)) : "";
    const before = book.all(".table-wrapper", section || document).indexOf(box);
    return "可左右滚动的表格" + (text ? "：" + text : "") + (before > 0 ? "（" + (before + 1) + "）" : "");
  }

  function scrolling() {
    book.all(".table-wrapper").forEach(function (box) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("scrolls", scrolls);
      if (!scrolls) return;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", name(box));
    });
  }

  book.ready(function () {
    book.all("article table").forEach(label);
    scrolling();
    window.addEventListener("resize", scrolling);
  });
})((window.booksite = window.booksite || {}));
