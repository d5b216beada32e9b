/* A quotation and the place it is taken from are one result with two places. */
(function (zh) {
  "use strict";

  /* Address of a passage, and of the paragraph that a sentence's address lies in. */
  function addresses(source) {
    return [source, source.replace(/\.s\d+$/, "")];
  }

  zh.paired = function (corpus, results) {
    const quoted = new Map(); // address → the result of the quotation
    results.forEach(function (result) {
      if (result.passage.source) addresses(result.passage.source).forEach(function (a) { quoted.set(a, result); });
    });
    if (!quoted.size) return results;
    function quotationOf(passage) {
      return quoted.get(corpus.pages[passage.page].url + "#" + passage.anchor);
    }
    return results.filter(function (result) {
      if (result.passage.group >= 0) return true;
      const numbers = [result.passage.number].concat(result.others);
      const rest = numbers.filter(function (number) { return !quotationOf(corpus.passages[number]); });
      numbers.forEach(function (number) {
        const quotation = quotationOf(corpus.passages[number]);
        if (quotation) quotation.twin = corpus.passages[number];
      });
      if (!rest.length) return false;
      if (rest.indexOf(result.passage.number) < 0) result.passage = corpus.passages[rest[0]];
      result.others = rest.filter(function (number) { return number !== result.passage.number; });
      return true;
    });
  };
})((window.zhsearch = window.zhsearch || {}));
