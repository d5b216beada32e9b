/* Other words for what was typed: those that the editor lists as meaning the same, and those that sound the same. */
(function (zh) {
  "use strict";

  const HAN = /^[\u3400-\u4dbf\u4e00-\u9fff]+$/;

  /* Words of the text that mean what ``term`` means, by the editor's list. */
  zh.synonyms = function (corpus, term) {
    const found = [];
    (corpus.data.synonyms || []).forEach(function (group) {
      const folded = group.map(corpus.folder.fold);
      if (folded.indexOf(term) < 0) return;
      folded.forEach(function (word) {
        if (word !== term && found.indexOf(word) < 0 && corpus.text.indexOf(word) >= 0) found.push(word);
      });
    });
    return found;
  };

  function sounds(corpus) {
    if (corpus.sounds) return corpus.sounds;
    corpus.sounds = new Map();
    const table = corpus.data.sounds || {};
    Object.keys(table).forEach(function (syllable) {
      Array.from(table[syllable]).forEach(function (character) { corpus.sounds.set(character, syllable); });
    });
    return corpus.sounds;
  }

  /* Known words that are read like ``term``: 督察 → 督查. */
  zh.sound = function (corpus, term) {
    if (term.length < 2 || !HAN.test(term)) return [];
    const of = sounds(corpus);
    return corpus.data.words.filter(function (word) {
      if (word.length !== term.length || word === term) return false;
      for (let i = 0; i < word.length; i++)
        if (word[i] !== term[i] && (!of.has(term[i]) || of.get(term[i]) !== of.get(word[i]))) return false;
      return true;
    });
  };
})((window.zhsearch = window.zhsearch || {}));
