/* The part of a passage that shows why it was found: pieces of text, each marked or not. */
(function (zh) {
  "use strict";

  const WIDTH = 96;
  const BEFORE = 24;
  const STOP = /[。！？；!?;]/;

  function pieces(text, ranges, from, to) {
    const out = [];
    let at = from;
    ranges.forEach(function (range) {
      if (range[1] <= from || range[0] >= to) return;
      const start = Math.max(from, range[0]);
      const end = Math.min(to, range[1]);
      if (start > at) out.push({ text: text.slice(at, start), mark: false });
      out.push({ text: text.slice(start, end), mark: true });
      at = end;
    });
    if (to > at) out.push({ text: text.slice(at, to), mark: false });
    return out;
  }

  /* A text with its matches marked, whole. */
  zh.marked = function (corpus, text, needles) {
    return pieces(text, zh.ranges(corpus.folder, text, needles), 0, text.length);
  };

  function kinds(text, ranges, from, to, corpus) {
    const seen = {};
    ranges.forEach(function (range) {
      if (range[0] >= from && range[1] <= to) seen[corpus.folder.fold(text.slice(range[0], range[1]))] = true;
    });
    return Object.keys(seen).join("").length;
  }

  function folded(needle) {
    return typeof needle === "string" ? needle : needle.folded;
  }

  /* Blocks with a whole word, where there are any: a part of a word does not tell why. */
  function telling(blocks, needles) {
    const whole = blocks.filter(function (block) {
      return needles.some(function (needle) { return needle.whole && needle.whole.test(block); });
    });
    return whole.length ? whole : blocks;
  }

  function cut(text, from, to) {
    // Not inside a surrogate pair.
    if (from > 0 && /[\udc00-\udfff]/.test(text[from])) from--;
    if (to < text.length && /[\udc00-\udfff]/.test(text[to])) to++;
    return [from, to];
  }

  zh.snippet = function (corpus, passage, needles) {
    let best = null;
    const most = needles.reduce(function (sum, needle) { return sum + folded(needle).length; }, 0);
    telling(passage.text.split("\n"), needles).forEach(function (block) {
      if (best && best.value >= most) return;
      const readings = corpus.readings(block);
      if (!needles.some(function (needle) { return readings.indexOf(folded(needle)) >= 0; })) return;
      const ranges = zh.ranges(corpus.folder, block, needles);
      ranges.slice(0, 40).forEach(function (range) {
        if (best && best.value >= most) return;
        let from = Math.max(0, range[0] - BEFORE);
        // Rather from the start of the sentence, when that is near.
        for (let i = range[0] - 1; i >= from; i--) if (STOP.test(block[i])) { from = i + 1; break; }
        const to = Math.min(block.length, Math.max(from + WIDTH, range[1]));
        const value = kinds(block, ranges, from, to, corpus);
        if (!best || value > best.value) best = { block: block, ranges: ranges, from: from, to: to, value: value };
      });
    });
    if (best) {
      const ends = cut(best.block, best.from, best.to);
      const out = pieces(best.block, best.ranges, ends[0], ends[1]);
      if (ends[0] > 0 && !/^[”’）」』》]*$/.test(best.block.slice(0, ends[0]))) out.unshift({ text: "……", mark: false });
      if (ends[1] < best.block.length) out.push({ text: "……", mark: false });
      return out;
    }
    // Only the heading matches: it comes first, then how the passage begins.
    const rest = passage.text.replace(/\n/g, "　").slice(0, WIDTH);
    const head = zh.marked(corpus, passage.heading || corpus.pages[passage.page].title, needles);
    return head.concat({ text: rest ? "　" + rest + (passage.text.length > WIDTH ? "……" : "") : "", mark: false });
  };

  /* For an approximate result: what is from the first to the last mark of its snippet, as one string. */
  zh.around = function (corpus, passage, needles) {
    const shown = zh.snippet(corpus, passage, needles);
    const marks = shown.map(function (piece) { return piece.mark; });
    const part = shown.slice(marks.indexOf(true), marks.lastIndexOf(true) + 1);
    return [part.map(function (piece) { return piece.text; }).join("").replace(/\s+/g, "")];
  };

  /* The source strings that matched on a page, for highlighting it; without white space, which parts them. */
  zh.matched = function (corpus, page, needles) {
    const found = new Set();
    for (let n = page.first; n < page.end && found.size < 40; n++) {
      const passage = corpus.passages[n];
      [passage.heading].concat(passage.text.split("\n")).forEach(function (text) {
        zh.ranges(corpus.folder, text, needles).forEach(function (range) {
          found.add(text.slice(range[0], range[1]).replace(/\s+/g, ""));
        });
      });
    }
    return Array.from(found).slice(0, 40);
  };
})((window.zhsearch = window.zhsearch || {}));
