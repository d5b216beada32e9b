/* 自查清单: one choice a row, a line for 整改, how far one is, export and reset. Everything stays in this browser.

   A row is known by its words, not by its place: an item that is inserted or moved shifts no answer. */
(function (book) {
  "use strict";

  const CHOICES = ["是", "否", "不适用"];
  const UNANSWERED = "□";

  /* FNV-1a over the item's own words; numbers of excerpts change when a chapter does, so they do not count. */
  function keyOf(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("a, .excerpt-reference").forEach(function (node) { node.remove(); });
    let hash = 0x811c9dc5;
    const words = copy.textContent.replace(/[^\p{L}\p{N}]/gu, "");
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(36);
  }

  function Row(line, number, answers, changed) {
    const cells = Array.from(line.cells);
    this.key = keyOf(cells[0]);
    this.text = book.textOf(book.rangeOver(cells[0]));
    this.inputs = [];
    this.note = null;
    const answer = answers[this.key] || {};
    let choice = 0;
    cells.slice(1).forEach(function (cell) {
      if (cell.textContent.trim() === UNANSWERED) this.choice(cell, CHOICES[choice++], number, answer, changed);
      else if (!cell.textContent.trim()) this.line(cell, number, answer, changed);
    }, this);
  }

  Row.prototype.choice = function (cell, name, number, answer, changed) {
    const label = book.tool("label", "choice");
    const input = label.appendChild(document.createElement("input"));
    const self = this;
    input.type = "radio";
    input.name = "check-" + this.key;
    input.value = name;
    input.checked = answer.choice === name;
    input.setAttribute("aria-label", "第" + number + "项：" + name);
    label.appendChild(document.createElement("span")).textContent = name;
    // A second press takes the answer back.
    let was = false;
    label.addEventListener("pointerdown", function () { was = input.checked; });
    input.addEventListener("keydown", function () { was = false; });
    input.addEventListener("click", function () {
      if (was) input.checked = was = false;
      changed(self);
    });
    input.addEventListener("change", function () { changed(self); });
    cell.textContent = "";
    cell.appendChild(label);
    cell.classList.add("choice-cell");
    this.inputs.push(input);
  };

  Row.prototype.line = function (cell, number, answer, changed) {
    const self = this;
    this.note = book.tool("textarea", "mend");
    this.note.rows = 1;
    this.note.value = answer.note || "";
    this.note.setAttribute("aria-label", "第" + number + "项：整改");
    this.note.placeholder = "怎样整改、何时改好";
    this.note.addEventListener("input", function () { changed(self); });
    cell.textContent = "";
    cell.appendChild(this.note);
    cell.classList.add("mend-cell");
  };

  Row.prototype.answer = function () {
    const chosen = this.inputs.filter(function (input) { return input.checked; })[0];
    const note = this.note ? this.note.value.trim() : "";
    return chosen || note ? { choice: chosen ? chosen.value : "", note: note } : null;
  };

  Row.prototype.clear = function () {
    this.inputs.forEach(function (input) { input.checked = false; });
    if (this.note) this.note.value = "";
  };

  function summary(rows) {
    const answers = rows.map(function (row) { return row.answer(); }).filter(function (a) { return a && a.choice; });
    const no = answers.filter(function (answer) { return answer.choice === "否"; }).length;
    return "已查 " + answers.length + "/" + rows.length + (no ? "，否 " + no : "");
  }

  function asText(rows, heading) {
    const day = new Date();
    const date = day.getFullYear() + "年" + (day.getMonth() + 1) + "月" + day.getDate() + "日";
    const lines = rows.map(function (row, index) {
      const answer = row.answer() || { choice: "", note: "" };
      return index + 1 + ". " + row.text + "：" + (answer.choice || "未查") + (answer.note ? "。整改：" + answer.note : "");
    });
    return [heading + "（" + date + "，" + summary(rows) + "）"].concat(lines).join("\n");
  }

  /* A text file; with a mark of its encoding, and line ends that every Notepad shows. */
  function save(text, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text.replace(/\n/g, "\r\n") + "\r\n"], { type: "text/plain" }));
    link.download = name.replace(/[\\/:*?"<>|\s]+/g, "-") + ".txt";
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    book.say("已存为文件“" + link.download + "”，在浏览器的下载文件夹里。");
  }

  function headingOf(table) {
    const section = table.closest("section");
    const title = document.querySelector("article h1");
    const heading = section && section.querySelector("h2, h3");
    return [title, heading]
      .filter(Boolean)
      .map(function (node) { return book.textOf(book.rangeOver(node)).trim(); })
      .join("　");
  }

  function checklist(table) {
    const answers = book.kept.read("checks") || {};
    const told = book.tool("span", "checked-count");
    told.setAttribute("role", "status");
    function tell() { told.textContent = summary(rows); }
    function changed(row) {
      const kept = book.kept.read("checks") || {};
      const answer = row.answer();
      if (answer) kept[row.key] = answer;
      else delete kept[row.key];
      book.kept.write("checks", Object.keys(kept).length ? kept : null);
      tell();
    }
    const rows = book.all("tbody tr:not(.checklist-group)", table).map(function (line, index) {
      return new Row(line, index + 1, answers, changed);
    });
    const tools = book.tool("p", "checklist-tools");
    tools.append(
      told,
      book.button("复制自查结果", function () { book.copy(asText(rows, headingOf(table))); }),
      book.button("存为文件", function () { save(asText(rows, headingOf(table)), headingOf(table)); }),
      book.button("清除", function () {
        const had = rows.map(function (row) { return row.answer(); });
        if (had.some(Boolean) && !window.confirm("本表的勾选和整改将全部清除，确定吗？")) return;
        rows.forEach(function (row) {
          row.clear();
          changed(row);
        });
        if (had.some(Boolean)) book.say("已清除本表的勾选和整改。");
      })
    );
    const wrapper = table.closest(".table-wrapper") || table;
    wrapper.parentNode.insertBefore(tools, wrapper.nextSibling);
    tell();
  }

  book.ready(function () { book.all("table.checklist").forEach(checklist); });
})((window.booksite = window.booksite || {}));
