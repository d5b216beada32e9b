/* Tables on a narrow screen: cells know the head of their column, and a box that scrolls can be reached by keyboard. */
(function (book) {
  "use strict";

  const SHORT = 7; // characters: the name of a row that is not worth a second line
  const WHOLE = ".coverage-table, .form-table, .indextable"; // a grid is read as a grid

  function label(table) {
    const heads = book.all("thead th", table).map(function (th) { return th.textContent.trim(); });
    const rows = book.all("tbody tr", table);
    rows.forEach(function (row) {
      book.all("td, th", row).forEach(function (cell, column) {
        if (heads[column]) cell.setAttribute("data-label", heads[column]);
        breakable(cell);
      });
    });
    const names = rows.map(function (row) { return row.cells.length ? row.cells[0].textContent.trim() : ""; });
    table.classList.toggle("short-names", names.every(function (text) { return text.length <= SHORT; }));
    if (heads.length > 1 && !table.matches(WHOLE)) table.classList.add("cards");
  }

  /* Firefox breaks no line between a quotation mark and a bracket: a column would be as wide as both words. */
  function breakable(cell) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (/^（/.test(walker.currentNode.data)) found.push(walker.currentNode);
    found.forEach(function (text) { text.parentNode.insertBefore(document.createElement("wbr"), text); });
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
