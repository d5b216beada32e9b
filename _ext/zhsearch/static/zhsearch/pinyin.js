/* Letters → known words: bgs or bangongshi → 办公室, also as the first syllables of a longer word. */
(function (zh) {
  "use strict";

  const LETTERS = /^[a-zü]{2,}$/;

  /* How many syllables the letters take, all of them read in full ("full"), by initials, or mixed; 0 when they differ.
     The last syllable may be unfinished, because results come while typing. */
  function read(letters, syllables) {
    const initials = syllables.map(function (s) { return s[0]; }).join("");
    const whole = syllables.join("");
    if (whole === letters) return { taken: syllables.length, tier: 0 };
    if (initials === letters) return { taken: syllables.length, tier: 1 };
    let length = "";
    for (let i = 0; i < syllables.length; i++) {
      length += syllables[i];
      if (length === letters) return { taken: i + 1, tier: 2 };
    }
    if (initials.indexOf(letters) === 0) return { taken: letters.length, tier: 3 };
    if (letters.length > 3 && whole.indexOf(letters) === 0) {
      let n = 0;
      for (let sum = 0; n < syllables.length && sum < letters.length; n++) sum += syllables[n].length;
      return { taken: n, tier: 4 };
    }
    return null;
  }

  /* As many as 200: enough to tell a common word from a rare one. */
  function occurrences(text, word) {
    let count = 0;
    for (let at = text.indexOf(word); at >= 0 && count < 200; at = text.indexOf(word, at + 1)) count++;
    return count;
  }

  zh.pinyin = function (corpus, letters) {
    if (!LETTERS.test(letters)) return [];
    const typed = letters.replace(/ü/g, "v");
    const tiers = new Map(); // word → best tier
    corpus.data.words.forEach(function (word, index) {
      const syllables = corpus.data.pinyin[index].split(" ");
      if (syllables.length !== word.length) return;
      // From the first syllable, and then from the others: 办公室 is known from 党委办公室 too.
      for (let from = 0; from < word.length - 1; from++) {
        const match = read(typed, syllables.slice(from));
        if (!match || match.taken < 2) continue;
        const found = word.slice(from, from + match.taken);
        const tier = match.tier + (from ? 3 : 0);
        if (!tiers.has(found) || tiers.get(found) > tier) tiers.set(found, tier);
      }
    });
    const top = Math.min.apply(null, Array.from(tiers.values()));
    const found = Array.from(tiers.keys()).filter(function (word) {
      return tiers.get(word) === top || (top < 2 && tiers.get(word) < 2);
    });
    if (top < 2) return found.slice(0, 6);
    // Parts of words may be no words (办公设 of 办公设备): those that are rare beside the commonest are left out.
    const counts = found.map(function (word) { return occurrences(corpus.text, word); });
    const most = Math.max.apply(null, counts);
    return found.filter(function (_, index) { return counts[index] * 5 >= most; }).slice(0, 6);
  };
})((window.zhsearch = window.zhsearch || {}));
