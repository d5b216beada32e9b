/* Known words that differ from what was typed in one character (参某助手 → 参谋助手), or in two that changed places. */
(function (zh) {
  "use strict";

  function one(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const rest = a.slice(i);
    const other = b.slice(i);
    if (a.length === b.length) {
      if (rest.slice(1) === other.slice(1)) return true;
      return rest.length > 1 && rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2);
    }
    if (Math.min(a.length, b.length) < 4) return false;
    return a.length > b.length ? rest.slice(1) === other : rest === other.slice(1);
  }

  zh.near = function (corpus, term) {
    if (term.length < 3 || !/^[\u3400-\u4dbf\u4e00-\u9fff]+$/.test(term)) return [];
    return corpus.data.words.filter(function (word) {
      return word.length > 2 && word !== term && one(term, word);
    });
  };
})((window.zhsearch = window.zhsearch || {}));
