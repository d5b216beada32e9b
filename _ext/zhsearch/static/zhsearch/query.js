/* What was typed → terms. White space means AND; single Chinese characters with spaces between them are one word. */
(function (zh) {
  "use strict";

  const ONE_HAN = /^[\u3400-\u4dbf\u4e00-\u9fff]$/;

  zh.terms = function (query, folder) {
    const terms = [];
    let singles = "";
    function flush() {
      if (singles) terms.push(singles);
      singles = "";
    }
    query.split(/\s+/).forEach(function (token) {
      const term = folder.fold(token);
      if (!term) return;
      if (ONE_HAN.test(term)) singles += term;
      else {
        flush();
        terms.push(term);
      }
    });
    flush();
    return terms.filter(function (term, index) {
      return terms.indexOf(term) === index;
    });
  };
})((window.zhsearch = window.zhsearch || {}));
