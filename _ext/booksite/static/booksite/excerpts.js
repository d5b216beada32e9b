/* Under each excerpt: 复制引文 as printed, or corrected where they differ; 引用; 永久链接. */
(function (book) {
  "use strict";

  function citeLine(label, value) {
    const line = document.createElement("p");
    const text = document.createElement("span");
    text.className = "copy-text";
    text.textContent = value;
    line.append(label + "：", text);
    return line;
  }

  /* Each line of a 引用 panel gets a button that copies its text. */
  function copyButtons(panel) {
    book.all(".copy-text", panel).forEach(function (text) {
      const line = text.parentNode;
      const label = line.textContent.split("：")[0];
      const button = book.copier("复制", text.textContent);
      button.setAttribute("aria-label", "复制" + label);
      line.append(" ", button);
    });
  }

  function words(excerpt) {
    return book
      .all(".excerpt-text", excerpt)
      .map(function (p) { return book.textOf(book.rangeOver(p)); })
      .join("\n");
  }

  function panelOf(excerpt, citation) {
    const panel = book.tool("div", "cite-panel");
    panel.id = "cite-" + excerpt.id;
    panel.hidden = true;
    const citedAs = excerpt.getAttribute("data-cited-as");
    if (citedAs) panel.append(citeLine("行文中", citedAs));
    panel.append(citeLine("参考文献（GB/T 7714—2025）", citation), citeLine("永久编号", excerpt.id));
    copyButtons(panel);
    return panel;
  }

  function tools(excerpt) {
    if (!excerpt.id) return;
    const row = book.tool("div", "excerpt-tools");
    const citation = excerpt.getAttribute("data-citation");
    const link = book.tool("a", "", "永久链接");
    link.href = "#" + excerpt.id;
    excerpt.append(row);
    if (citation) {
      const printed = words(excerpt);
      const corrected = book.corrected(printed);
      const source = book.sourceOf(excerpt);
      row.append(book.copier("复制引文", printed + "\n" + source));
      if (corrected !== printed) {
        const note = "（已按《办公室工作手册》校订改正文字，原文见所引摘录）";
        row.append(book.copier("复制校订后文字", corrected + "\n" + source + note));
      }
      const panel = panelOf(excerpt, citation);
      const toggle = book.button("引用", function () {
        panel.hidden = !panel.hidden;
        toggle.setAttribute("aria-expanded", String(!panel.hidden));
      });
      toggle.setAttribute("aria-expanded", "false");
      toggle.setAttribute("aria-controls", panel.id);
      row.append(toggle);
      excerpt.append(panel);
    }
    row.append(link);
  }

  book.ready(function () {
    book.all("blockquote.excerpt").forEach(tools);
    book.all(".cite-this").forEach(copyButtons);
  });
})((window.booksite = window.booksite || {}));
