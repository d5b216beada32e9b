/* What every script here stands on: elements, what is kept in this browser, and saying that something was done.

   Scripts are classic and share one global, because a browser loads no module from file://. The language they may use
   is stated once, in eslint.config.mjs. Whatever they put on a page has the class no-reading: it is a tool, not text. */
(function (book) {
  "use strict";

  /* A tool of the page: never part of what a reader selects, searches or prints. */
  book.tool = function (name, className, text) {
    const element = document.createElement(name);
    element.className = "no-reading no-search" + (className ? " " + className : "");
    if (text) element.textContent = text;
    return element;
  };

  book.button = function (label, onClick, className) {
    const button = book.tool("button", className, label);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  };

  /* A browser that keeps nothing for a page throws at the very name; the theme's script asks for it unguarded. */
  try {
    window.localStorage.getItem("");
  } catch (error) {
    const values = {};
    Object.defineProperty(window, "localStorage", {
      value: {
        getItem: function (key) { return Object.prototype.hasOwnProperty.call(values, key) ? values[key] : null; },
        setItem: function (key, value) { values[key] = String(value); },
        removeItem: function (key) { delete values[key]; },
      },
    });
  }

  /* Kept apart by project, edition and version: copies of several editions on one machine do not mix. */
  const EDITION = document.querySelector('meta[name="handbook-edition"]');
  const NAME = "handbook:" + (EDITION ? EDITION.content : document.title) + ":";

  book.kept = {
    read: function (key) {
      try {
        return JSON.parse(localStorage.getItem(NAME + key));
      } catch (error) {
        return null; // private mode, or a value that something else wrote
      }
    },
    write: function (key, value) {
      try {
        if (value === null) localStorage.removeItem(NAME + key);
        else localStorage.setItem(NAME + key, JSON.stringify(value));
      } catch (error) {
        // Private mode: it lasts for the visit.
      }
    },
    /* Everything that this edition has kept here. */
    clear: function () {
      try {
        Object.keys(localStorage)
          .filter(function (key) { return key.indexOf(NAME) === 0; })
          .forEach(function (key) { localStorage.removeItem(key); });
      } catch (error) {
        // Nothing could have been kept.
      }
    },
  };

  /* A line for a moment, in the corner; read aloud by screen readers. */
  let line = null;
  let timer = 0;
  book.say = function (text) {
    if (!line) {
      line = document.body.appendChild(book.tool("p", "said"));
      line.setAttribute("role", "status");
    }
    line.textContent = text;
    line.classList.add("shown");
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { line.classList.remove("shown"); }, 4000);
  };

  book.all = function (selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  };

  book.ready = function (action) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action);
    else action();
  };
})((window.booksite = window.booksite || {}));
