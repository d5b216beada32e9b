/* How a character is compared: NFKC, lower case, simplified; only letters and digits. Line ends part blocks.

   A text with editorial marks has a second reading: 布臵〔置〕 is 布臵置, and 布置; 工作［中］ is 工作中; 一【个】颗 is 一颗. */
(function (zh) {
  "use strict";

  const KEPT = /[\p{L}\p{N}]/u;
  const MARK = /〔([^〔〕\n]*)〕|【([^【】\n]*)】|［([^［］\n]*)］/;

  /* A folder for the given pairs of traditional and simplified characters. */
  zh.folder = function (pairs) {
    const variants = new Map();
    const known = new Map();
    const table = [];
    const characters = Array.from(pairs || "");
    for (let i = 0; i + 1 < characters.length; i += 2) variants.set(characters[i], characters[i + 1]);

    function work(character) {
      if (character === "\n") return "\n";
      let folded = "";
      for (const c of character.normalize("NFKC").toLowerCase()) if (KEPT.test(c)) folded += variants.get(c) || c;
      return folded;
    }

    function piece(character) {
      let folded = known.get(character);
      if (folded === undefined) known.set(character, (folded = work(character)));
      return folded;
    }

    /* The same for a whole text; characters of one code unit are looked up by number, which is much faster. */
    function fold(text) {
      let out = "";
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        let folded = table[code];
        if (folded === undefined) {
          if (code >= 0xd800 && code < 0xe000) {
            const character = String.fromCodePoint(text.codePointAt(i));
            folded = piece(character);
            i += character.length - 1;
          } else folded = table[code] = work(text[i]);
        }
        out += folded;
      }
      return out;
    }

    /* The folded text, and for each of its code units where its source starts and ends. */
    function map(text) {
      let out = "";
      const starts = [];
      const ends = [];
      let at = 0;
      for (const character of text) {
        const folded = piece(character);
        for (let i = 0; i < folded.length; i++) {
          starts.push(at);
          ends.push(at + character.length);
        }
        out += folded;
        at += character.length;
      }
      return { text: out, starts: starts, ends: ends };
    }

    /* The reading that the marks ask for, mapped like ``map``: each inserted letter stands for all it takes the place
       of. null where a text has no marks. */
    function corrected(text) {
      if (!MARK.test(text)) return null;
      const all = map(text);
      const out = { text: "", starts: [], ends: [] };
      function push(letter, start, end) {
        out.text += letter;
        out.starts.push(start);
        out.ends.push(end);
      }
      let at = 0; // of all
      const marks = new RegExp(MARK.source, "g");
      for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
        for (; at < all.text.length && all.starts[at] < mark.index; at++) push(all.text[at], all.starts[at], all.ends[at]);
        const end = mark.index + mark[0].length;
        const inside = fold(mark[2] !== undefined ? "" : mark[1] || mark[3] || "");
        let start = mark.index;
        if (mark[1] !== undefined)
          for (let i = 0; i < inside.length && out.text; i++) {
            out.text = out.text.slice(0, -1);
            start = out.starts.pop();
            out.ends.pop();
          }
        for (let i = 0; i < inside.length; i++) push(inside[i], start, end);
        while (at < all.text.length && all.starts[at] < end) at++;
      }
      for (; at < all.text.length; at++) push(all.text[at], all.starts[at], all.ends[at]);
      return out;
    }

    return { fold: fold, map: map, corrected: corrected };
  };
})((window.zhsearch = window.zhsearch || {}));
