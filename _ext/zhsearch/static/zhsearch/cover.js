/* Passages with one block that holds most pairs of neighbouring characters of a long term. Always shown as 近似. */
(function (zh) {
  "use strict";

  const ENOUGH = 0.6; // of the pairs; 食堂管理 has one pair of three in 管理, which is not an answer

  zh.pairs = function (term) {
    const pairs = [];
    for (let i = 0; i + 1 < term.length; i++) {
      const pair = term.slice(i, i + 2);
      if (pairs.indexOf(pair) < 0) pairs.push(pair);
    }
    return pairs;
  };

  zh.cover = function (corpus, term) {
    const pairs = zh.pairs(term);
    if (pairs.length < 3) return [];
    const blocks = new Map(); // start of the block → pairs found
    pairs.forEach(function (pair) {
      let end = -1;
      let start = 0;
      let at = corpus.text.indexOf(pair);
      while (at >= 0) {
        if (at >= end) {
          start = corpus.text.lastIndexOf("\n", at) + 1;
          end = corpus.text.indexOf("\n", at);
          blocks.set(start, (blocks.get(start) || 0) + 1);
        }
        at = corpus.text.indexOf(pair, end); // once a block
      }
    });
    const least = Math.max(2, Math.ceil(pairs.length * ENOUGH));
    const found = [];
    let most = 0;
    blocks.forEach(function (count, start) {
      if (count >= least) found.push([start, count]);
      most = Math.max(most, count);
    });
    // What is far behind the best is noise.
    return found.filter(function (item) { return item[1] >= most * 0.8; });
  };

  /* Results for terms of which every one is in the passage as it is or by its pairs. */
  zh.coverAll = function (corpus, terms) {
    let scores = null;
    terms.forEach(function (term) {
      const mine = new Map();
      zh.scan(corpus, [term]).numbers.forEach(function (number) { mine.set(number, 1); });
      const total = zh.pairs(term).length;
      zh.cover(corpus, term).forEach(function (item) {
        const number = numberAt(corpus, item[0]);
        mine.set(number, Math.max(mine.get(number) || 0, item[1] / total));
      });
      const before = scores;
      scores = new Map();
      mine.forEach(function (value, number) {
        if (!before || before.has(number)) scores.set(number, value + (before ? before.get(number) : 0));
      });
    });
    const results = [];
    (scores || new Map()).forEach(function (score, number) {
      const passage = corpus.passages[number];
      const page = corpus.pages[passage.page];
      const group = passage.group < 0 ? page.group : passage.group;
      results.push({ page: page, passage: passage, group: group, score: score, count: 1, others: [] });
    });
    return results.sort(zh.better);
  };

  function numberAt(corpus, position) {
    let low = 0;
    let high = corpus.passages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (corpus.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
})((window.zhsearch = window.zhsearch || {}));
