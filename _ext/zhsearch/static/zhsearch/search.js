/* A query → an answer: an exact address and the book's index first, then the words as they are; then what comes near,
   the surest first. How an answer was found is its kind, and is told. */
(function (zh) {
  "use strict";

  const ENOUGH = 4; // letters: a.b() without its signs is in label

  function isStrict(needle) {
    return Boolean(needle.strict);
  }

  function single(terms) {
    return terms.map(function (term) { return [term]; });
  }

  zh.search = function (data) {
    const corpus = zh.corpus(data);

    function has(term) {
      return corpus.text.indexOf(term) >= 0;
    }

    /* Each term that stands nowhere replaced by what ``read`` makes of it; null when that is nothing. */
    function replaced(terms, read) {
      let words = [];
      const alternatives = terms.map(function (term) {
        if (has(term)) return [term];
        const found = read(corpus, term);
        words = words.concat(found);
        return found;
      });
      const possible = words.length && alternatives.every(function (list) { return list.length; });
      return possible ? { terms: alternatives, words: words } : null;
    }

    function attempt(terms, kind, read) {
      const other = replaced(terms, read);
      const results = other ? zh.find(corpus, other.terms) : [];
      return results.length ? { kind: kind, terms: other.terms, results: results, read: other.words } : null;
    }

    function exact(terms, kind) {
      const results = zh.find(corpus, single(terms));
      return results.length ? { kind: kind, terms: single(terms), results: results, read: kind === "exact" ? [] : terms } : null;
    }

    /* Signs that stand nowhere so are left out, unless little is left without them. */
    function loose(terms, needles) {
      const strict = needles.filter(isStrict);
      if (!strict.length) return null;
      const enough = strict.every(function (needle) { return needle.folded.length >= ENOUGH; });
      return enough ? exact(terms, "loose") : none(terms);
    }

    function sameWords(terms) {
      return attempt(terms, "synonym", zh.synonyms) || attempt(terms, "sound", zh.sound);
    }

    /* All words but one: the one that stands nowhere, else the one without which most is found. */
    function allButOne(terms) {
      if (terms.length < 2) return null;
      let best = null;
      terms.forEach(function (left) {
        const kept = terms.filter(function (term) { return term !== left; });
        const results = zh.find(corpus, single(kept));
        const value = results.length + (has(left) ? 0 : 100000);
        if (results.length && (!best || value > best.value))
          best = { kind: "some", terms: single(kept), results: results, read: kept, missing: left, value: value };
      });
      return best;
    }

    function question(query) {
      const words = zh.contentWords(corpus, query);
      if (!words) return null;
      const found = exact(words, "question") || sameWords(words) || allButOne(words);
      const terms = zh.indexed(corpus, words);
      return found || (terms.length ? { kind: "question", terms: single(words), results: [], read: words, indexed: terms } : null);
    }

    function letters(terms) {
      const joined = terms.every(function (term) { return /^[a-zü]+$/.test(term); }) ? [terms.join("")] : terms;
      return attempt(joined, "pinyin", zh.pinyin) || attempt(terms, "pinyin", zh.pinyin);
    }

    function covered(terms) {
      const results = zh.coverAll(corpus, terms);
      if (!results.length) return null;
      const needles = terms.map(function (term) { return has(term) ? [term] : zh.pairs(term); });
      return { kind: "cover", terms: needles, results: results, read: [] };
    }

    function none(terms) {
      return { kind: "none", terms: [], results: [], read: zh.knownIn(corpus, terms).slice(0, 5) };
    }

    /* What else the reader may want to look up: words that the editor holds to mean the same. */
    function also(terms) {
      if (terms.length !== 1) return [];
      return zh.synonyms(corpus, terms[0]).filter(function (word) {
        return word.indexOf(terms[0]) < 0 && terms[0].indexOf(word) < 0;
      });
    }

    function found(shown, terms, needles, first) {
      return (
        (first.length && first[0].direct ? { kind: "exact", terms: [], results: [], read: [] } : null) ||
        exact(needles, "exact") ||
        (first.length ? { kind: "exact", terms: single(terms), results: [], read: [] } : null) ||
        loose(terms, needles) ||
        letters(terms) ||
        sameWords(terms) ||
        attempt(terms, "near", zh.near) ||
        question(shown) ||
        allButOne(terms) ||
        covered(terms) ||
        none(terms)
      );
    }

    function answer(query) {
      const shown = query.trim();
      const terms = zh.terms(shown, corpus.folder);
      const direct = zh.direct(corpus, shown);
      const needles = zh.needles(shown, terms, corpus.folder);
      const indexed = direct.length ? [] : zh.indexed(corpus, terms, needles.filter(isStrict));
      const out =
        needles.length || direct.length
          ? found(shown, terms, needles, direct.concat(indexed.filter(function (result) { return result.holds; })))
          : { kind: "empty", terms: [], results: [], read: [] };
      out.query = shown;
      out.also = out.kind === "exact" ? also(terms) : [];
      out.results = zh.paired(corpus, out.results);
      const none = out.kind === "none"; // what else there is, is only offered
      return grouped(out, direct, out.kind === "exact" ? indexed : out.indexed || (none ? [] : zh.indexed(corpus, out.read)));
    }

    function grouped(out, direct, indexed) {
      const ahead = [
        { label: zh.words.direct, results: direct },
        { label: zh.words.indexed, results: indexed },
      ];
      const groups = data.groups.map(function (group, number) {
        return {
          label: group[0],
          results: out.results.filter(function (result) { return result.group === number; }),
        };
      });
      out.groups = ahead.concat(groups).filter(function (group) { return group.results.length; });
      // Where conf.py names no groups, the results have no heading unless they need one.
      if (out.groups.length > 1) out.groups.forEach(function (group) { group.label = group.label || zh.words.text; });
      out.results = direct.concat(indexed, out.results);
      out.needles = out.terms.reduce(function (all, term) { return all.concat(term); }, []);
      out.total = out.results.length;
      return out;
    }

    return { answer: answer, corpus: corpus };
  };
})((window.zhsearch = window.zhsearch || {}));
