/* Terms → results, ranked. A term is a list of alternatives (one, unless pinyin or a near word stands for it). */
(function (zh) {
  "use strict";

  /* For each passage that holds the term: how often, and whether in its heading. */
  zh.scan = function (corpus, alternatives) {
    var hits = new Map();
    alternatives.forEach(function (needle) {
      var number = 0;
      var at = corpus.text.indexOf(needle);
      while (at >= 0) {
        while (corpus.starts[number + 1] <= at) number++;
        var hit = hits.get(number);
        if (!hit) hits.set(number, (hit = { count: 0, head: false }));
        hit.count++;
        if (at - corpus.starts[number] < corpus.passages[number].head) hit.head = true;
        at = corpus.text.indexOf(needle, at + needle.length);
      }
    });
    return hits;
  };

  function titled(page, alternatives) {
    var best = 0;
    alternatives.forEach(function (needle) {
      if (page.folded === needle) best = 60;
      else if (page.folded.indexOf(needle) >= 0) best = Math.max(best, 30);
    });
    return best;
  }

  /* The passage that shows most terms; a heading before a text, many before few, the first before the next. */
  function best(corpus, numbers, scans) {
    var chosen = -1;
    var top = -1;
    numbers.forEach(function (number) {
      var value = 0;
      scans.forEach(function (hits) {
        var hit = hits.get(number);
        if (hit) value += 1000 + (hit.head ? 20 : 0) + Math.min(19, Math.log2(1 + hit.count) * 3);
      });
      if (value > top) {
        top = value;
        chosen = number;
      }
    });
    return chosen;
  }

  function result(corpus, terms, scans, page, numbers, whole) {
    var chosen = best(corpus, numbers, scans);
    var score = 0;
    var count = 0;
    var together = 0;
    terms.forEach(function (term, index) {
      var hits = scans[index];
      var here = 0;
      var head = 0;
      numbers.forEach(function (number) {
        var hit = hits.get(number);
        if (!hit) return;
        here += hit.count;
        if (hit.head) head = 16;
      });
      var title = titled(page, term);
      if (hits.has(chosen)) together++;
      score += (whole ? title : title / 5) + head + 4 * Math.log2(1 + here);
      count += here;
    });
    score = score / terms.length + (terms.length > 1 && together === terms.length ? 12 : 0);
    return {
      page: page,
      passage: corpus.passages[chosen],
      group: whole ? page.group : corpus.passages[chosen].group,
      score: score,
      count: count,
      others: numbers.filter(function (number) {
        return number !== chosen && scans.some(has(number));
      }),
    };
  }

  function has(number) {
    return function (hits) {
      return hits.has(number);
    };
  }

  zh.find = function (corpus, terms) {
    var scans = terms.map(function (term) {
      return zh.scan(corpus, term);
    });
    var touched = new Map(); // page → passages with a hit
    scans.forEach(function (hits) {
      hits.forEach(function (_, number) {
        var page = corpus.passages[number].page;
        if (!touched.has(page)) touched.set(page, new Set());
        touched.get(page).add(number);
      });
    });
    var results = [];
    touched.forEach(function (set, number) {
      var page = corpus.pages[number];
      var numbers = Array.from(set).sort(function (a, b) {
        return a - b;
      });
      var complete = terms.every(function (term, index) {
        return numbers.some(function (n) { return scans[index].has(n); }) || titled(page, term) > 0;
      });
      if (!complete) return;
      var alone = numbers.filter(function (n) {
        return corpus.passages[n].group >= 0 && terms.every(function (term, index) {
          return scans[index].has(n) || titled(page, term) > 0;
        });
      });
      alone.forEach(function (n) {
        results.push(result(corpus, terms, scans, page, [n], false));
      });
      var own = numbers.filter(function (n) {
        return corpus.passages[n].group < 0;
      });
      // A page whose only places are nodes of a group that stand as results of their own is not named again.
      if (own.length) results.push(result(corpus, terms, scans, page, complete && covers(own, scans) ? own : numbers, true));
      else if (!alone.length) results.push(result(corpus, terms, scans, page, numbers, true));
    });
    function covers(own, all) {
      return all.every(function (hits) {
        return own.some(function (n) { return hits.has(n); });
      });
    }
    return results.sort(function (a, b) {
      return b.score - a.score || a.passage.number - b.passage.number;
    });
  };
})((window.zhsearch = window.zhsearch || {}));
