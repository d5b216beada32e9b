/* Copying a citation, ticking a checklist, explaining a mark. Plain ES2015 for old shells; works from file://. */
(function () {
  "use strict";

  var MARKS = {
    replaced: "改字：前面的字原文有误，〔〕内是应作的字。",
    supplied: "补字：原文脱漏，［］内是补出的字。",
    superfluous: "衍字：【】内的字是原文多出的。",
    note: "编者注：不是讲话的文字。",
  };

  function button(label, onClick) {
    var node = document.createElement("button");
    node.type = "button";
    node.textContent = label;
    node.addEventListener("click", onClick);
    return node;
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyOldWay(text); });
    }
    return copyOldWay(text);
  }

  function copyOldWay(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.top = "-100px";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    document.body.removeChild(area);
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function say(place, text) {
    var old = place.querySelector(".copied");
    if (old) old.remove();
    var note = document.createElement("span");
    note.className = "copied";
    note.setAttribute("role", "status");
    place.appendChild(note);
    note.textContent = text;
  }

  function copier(place, label, value) {
    return button(label, function () {
      copy(value).then(
        function () { say(place, "已复制"); },
        function () { say(place, "复制不了，请选中文字后按 Ctrl+C"); }
      );
    });
  }

  function citeLine(label, value) {
    var line = document.createElement("p");
    var text = document.createElement("span");
    text.className = "copy-text";
    text.textContent = value;
    line.append(label + "：", text);
    return line;
  }

  // Each line of a 引用 panel gets a button that copies its text.
  function copyButtons(panel) {
    panel.querySelectorAll(".copy-text").forEach(function (text) {
      var line = text.parentNode;
      var label = line.textContent.split("：")[0];
      var node = copier(line, "复制", text.textContent);
      node.setAttribute("aria-label", "复制" + label);
      line.append(" ", node);
    });
  }

  function excerptTools(excerpt) {
    var tools = document.createElement("div");
    tools.className = "excerpt-tools no-search";
    var text = Array.prototype.map
      .call(excerpt.querySelectorAll(".excerpt-text"), function (p) { return p.textContent.trim(); })
      .join("\n");
    var citation = excerpt.getAttribute("data-citation") || "";
    var citedAs = excerpt.getAttribute("data-cited-as") || "";
    var link = document.createElement("a");
    link.href = "#" + excerpt.id;
    link.textContent = "永久链接";
    if (citation) {
      var source = excerpt.querySelector(".source-line").textContent.replace(/^.*?——/, "——").trim();
      if (citedAs) source += "，见" + citedAs;
      if (excerpt.querySelector(".secondhand-note")) source += "（转引，未核对原文）";
      tools.appendChild(copier(tools, "复制引文", text + "\n" + source));
      var panel = document.createElement("div");
      panel.className = "cite-panel no-search";
      panel.id = "cite-" + excerpt.id;
      panel.hidden = true;
      if (citedAs) panel.append(citeLine("行文中", citedAs));
      panel.append(citeLine("参考文献（GB/T 7714—2025）", citation), citeLine("永久编号", excerpt.id));
      copyButtons(panel);
      var toggle = button("引用", function () {
        panel.hidden = !panel.hidden;
        toggle.setAttribute("aria-expanded", String(!panel.hidden));
      });
      toggle.setAttribute("aria-expanded", "false");
      toggle.setAttribute("aria-controls", panel.id);
      tools.append(toggle, link);
      excerpt.append(tools, panel);
    } else if (excerpt.id) {
      tools.appendChild(link);
      excerpt.appendChild(tools);
    }
  }

  function checklist(table, index) {
    var key = "handbook:" + location.pathname.split("/").slice(-2).join("/") + ":" + index;
    var saved = {};
    try { saved = JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { saved = {}; }
    var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), function (th) { return th.textContent.trim(); });
    var boxes = [];
    table.querySelectorAll("tbody tr").forEach(function (row, line) {
      row.querySelectorAll("td").forEach(function (cell, column) {
        if (cell.textContent.trim() !== "□") return;
        var box = document.createElement("input");
        box.type = "checkbox";
        box.setAttribute("aria-label", "第" + (line + 1) + "项：" + heads[column]);
        box.checked = Boolean(saved[line + "." + column]);
        box.addEventListener("change", function () {
          saved[line + "." + column] = box.checked;
          try { localStorage.setItem(key, JSON.stringify(saved)); } catch (e) { /* private mode: ticks last for the visit */ }
        });
        cell.textContent = "";
        cell.appendChild(box);
        boxes.push(box);
      });
    });
    var tools = document.createElement("p");
    tools.className = "checklist-tools no-search";
    tools.appendChild(button("清空勾选", function () {
      saved = {};
      boxes.forEach(function (box) { box.checked = false; });
      try { localStorage.removeItem(key); } catch (e) { /* nothing was kept */ }
    }));
    var wrapper = table.closest(".table-wrapper") || table;
    wrapper.parentNode.insertBefore(tools, wrapper.nextSibling);
  }

  function explainMarks() {
    var tip = document.createElement("div");
    tip.className = "mark-tip no-search";
    tip.id = "mark-tip";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    document.body.appendChild(tip);
    function hide() { tip.hidden = true; }
    document.querySelectorAll(".editorial-mark").forEach(function (mark) {
      var kind = Object.keys(MARKS).filter(function (name) { return mark.classList.contains(name); })[0];
      if (!kind) return;
      mark.tabIndex = 0;
      mark.setAttribute("role", "note");
      mark.setAttribute("aria-label", mark.textContent + "，" + MARKS[kind]);
      function show() {
        tip.textContent = MARKS[kind];
        tip.hidden = false;
        var box = mark.getBoundingClientRect();
        var left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
        tip.style.left = Math.max(8, left) + window.scrollX + "px";
        tip.style.top = box.bottom + window.scrollY + 4 + "px";
      }
      mark.addEventListener("mouseenter", show);
      mark.addEventListener("focus", show);
      mark.addEventListener("mouseleave", hide);
      mark.addEventListener("blur", hide);
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("blockquote.excerpt").forEach(excerptTools);
    document.querySelectorAll(".cite-this").forEach(copyButtons);
    document.querySelectorAll("table.checklist").forEach(checklist);
    explainMarks();
    // Wide tables scroll inside their box: a box that scrolls must be reachable by keyboard.
    document.querySelectorAll(".table-wrapper").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", "可左右滚动的表格");
      }
    });
  });
})();
