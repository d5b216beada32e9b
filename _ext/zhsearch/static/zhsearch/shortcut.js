/* "/" goes to the search box, also where a narrow window hides it in a drawer. Before doctools.js, which only focuses. */
(function (zh) {
  "use strict";

  function visible(element) {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > 0 && box.left < window.innerWidth;
  }

  function boxes() {
    return Array.from(document.querySelectorAll('input[name="q"]'));
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
    if (!box) return false;
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
