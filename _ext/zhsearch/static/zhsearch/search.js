/* A query → an answer: exact first, then pinyin, then a near word, then most of the characters; the kind is said. */
(function (zh) {
  "use strict";

  function single(terms) {
    return terms.map(function (term) { return [term]; });
  }

  /* The longest pieces of the terms that the book does have: what to try instead. */
  function pieces(corpus, terms) {
    const out = [];
    terms.forEach(function (term) {
      for (let from = 0; from < term.length - 1; ) {
        let to = from + 1;
        while (to < term.length && corpus.text.indexOf(term.slice(from, to + 1)) >= 0) to++;
        if (to - from > 1) out.push(term.slice(from, to));
        from = to - from > 1 ? to : from + 1;
      }
    });
    return out.filter(function (piece, index) { return out.indexOf(piece) === index; }).slice(0, 5);
  }

  zh.search = function (data) {
    const corpus = zh.corpus(data);

    function grouped(answer) {
      answer.groups = data.groups
        .map(function (group, number) {
          return {
            label: group[0],
            results: answer.results.filter(function (result) { return result.group === number; }),
          };
        })
        .filter(function (group) { return group.results.length; });
      answer.needles = answer.terms.reduce(function (all, term) { return all.concat(term); }, []);
      answer.total = answer.results.length;
      return answer;
    }

    /* Each term that stands nowhere replaced by what ``read`` makes of it; null when that is nothing. */
    function replaced(terms, read) {
      let words = [];
      const alternatives = terms.map(function (term) {
        if (corpus.text.indexOf(term) >= 0) return [term];
        const found = read(corpus, term);
        words = words.concat(found);
        return found;
      });
      const possible = words.length && alternatives.every(function (list) { return list.length; });
      return possible ? { terms: alternatives, words: words } : null;
    }

    function attempt(query, terms, kind, read) {
      const other = replaced(terms, read);
      const results = other ? zh.find(corpus, other.terms) : [];
      return results.length ? grouped({ query: query, kind: kind, terms: other.terms, results: results, read: other.words }) : null;
    }

    function answer(query) {
      const shown = query.trim();
      const terms = zh.terms(shown, corpus.folder);
      if (!terms.length) return grouped({ query: shown, kind: "empty", terms: [], results: [], read: [] });
      const exact = zh.find(corpus, single(terms));
      if (exact.length) return grouped({ query: shown, kind: "exact", terms: single(terms), results: exact, read: [] });
      const letters = terms.every(function (term) { return /^[a-zü]+$/.test(term); }) ? [terms.join("")] : terms;
      const found =
        attempt(shown, letters, "pinyin", zh.pinyin) ||
        attempt(shown, terms, "pinyin", zh.pinyin) ||
        attempt(shown, terms, "near", zh.near);
      if (found) return found;
      const covered = zh.coverAll(corpus, terms);
      if (covered.length) {
        const needles = terms.map(function (term) {
          return corpus.text.indexOf(term) >= 0 ? [term] : zh.pairs(term);
        });
        return grouped({ query: shown, kind: "cover", terms: needles, results: covered, read: [] });
      }
      return grouped({ query: shown, kind: "none", terms: [], results: [], read: pieces(corpus, terms) });
    }

    return { answer: answer, corpus: corpus };
  };
})((window.zhsearch = window.zhsearch || {}));
