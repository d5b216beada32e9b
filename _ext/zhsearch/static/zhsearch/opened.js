/* Marks what was searched for on the page that a result opens, also where it runs across inline elements.

   Runs deferred, so before sphinx_highlight.js, which knows only text inside one element; the item is taken away from
   it. The marks are its own spans, so that its Escape key and the theme's style still hold. */
(function (zh) {
  "use strict";

  var KEY = "sphinx_highlight_terms";
  var SKIP = "script,style,button,select,textarea,.headerlink,.footnote-reference,.katex,math,svg,nav,.toctree-wrapper";
  var BLOCK = "p,li,td,th,h1,h2,h3,h4,h5,h6,dt,dd,pre,figcaption,caption,blockquote,div,section,article,main,body";

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
    var kept = storage(function (store) {
      var value = store.getItem(KEY);
      store.removeItem(KEY);
      return value;
    });
    return (kept || "").split(/\s+/).filter(Boolean);
  }

  function main() {
    return document.querySelector("[role=main], main, div.body") || document.body;
  }

  /* The text nodes of the page by block. */
  function blocks(root) {
    var options = window.zhsearchOptions || { exclude: [] };
    var skip = options.exclude.reduce(function (all, name) { return all + ",." + name; }, SKIP);
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode: function (node) {
        return node.parentElement.closest(skip) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      },
    });
    var groups = [];
    var last = null;
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var block = node.parentElement.closest(BLOCK);
      if (block !== last) groups.push([]);
      groups[groups.length - 1].push(node);
      last = block;
    }
    return groups;
  }

  function wrap(node, from, to) {
    var middle = from > 0 ? node.splitText(from) : node;
    if (to - from < middle.length) middle.splitText(to - from);
    var span = document.createElement("span");
    span.className = "highlighted";
    middle.parentNode.replaceChild(span, middle);
    span.appendChild(middle);
    return span;
  }

  function markBlock(nodes, folder, needles) {
    var text = nodes.map(function (node) { return node.data; }).join("");
    var ranges = zh.ranges(folder.map(text), needles);
    if (!ranges.length) return [];
    var spans = [];
    var end = text.length;
    // From the end, because wrapping splits a node and leaves what is before it.
    for (var n = nodes.length - 1; n >= 0; n--) {
      var start = end - nodes[n].length;
      for (var r = ranges.length - 1; r >= 0; r--) {
        var from = Math.max(ranges[r][0], start);
        var to = Math.min(ranges[r][1], end);
        if (from < to) spans.unshift(wrap(nodes[n], from - start, to - start));
      }
      end = start;
    }
    return spans;
  }

  zh.highlight = function (root, strings) {
    var folder = zh.folder("");
    var needles = strings.map(folder.fold).filter(Boolean);
    return blocks(root).reduce(function (all, nodes) { return all.concat(markBlock(nodes, folder, needles)); }, []);
  };

  /* The first mark at or after the place that was opened, when it is not yet in sight. */
  function show(spans) {
    var id = decodeURIComponent(window.location.hash.slice(1));
    var target = id ? document.getElementById(id) : null;
    var first = spans.filter(function (span) {
      return !target || target.contains(span) || target.compareDocumentPosition(span) & Node.DOCUMENT_POSITION_FOLLOWING;
    })[0];
    if (!first) return;
    var box = first.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight) first.scrollIntoView({ block: "center" });
  }

  var strings = recall();
  if (strings.length && !document.getElementById("search-results"))
    document.addEventListener("DOMContentLoaded", function () {
      var spans = zh.highlight(main(), strings);
      // After the browser has gone to the anchor.
      if (spans.length) window.setTimeout(function () { show(spans); }, 60);
    });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    document.querySelectorAll("span.highlighted").forEach(function (span) { span.classList.remove("highlighted"); });
  });
})((window.zhsearch = window.zhsearch || {}));
