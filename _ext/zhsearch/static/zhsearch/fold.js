/* How a character is compared: NFKC, lower case, simplified; only letters and digits. Line ends part blocks. */
(function (zh) {
  "use strict";

  const KEPT = /[\p{L}\p{N}]/u;

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

    return { fold: fold, map: map };
  };
})((window.zhsearch = window.zhsearch || {}));
