/* Terms → results, ranked: whole words first. A term is a list of alternatives (one, unless pinyin or a near word stands
   for it), each a folded string or what ``zh.written`` makes. */
(function (zh) {
  "use strict";

  /* How often each passage holds the term, whether in its heading, and which passages hold it, in their order. */
  zh.scan = function (corpus, alternatives) {
    const length = corpus.passages.length;
    const hits = { count: new Uint32Array(length), head: new Uint8Array(length), whole: new Uint8Array(length), numbers: [] };
    const starts = corpus.starts;
    alternatives.forEach(function (needle) {
      if (typeof needle !== "string") return void zh.scanWritten(corpus, needle, hits);
      let number = 0;
      let at = corpus.text.indexOf(needle);
      while (at >= 0) {
        while (starts[number + 1] <= at) number++;
        // A corrected reading counts where the printed one has nothing.
        const again = at - starts[number] >= corpus.passages[number].body;
        if (!hits.count[number]) hits.numbers.push(number);
        hits.whole[number] = 1; // Chinese is not written in words
        if (!again || !hits.count[number]) hits.count[number]++;
        if (at - starts[number] < corpus.passages[number].head) hits.head[number] = 1;
        at = corpus.text.indexOf(needle, at + needle.length);
      }
    });
    if (alternatives.length > 1) hits.numbers.sort(ascending);
    return hits;
  };

  function ascending(a, b) {
    return a - b;
  }

  function titled(page, alternatives) {
    let best = 0;
    alternatives.forEach(function (each) {
      const needle = typeof each === "string" ? each : each.folded;
      if (each.strict && !each.literal.test(page.title)) return;
      if (page.folded === needle) best = 60;
      else if (page.folded.indexOf(needle) >= 0) best = Math.max(best, 30);
    });
    return best;
  }

  function wholeIn(title, alternatives) {
    return alternatives.some(function (each) { return typeof each === "string" || each.whole.test(title); });
  }

  /* The passage that shows most terms; a whole word before a part of one, a heading before a text, many before few, the first before the next. */
  function best(numbers, scans) {
    if (numbers.length === 1) return numbers[0];
    let chosen = -1;
    let top = -1;
    numbers.forEach(function (number) {
      let value = 0;
      scans.forEach(function (hits) {
        const count = hits.count[number];
        if (count) value += 1000 + 200 * hits.whole[number] + (hits.head[number] ? 20 : 0) + Math.min(19, Math.log2(1 + count) * 3);
      });
      if (value > top) {
        top = value;
        chosen = number;
      }
    });
    return chosen;
  }

  /* ``titles``: what each term is worth in the page's title; ``whole``: the page is the result, not one passage. */
  function result(corpus, terms, scans, page, numbers, titles, whole) {
    const chosen = best(numbers, scans);
    let score = 0;
    let count = 0;
    let together = 0;
    let words = 0; // terms that stand there whole
    for (let t = 0; t < scans.length; t++) {
      const hits = scans[t];
      let here = 0;
      let head = 0;
      for (let i = 0; i < numbers.length; i++) {
        here += hits.count[numbers[i]];
        if (hits.head[numbers[i]]) head = 16;
      }
      if (hits.whole[chosen] || (titles[t] && wholeIn(page.title, terms[t]))) words++;
      if (hits.count[chosen]) together++;
      score += (whole ? titles[t] : titles[t] / 5) + head + 4 * Math.log2(1 + here);
      count += here;
    }
    score = score / scans.length + (scans.length > 1 && together === scans.length ? 12 : 0);
    return {
      page: page,
      passage: corpus.passages[chosen],
      group: whole ? page.group : corpus.passages[chosen].group,
      words: words,
      score: score,
      count: count,
      others: numbers.length > 1 ? numbers.filter(function (number) { return number !== chosen; }) : [],
    };
  }

  /* The results of one page, of whose passages ``numbers`` hold a term. */
  function ofPage(corpus, terms, scans, page, numbers, results) {
    const titles = terms.map(titled.bind(null, page));
    function all(list) {
      for (let t = 0; t < scans.length; t++) {
        let held = titles[t] > 0;
        for (let i = 0; i < list.length && !held; i++) held = scans[t].count[list[i]] > 0;
        if (!held) return false;
      }
      return true;
    }
    if (!all(numbers)) return;
    const own = [];
    let alone = 0;
    numbers.forEach(function (number) {
      if (corpus.passages[number].group < 0) own.push(number);
      else if (all([number])) {
        alone++;
        results.push(result(corpus, terms, scans, page, [number], titles, false));
      }
    });
    // A page whose only places are passages that stand as results of their own is not named again.
    if (own.length || !alone) results.push(result(corpus, terms, scans, page, all(own) ? own : numbers, titles, true));
  }

  zh.find = function (corpus, terms) {
    const scans = terms.map(zh.scan.bind(null, corpus));
    let touched = scans.reduce(function (union, hits) { return union.concat(hits.numbers); }, []);
    if (scans.length > 1) touched = Array.from(new Set(touched)).sort(ascending);
    const results = [];
    for (let from = 0; from < touched.length; ) {
      const page = corpus.pages[corpus.passages[touched[from]].page];
      let to = from;
      while (to < touched.length && touched[to] < page.end) to++;
      ofPage(corpus, terms, scans, page, touched.slice(from, to), results);
      from = to;
    }
    return results.sort(zh.better);
  };

  /* Equal scores keep the order of the book. */
  zh.better = function (a, b) {
    return (b.words || 0) - (a.words || 0) || b.score - a.score || a.passage.number - b.passage.number;
  };
})((window.zhsearch = window.zhsearch || {}));
