/* What every page does: the list is loaded when a reader first goes to a search box, the marks when a result opened the page.

   Runs deferred, so before sphinx_highlight.js, which knows only text inside one element; the item is taken away from it. */
(function (zh) {
  "use strict";

  const KEY = "sphinx_highlight_terms";
  const BOX = 'input[name="q"]';

  function storage(action) {
    try {
      return action(window.localStorage);
    } catch (error) {
      return null; // a browser that keeps nothing for file://
    }
  }

  zh.remember = function (strings) {
    storage(function (store) { store.setItem(KEY, strings.join(" ")); });
  };

  function recall() {
    const kept = storage(function (store) {
      const value = store.getItem(KEY);
      store.removeItem(KEY);
      return value;
    });
    return (kept || "").split(/\s+/).filter(Boolean);
  }

  const results = document.getElementById("search-results"); // the search page loads everything itself

  /* Marks what was searched for; again when a result leads to a place of the page that is open. */
  zh.arrive = function () {
    const strings = recall();
    if (!strings.length || results) return;
    zh.need(window.zhsearchOptions.marks, function (whole) { if (whole) zh.opened(strings); });
  };
  zh.arrive();

  function atBox(element) {
    if (results || !element || !element.matches || !element.matches(BOX)) return;
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("input", onFocus);
    zh.need(window.zhsearchOptions.list, function () {});
  }

  function onFocus(event) {
    atBox(event.target);
  }

  document.addEventListener("focusin", onFocus);
  document.addEventListener("input", onFocus); // a window that is not the active one tells of no focus
  atBox(document.activeElement);
})((window.zhsearch = window.zhsearch || {}));
