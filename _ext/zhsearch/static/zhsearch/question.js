/* A question as people type it → its content words: 督查怎么搞 → 督查; 如何做好保密工作 → 保密. */
(function (zh) {
  "use strict";

  // Longer ones first. What is left of a question when what asks and what fills is taken away is what it asks about.
  const ASKING = new RegExp(
    "是什么意思|什么意思|怎么写好|怎么做好|怎么搞好|怎么抓好|怎么办好|怎么办理|怎么办|怎么样|怎么做|怎么搞|怎么写|怎么抓|怎么|" +
      "怎样做好|怎样做|怎样|如何做好|如何做|如何搞好|如何|为什么|为何|什么叫|什么是|是什么|指什么|有什么要求|有什么|什么|有哪些|" +
      "有哪几|哪些|哪几|哪里|几个|多少|能不能|可不可以|要不要|请问|吗|[?？]",
    "g"
  );
  const FILLING = /应该|应当|需要|可以|关于|做好|搞好|写好|办好|抓好|注意|方法|呢|吧|啊|[!！。，,、]/g;
  const LINKING = /^(的|和|与|及|在|对|把|被|是|要|了|我|我们|他|大家)+|(的|和|与|及|了|是)+$/g;

  /* Known words in a piece, the longest first at each place. */
  function segmented(corpus, piece) {
    const known = lexicon(corpus);
    const words = [];
    for (let at = 0; at < piece.length; ) {
      let length = Math.min(8, piece.length - at);
      while (length > 1 && !known.has(piece.slice(at, at + length))) length--;
      if (length > 1) words.push(piece.slice(at, at + length));
      at += length > 1 ? length : 1;
    }
    return words;
  }

  function lexicon(corpus) {
    if (corpus.lexicon) return corpus.lexicon;
    corpus.lexicon = new Set(corpus.data.words);
    (corpus.data.synonyms || []).forEach(function (group) {
      group.forEach(function (word) { corpus.lexicon.add(corpus.folder.fold(word)); });
    });
    return corpus.lexicon;
  }

  /* The longest pieces of a term that the text has often: a scrap of two words (文写) stands in it once or twice. */
  const OFTEN = 4;

  function pieces(corpus, term) {
    const out = [];
    for (let from = 0; from < term.length - 1; ) {
      let to = from + 1;
      while (to < term.length && corpus.text.split(term.slice(from, to + 1), OFTEN + 1).length > OFTEN) to++;
      if (to - from > 1 && /^[\u3400-\u4dbf\u4e00-\u9fff]+$/.test(term.slice(from, to))) out.push(term.slice(from, to));
      from = to - from > 1 ? to : from + 1;
    }
    return out;
  }

  /* Words of what was typed, each once: what to try where the whole is nowhere. */
  zh.knownIn = function (corpus, terms) {
    const words = terms.reduce(function (all, term) {
      const known = segmented(corpus, term);
      return all.concat(known.length ? known : pieces(corpus, term));
    }, []);
    return words.filter(function (word, index) {
      return words.indexOf(word) === index && corpus.text.indexOf(word) >= 0;
    });
  };

  /* null where nothing of the query asks. */
  zh.contentWords = function (corpus, query) {
    const rest = query.replace(ASKING, " ");
    if (rest === query) return null; // nobody asks
    const words = [];
    rest.replace(FILLING, " ").split(/\s+/).forEach(function (part) {
      const piece = corpus.folder.fold(part.replace(LINKING, ""));
      if (piece.length < 2) return;
      // 保密工作 stands in the text by chance, before 人员; what is asked about is 保密, a word of the book.
      const known = lexicon(corpus).has(piece) ? [piece] : segmented(corpus, piece);
      const enough = known.join("").length * 2 >= piece.length;
      (enough ? known : [piece]).forEach(function (word) { words.push(word); });
    });
    const once = words.filter(function (word, index) { return words.indexOf(word) === index; });
    return once.length ? once : null;
  };
})((window.zhsearch = window.zhsearch || {}));
