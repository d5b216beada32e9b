/* Loads the engine and the text once, by script tags: they work on file://, where fetch does not. */
(function (zh) {
  "use strict";

  let waiting = null; // callbacks while loading

  zh.root = function () {
    return document.documentElement.dataset.content_root || "";
  };

  function append(path, loaded, failed) {
    const script = document.createElement("script");
    script.async = false; // in the order in which they are added
    script.src = zh.root() + path;
    script.onload = loaded;
    script.onerror = failed;
    document.head.appendChild(script);
  }

  zh.ready = function () {
    return Boolean(zh.search && window.zhsearchData);
  };

  /* Calls back with the engine, or with null when a file is missing. */
  zh.load = function (callback) {
    if (zh.ready()) return callback(zh.engine());
    if (waiting) return void waiting.push(callback);
    waiting = [callback];
    const paths = window.zhsearchOptions.engine.concat([window.zhsearchOptions.data]);
    let missing = paths.length;
    function done(ok) {
      if (!waiting || (ok && --missing)) return;
      const callbacks = waiting;
      waiting = null;
      callbacks.forEach(function (each) {
        each(ok ? zh.engine() : null);
      });
    }
    paths.forEach(function (path) {
      append(path, done.bind(null, true), done.bind(null, false));
    });
  };

  let engine = null;

  zh.engine = function () {
    if (!engine) engine = zh.search(window.zhsearchData);
    return engine;
  };
})((window.zhsearch = window.zhsearch || {}));
