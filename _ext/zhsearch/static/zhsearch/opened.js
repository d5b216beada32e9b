/* Marks what was searched for on the page that a result opens, also where it runs across inline elements.

   The marks are spans like those of sphinx_highlight.js, so that the theme's style holds for them. */
(function (zh) {
  "use strict";

  const SKIP = "script,style,button,select,textarea,.headerlink,.footnote-reference,.katex,math,svg,nav,.toctree-wrapper > ul,.toctree-wrapper > .caption";
  const BLOCK = "p,li,td,th,h1,h2,h3,h4,h5,h6,dt,dd,pre,figcaption,caption,blockquote,div,section,article,main,body";

  function main() {
    return document.querySelector("[role=main], main, div.body") || document.body;
  }

  /* The text nodes of the page by block. */
  function blocks(root) {
    const options = window.zhsearchOptions || { exclude: [] };
    const skip = options.exclude.reduce(function (all, name) { return all + ",." + name; }, SKIP);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode: function (node) {
        return node.parentElement.closest(skip) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      },
    });
    const groups = [];
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const block = node.parentElement.closest(BLOCK);
      if (block !== last) groups.push([]);
      groups[groups.length - 1].push(node);
      last = block;
    }
    return groups;
  }

  function wrap(node, from, to) {
    const middle = from > 0 ? node.splitText(from) : node;
    if (to - from < middle.length) middle.splitText(to - from);
    const span = document.createElement("span");
    span.className = "highlighted";
    middle.parentNode.replaceChild(span, middle);
    span.appendChild(middle);
    return span;
  }

  function joined(nodes) {
    return nodes.map(function (node) { return node.data; }).join("");
  }

  function markBlock(nodes, folder, needles) {
    const text = joined(nodes);
    const ranges = zh.ranges(folder, text, needles);
    if (!ranges.length) return [];
    const spans = [];
    let end = text.length;
    // From the end, because wrapping splits a node and leaves what is before it.
    for (let n = nodes.length - 1; n >= 0; n--) {
      const start = end - nodes[n].length;
      for (let r = ranges.length - 1; r >= 0; r--) {
        const from = Math.max(ranges[r][0], start);
        const to = Math.min(ranges[r][1], end);
        if (from < to) spans.unshift(wrap(nodes[n], from - start, to - start));
      }
      end = start;
    }
    return spans;
  }

  zh.highlight = function (root, strings) {
    const folder = zh.folder("");
    const needles = strings.map(function (s) { return zh.written(s, folder) || folder.fold(s); }).filter(Boolean);
    const all = blocks(root);
    function stands(pattern) {
      return all.some(function (nodes) { return pattern.test(joined(nodes)); });
    }
    needles.forEach(function (needle, index) {
      if (!needle.whole) return;
      needle.wholeOnly = stands(needle.whole);
      if (needle.strict && needle.folded && !stands(needle.literal)) needles[index] = needle.folded;
    });
    return all.reduce(function (spans, nodes) { return spans.concat(markBlock(nodes, folder, needles)); }, []);
  };

  /* The number of the first mark at or after the place that was opened. */
  function first(spans) {
    let id = window.location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch (error) {
      // An address that someone cut in two; it names nothing either way.
    }
    const target = id ? document.getElementById(id) : null;
    const after = spans.filter(function (span) {
      return !target || target.contains(span) || target.compareDocumentPosition(span) & Node.DOCUMENT_POSITION_FOLLOWING;
    })[0];
    return Math.max(0, spans.indexOf(after));
  }

  zh.opened = function (strings) {
    if (zh.unmark) zh.unmark(); // of the search before
    const spans = zh.highlight(main(), strings);
    // After the browser has gone to the anchor.
    if (spans.length) window.setTimeout(function () { zh.hits(spans, first(spans)); }, 60);
  };
})((window.zhsearch = window.zhsearch || {}));
