/* "/" goes to the search box, also where a drawer or a dialog hides it. Before doctools.js, which only focuses. */
(function (zh) {
  "use strict";

  function visible(element) {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > 0 && box.left < window.innerWidth;
  }

  function boxes() {
    return Array.from(document.querySelectorAll('input[name="q"]'));
  }

  /* No box in reach: there is one on the search page, where there is a search page. */
  function search() {
    const page = document.querySelector('link[rel="search"][href$="html"], link[rel="search"][href$="/"]');
    if (page) window.location.assign(page.href);
    return Boolean(page);
  }

  zh.focusBox = function () {
    const all = boxes();
    let box = all.filter(visible)[0];
    const drawer = document.getElementById("__navigation"); // furo's
    if (!box && drawer && all.length) {
      drawer.checked = true;
      drawer.dispatchEvent(new Event("change"));
      box = all[0];
    }
    const dialog = box ? null : all.map(function (each) { return each.closest("dialog"); }).filter(Boolean)[0];
    if (dialog && dialog.showModal && !dialog.open) {
      dialog.showModal();
      box = dialog.querySelector('input[name="q"]');
    }
    if (!box) return search();
    box.focus();
    box.select();
    return true;
  };

  function typing(element) {
    return element && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable);
  }

  document.addEventListener(
    "keydown",
    function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      if (event.key !== "/" && event.key !== "／" && event.key !== "、") return;
      if (typing(document.activeElement) || !zh.focusBox()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true
  );
})((window.zhsearch = window.zhsearch || {}));
