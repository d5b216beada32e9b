/* Forms that can be filled in: what is typed is kept in this browser and nowhere else. Plain ES5 for old shells; works from file://. */
(function () {
  "use strict";

  function load(key) {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { return {}; }
  }

  function save(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* private mode: kept for the visit */ }
  }

  function labelOf(cell) {
    var before = cell.previousElementSibling;
    var head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
    if (head) return "第" + cell.parentNode.rowIndex + "行，" + head.textContent.trim();
    return before ? before.textContent.trim() : "填写处";
  }

  function fillable(form) {
    var section = form.closest("section[id]");
    var key = "handbook:form:" + (section ? section.id : location.pathname);
    var saved = load(key);
    var cells = Array.prototype.slice.call(form.querySelectorAll("td.blank"));
    cells.forEach(function (cell, index) {
      cell.setAttribute("contenteditable", "true");
      cell.setAttribute("role", "textbox");
      cell.setAttribute("aria-multiline", "true");
      cell.setAttribute("aria-label", labelOf(cell));
      cell.innerText = saved[index] || "";
      cell.addEventListener("input", function () {
        saved[index] = cell.innerText.replace(/\n+$/, "");
        save(key, saved);
      });
      cell.addEventListener("paste", function (event) {
        if (!event.clipboardData) return;
        event.preventDefault();
        document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
      });
    });
    tools(form, function () {
      saved = {};
      try { localStorage.removeItem(key); } catch (e) { /* nothing was kept */ }
      cells.forEach(function (cell) { cell.innerText = ""; });
    });
  }

  function tools(form, clear) {
    var line = form.nextElementSibling;
    if (!line || !line.classList.contains("form-tools")) {
      line = document.createElement("p");
      line.className = "form-tools no-search";
      form.parentNode.insertBefore(line, form.nextSibling);
    }
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "清空本表";
    button.addEventListener("click", function () {
      if (window.confirm("本表填写的内容将全部清除，确定吗？")) clear();
    });
    var note = document.createElement("span");
    note.textContent = "表格可以直接填写，内容只存在这台电脑的浏览器里；涉密内容不要填。";
    line.appendChild(document.createTextNode(" "));
    line.appendChild(button);
    line.appendChild(document.createTextNode(" "));
    line.appendChild(note);
  }

  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("div.form"), fillable);
  });
})();
