/* An exact address leads there first: 图3-2, 3-2, or a permanent id such as q.nengli-xuexi. */
(function (zh) {
  "use strict";

  const NUMBER = /^(\d{1,2})[-–—－.．·、]+(\d{1,3})$/;

  function numbered(corpus, query) {
    const label = corpus.data.numbered;
    if (!label) return [];
    const plain = query.normalize("NFKC").replace(/\s+/g, "");
    const match = NUMBER.exec(plain.indexOf(label) === 0 ? plain.slice(label.length) : plain);
    if (!match) return [];
    const wanted = new RegExp("(^|\\n)" + label + match[1] + "-" + match[2] + "(?!\\d)");
    return corpus.passages.filter(function (passage) { return passage.group >= 0 && wanted.test(passage.text); });
  }

  function named(corpus, query) {
    if (!/^[\w.-]+$/.test(query) || !/[.-]|\d/.test(query)) return [];
    return corpus.passages.filter(function (passage) { return passage.anchor === query || passage.anchor === "q." + query; });
  }

  zh.direct = function (corpus, query) {
    const found = numbered(corpus, query);
    return (found.length ? found : named(corpus, query)).map(function (passage) {
      const page = corpus.pages[passage.page];
      return { page: page, passage: passage, group: -1, score: 1000, count: 1, others: [], direct: true };
    });
  };

  /* 图3-2, where the passage is numbered. */
  zh.numberOf = function (corpus, passage) {
    const label = corpus.data.numbered;
    const match = label && passage.group >= 0 && new RegExp("(?:^|\\n)(" + label + "\\d+-\\d+)").exec(passage.text);
    return match ? match[1] : "";
  };
})((window.zhsearch = window.zhsearch || {}));
