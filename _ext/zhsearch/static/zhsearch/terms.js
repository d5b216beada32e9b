/* The book's own general index: its entries are found whether or not the text has the same words. */
(function (zh) {
  "use strict";

  const MOST = 5;

  /* Entries by their folded names, and passages by their addresses; made once. */
  function prepared(corpus) {
    if (corpus.terms) return corpus.terms;
    const byAddress = new Map();
    corpus.passages.forEach(function (passage) {
      const address = corpus.pages[passage.page].url + "#" + passage.anchor;
      if (!byAddress.has(address)) byAddress.set(address, passage);
    });
    function placeOf(address) {
      const url = address.split("#")[0];
      const page = corpus.pages.filter(function (each) { return each.url === url; })[0];
      return byAddress.get(address) || (page ? corpus.passages[page.first] : null);
    }
    corpus.terms = (corpus.data.terms || []).map(function (row) {
      return { name: row[0], folded: corpus.folder.fold(row[0]), addresses: row[1], placeOf: placeOf };
    });
    return corpus.terms;
  }

  function worth(entry, query) {
    if (entry.folded === query) return 4;
    if (query.length > 1 && entry.folded.indexOf(query) === 0) return 3;
    if (query.length > 1 && entry.folded.indexOf(query) > 0) return 2;
    if (entry.folded.length > 1 && entry.folded.length * 2 >= query.length && query.indexOf(entry.folded) >= 0) return 1;
    return 0;
  }

  /* Whole, with its signs: C++ is not the entry C. */
  function worthAsWritten(entry, terms, strict) {
    const same = strict.every(function (needle) { return needle.whole.test(entry.name); });
    return same && terms.every(function (term) { return entry.folded.indexOf(term) >= 0; }) ? 3 : 0;
  }

  /* ``strict``: terms whose signs matter. */
  zh.indexed = function (corpus, terms, strict) {
    const query = terms.join("");
    const found = [];
    prepared(corpus).forEach(function (entry) {
      const value = strict && strict.length ? worthAsWritten(entry, terms, strict) : query ? worth(entry, query) : 0;
      const places = value ? entry.addresses.map(entry.placeOf) : [];
      if (!places.length || !places[0]) return;
      found.push({
        page: corpus.pages[places[0].page],
        passage: places[0],
        address: entry.addresses[0],
        group: -1,
        score: 100 * value - entry.folded.length,
        count: places.length,
        others: [],
        places: entry.addresses.slice(1).map(function (address, index) {
          return { address: address, passage: places[index + 1] };
        }).filter(function (place) { return place.passage; }),
        term: entry.name,
        holds: value > 1, // what was typed, and not only a part of it
      });
    });
    const seen = new Set(); // Sphinx turns an entry of two words round: both lead to one place
    return found.sort(zh.better).filter(function (entry) {
      const same = entry.address + Array.from(entry.term).sort().join("");
      return !seen.has(same) && seen.add(same);
    }).slice(0, MOST);
  };
})((window.zhsearch = window.zhsearch || {}));
