/* Forms that can be filled in: what is typed is kept in this browser and nowhere else, by edition and form. */
(function (book) {
  "use strict";

  function labelOf(cell) {
    const before = cell.previousElementSibling;
    const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
    if (head) return "第" + cell.parentNode.rowIndex + "行，" + head.textContent.trim();
    return before ? before.textContent.trim() : "填写处";
  }

  function fillable(form) {
    const section = form.closest("section[id]");
    const key = "form:" + (section ? section.id : location.pathname);
    let saved = book.kept.read(key) || {};
    const cells = book.all("td.blank", form);
    cells.forEach(function (cell, index) {
      book.writable(cell, labelOf(cell), saved[index] || "", function (text) {
        saved[index] = text;
        book.kept.write(key, saved);
      });
    });
    tools(form, function () {
      saved = {};
      book.kept.write(key, null);
      cells.forEach(function (cell) { cell.innerText = ""; });
    });
  }

  function tools(form, clear) {
    let line = form.nextElementSibling;
    if (!line || !line.classList.contains("form-tools")) {
      line = book.tool("p", "form-tools");
      form.parentNode.insertBefore(line, form.nextSibling);
    }
    const button = book.button("清空本表", function () {
      if (window.confirm("本表填写的内容将全部清除，确定吗？")) clear();
    });
    line.append(" ", button, " ", book.tool("span", "", "表格可以直接填写，内容只存在这台电脑的浏览器里；涉密内容不要填。"));
  }

  book.ready(function () { book.all("div.form").forEach(fillable); });
})((window.booksite = window.booksite || {}));
