/* The frame: drawer and page contents open by buttons; expanders of the menu; size of the letters. */
(function (book) {
  "use strict";

  /* One state for the drawer and one for the contents: the theme's own check boxes, which its style asks. */
  function drawer(box) {
    const openers = book.all('[data-opens="' + box.id + '"]');
    const panel = document.getElementById(openers.length ? openers[0].getAttribute("aria-controls") : "");
    if (!panel) return;
    let opener = null;
    function told() {
      openers.forEach(function (button) { button.setAttribute("aria-expanded", String(box.checked)); });
    }
    function set(open) {
      box.checked = open;
      told();
      if (!open && opener && panel.contains(document.activeElement)) opener.focus();
      if (open) {
        const first = book.all("a[href], button, input:not([type=hidden])", panel).filter(function (each) {
          return each.getClientRects().length; // the theme hides some
        })[0];
        if (first) first.focus();
      }
    }
    openers.forEach(function (button) {
      button.addEventListener("click", function () {
        opener = button;
        set(!box.checked);
      });
    });
    box.addEventListener("change", told); // the slash key opens the drawer too
    book.all('[data-closes="' + box.id + '"]').forEach(function (overlay) {
      overlay.addEventListener("click", function () { set(false); });
    });
    panel.addEventListener("click", function (event) { if (event.target.closest("a")) box.checked = false; });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && box.checked && !event.defaultPrevented) set(false);
    });
    // Nothing is trapped: who tabs out of an open drawer closes it, also where the page ends with it.
    let tabbing = false;
    panel.addEventListener("keydown", function (event) { tabbing = event.key === "Tab"; });
    panel.addEventListener("pointerdown", function () { tabbing = false; });
    panel.addEventListener("focusout", function (event) {
      const next = event.relatedTarget;
      if (!box.checked) return;
      if (!next) {
        if (tabbing) set(false);
      } else if (!panel.contains(next) && openers.indexOf(next) < 0 && !next.closest(".zhsearch-panel")) {
        set(false);
      }
    });
  }

  /* The theme's expanders are labels of hidden check boxes; a button does what they do, and takes focus. */
  function expander(box) {
    const label = box.nextElementSibling;
    if (!label || label.tagName !== "LABEL") return;
    const name = (box.parentNode.querySelector("a") || label).textContent.trim();
    const button = book.button("", function () {
      box.checked = !box.checked;
      button.setAttribute("aria-expanded", String(box.checked));
    }, "menu-expander");
    button.setAttribute("aria-label", "展开“" + name + "”下的各篇");
    button.setAttribute("aria-expanded", String(box.checked));
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
    label.replaceWith(button);
  }

  const SIZES = ["标准", "大字", "特大"];

  function sizes(button) {
    function show(size) {
      document.documentElement.setAttribute("data-size", String(size));
      button.textContent = "字号：" + SIZES[size];
      button.setAttribute("aria-label", "字号：" + SIZES[size] + "，按一下换一种");
    }
    let size = Number(book.kept.read("size")) || 0;
    show(size);
    button.addEventListener("click", function () {
      size = (size + 1) % SIZES.length;
      book.kept.write("size", size);
      show(size);
    });
  }

  book.ready(function () {
    book.all(".sidebar-toggle").forEach(drawer);
    book.all(".toctree-checkbox").forEach(expander);
    book.all(".size-toggle").forEach(sizes);
    book.all("[data-search]").forEach(function (button) {
      button.addEventListener("click", function () { if (window.zhsearch) window.zhsearch.focusBox(); });
    });
    book.all("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
  });
})((window.booksite = window.booksite || {}));
