/* Loads what a page needs only when it is used, once, by tags: they work on file://, where fetch does not. */
(function (zh) {
  "use strict";

  const asked = {}; // address → whether it came (null: on its way), and who waits

  zh.root = function () {
    return document.documentElement.dataset.content_root || "";
  };

  function tag(path) {
    if (/\.css$/.test(path)) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = zh.root() + path;
      return link;
    }
    const script = document.createElement("script");
    script.async = false; // in the order in which they are added
    script.src = zh.root() + path;
    return script;
  }

  function one(path, callback) {
    const known = asked[path];
    if (known && known.came) return callback(true);
    if (known) return void known.waiting.push(callback);
    const entry = (asked[path] = { came: false, waiting: [callback] });
    const element = tag(path);
    function done(came) {
      entry.came = came;
      if (!came) delete asked[path]; // whoever asks again tries again
      entry.waiting.forEach(function (each) { each(came); });
    }
    element.onload = done.bind(null, true);
    element.onerror = done.bind(null, false);
    document.head.appendChild(element);
  }

  /* Calls back with whether everything is there. */
  zh.need = function (paths, callback) {
    let missing = paths.length;
    let whole = true;
    paths.forEach(function (path) {
      one(path, function (came) {
        whole = whole && came;
        if (!--missing) callback(whole);
      });
    });
  };

  zh.ready = function () {
    return Boolean(zh.search && window.zhsearchData);
  };

  /* Calls back with the engine, or with null when a file is missing. */
  zh.load = function (callback) {
    if (zh.ready()) return callback(zh.engine());
    const options = window.zhsearchOptions;
    zh.need(options.engine.concat([options.data]), function (whole) { callback(whole ? zh.engine() : null); });
  };

  let engine = null;

  zh.engine = function () {
    if (!engine) engine = zh.search(window.zhsearchData);
    return engine;
  };
})((window.zhsearch = window.zhsearch || {}));
