/* A filter over a long table of results: by words, by speech, by result. */
(function (book) {
  "use strict";

  function select(name, values) {
    const box = document.createElement("select");
    [name].concat(values).forEach(function (value, index) {
      const option = box.appendChild(document.createElement("option"));
      option.value = index ? value : "";
      option.textContent = index ? value : "全部";
    });
    return box;
  }

  function labelled(bar, name, control) {
    const label = bar.appendChild(document.createElement("label"));
    label.append(name, control);
    return control;
  }

  function each(rows, find) {
    return Array.from(new Set(rows.map(find).filter(Boolean))).sort();
  }

  function titleOf(row) {
    const match = /《.*?》/.exec(row.cells[2] ? row.cells[2].textContent : "");
    return match ? match[0] : "";
  }

  function resultOf(row) {
    return row.cells[3] ? row.cells[3].textContent.trim().split(/[。；]/)[0] : "";
  }

  function filter(table) {
    const rows = book.all("tbody tr", table);
    if (rows.length < 20 || rows[0].cells.length < 4) return;
    const bar = book.tool("form", "table-filter");
    bar.setAttribute("aria-label", "筛选本表");
    const words = document.createElement("input");
    words.type = "search";
    const speech = select("讲话", each(rows, titleOf));
    const result = select("核对结果", each(rows, resultOf));
    labelled(bar, "文字", words);
    labelled(bar, "讲话", speech);
    labelled(bar, "核对结果", result);
    const told = bar.appendChild(document.createElement("span"));
    told.setAttribute("role", "status");
    function apply() {
      let shown = 0;
      rows.forEach(function (row) {
        const fits =
          row.textContent.indexOf(words.value.trim()) >= 0 &&
          (!speech.value || titleOf(row) === speech.value) &&
          (!result.value || resultOf(row) === result.value);
        row.hidden = !fits;
        if (fits) shown++;
      });
      told.textContent = "显示 " + shown + "/" + rows.length + " 条";
    }
    bar.addEventListener("input", apply);
    bar.addEventListener("change", apply);
    bar.addEventListener("submit", function (event) { event.preventDefault(); });
    const wrapper = table.closest(".table-wrapper") || table;
    wrapper.parentNode.insertBefore(bar, wrapper);
    apply();
  }

  book.ready(function () { book.all("table.verification-table").forEach(filter); });
})((window.booksite = window.booksite || {}));
