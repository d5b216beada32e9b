/* How a character is compared: NFKC, lower case, simplified; only letters and digits. Line ends part blocks. */
(function (zh) {
  "use strict";

  var KEPT = /[\p{L}\p{N}]/u;

  /* A folder for the given pairs of traditional and simplified characters. */
  zh.folder = function (pairs) {
    var variants = new Map();
    var known = new Map();
    var table = [];
    var characters = Array.from(pairs || "");
    for (var i = 0; i + 1 < characters.length; i += 2) variants.set(characters[i], characters[i + 1]);

    function work(character) {
      if (character === "\n") return "\n";
      var folded = "";
      for (var c of character.normalize("NFKC").toLowerCase()) if (KEPT.test(c)) folded += variants.get(c) || c;
      return folded;
    }

    function piece(character) {
      var folded = known.get(character);
      if (folded === undefined) known.set(character, (folded = work(character)));
      return folded;
    }

    /* The same for a whole text; characters of one code unit are looked up by number, which is much faster. */
    function fold(text) {
      var out = "";
      for (var i = 0; i < text.length; i++) {
        var code = text.charCodeAt(i);
        var folded = table[code];
        if (folded === undefined) {
          if (code >= 0xd800 && code < 0xe000) {
            var character = String.fromCodePoint(text.codePointAt(i));
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
      var out = "";
      var starts = [];
      var ends = [];
      var at = 0;
      for (var character of text) {
        var folded = piece(character);
        for (var i = 0; i < folded.length; i++) {
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
