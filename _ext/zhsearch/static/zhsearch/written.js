/* Code and Latin words as they are written: C++ is not c, --flag not flag, and art comes before party. */
(function (zh) {
  "use strict";

  const LETTERS = "A-Za-z0-9\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f"; // × and ÷ are none
  const WORD = LETTERS + "_";
  const OTHER = /[\u0250-\u1fff\u2300-\uffff]/; // Chinese has no words that are written apart
  const SYMBOL = new RegExp("[^" + LETTERS + "]");
  const PROSE = /^[,;:?!"'“”‘’…]+|[,.;:?!"'“”‘’…]+$/g; // what a sentence puts around a word

  function code(character) {
    const number = character.charCodeAt(0);
    const wide = number > 0x20 && number < 0x7f ? [number, number + 0xfee0] : [number]; // Ｃ is C
    return "[" + wide.map(function (n) { return "\\u" + ("000" + n.toString(16)).slice(-4); }).join("") + "]";
  }

  /* What may not stand next to a word's end is a letter; next to a sign, the same sign: C+ is not in C++. */
  function edge(character) {
    return SYMBOL.test(character) && character !== "_" ? code(character).slice(1, -1) : WORD;
  }

  /* GB/T7714 is GB/T 7714 too, and f(a,b) is f(a, b). */
  function mayPart(before, after) {
    return before === "," || (/[A-Za-z]/.test(before) && /\d/.test(after));
  }

  /* null for Chinese and for marks of prose. ``strict``: without its signs it would be something else. */
  zh.written = function (token, folder) {
    const text = token.normalize("NFKC").replace(PROSE, "");
    if (!text || OTHER.test(text)) return null;
    const body = Array.from(text).map(function (c, i) { return (i && mayPart(text[i - 1], c) ? "\\s?" : "") + code(c); }).join("");
    const first = text[0];
    const before = edge(first) + (first === "-" ? WORD : ""); // x-R has no option -R
    const folded = folder.fold(text);
    const strict = SYMBOL.test(text) || !folded;
    const exactly = strict && /[A-Z]/.test(text) ? "" : "i"; // -R is not -r
    const whole = "(^|[^" + before + "])(" + body + ")(?![" + edge(text[text.length - 1]) + "])";
    return {
      text: text,
      folded: folded,
      strict: strict,
      literal: new RegExp(body, "i"),
      whole: new RegExp(whole, exactly),
      /* the end of an address: requests.get is where get is described */
      named: new RegExp((SYMBOL.test(first) ? "" : "(?:^|[^" + WORD + "])") + body + "$"),
    };
  };

  /* Where a needle stands in a text: whole, else, where its signs matter, as a part, else not told (null). */
  zh.writtenAt = function (needle, text) {
    const whole = all(needle.whole, text, 1);
    return whole.length || needle.wholeOnly ? whole : needle.strict ? all(needle.literal, text, -1) : null;
  };

  function all(pattern, text, before) {
    const found = [];
    const each = new RegExp(pattern.source, pattern.flags + "g");
    for (let match = each.exec(text); match; match = each.exec(text)) {
      const start = match.index + (before < 0 ? 0 : match[before].length);
      found.push([start, each.lastIndex]);
    }
    return found;
  }

  /* Terms of a query, each as it is written where that can be told: strings for Chinese, needles for the rest. */
  zh.needles = function (query, terms, folder) {
    const all = query.split(/\s+/).map(function (token) { return zh.written(token, folder); }).filter(Boolean);
    if (!terms.length) return all; // nothing but signs
    return terms.reduce(function (out, term) {
      const same = all.filter(function (needle) { return needle.folded === term; });
      return out.concat(same.length ? same : [term]);
    }, []);
  };

  /* How often each passage holds a needle as it is written, and where it is whole. */
  zh.scanWritten = function (corpus, needle, hits) {
    const near = needle.folded ? zh.scan(corpus, [needle.folded]) : null;
    const numbers = near ? near.numbers : corpus.passages.map(function (passage) { return passage.number; });
    numbers.forEach(function (number) {
      const passage = corpus.passages[number];
      const heading = passage.head ? passage.heading : "";
      const text = heading + "\n" + passage.text;
      const count = needle.strict ? all(needle.literal, text, -1).length : near.count[number];
      if (!count) return;
      hits.numbers.push(number);
      hits.count[number] += count;
      hits.whole[number] = needle.whole.test(text) ? 1 : 0;
      const named = passage.anchor && needle.named.test(passage.anchor);
      hits.head[number] = named || (needle.strict ? needle.literal.test(heading) : near.head[number]) ? 1 : 0;
    });
  };
})((window.zhsearch = window.zhsearch || {}));
