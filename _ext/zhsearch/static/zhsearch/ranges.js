/* Where needles stand in a text, as printed or as its editorial marks correct it: ranges in source offsets, in order,
   those that touch joined. A needle is a folded string, or what ``zh.written`` makes. */
(function (zh) {
  "use strict";

  function look(mapped, needle, found) {
    let at = mapped.text.indexOf(needle);
    while (at >= 0) {
      found.push([mapped.starts[at], mapped.ends[at + needle.length - 1]]);
      at = mapped.text.indexOf(needle, at + needle.length);
    }
  }

  zh.ranges = function (folder, text, needles) {
    const found = [];
    const mapped = folder.map(text);
    const corrected = folder.corrected(text);
    needles.forEach(function (each) {
      const written = typeof each === "string" ? null : zh.writtenAt(each, text);
      if (written) return void found.push.apply(found, written);
      const needle = typeof each === "string" ? each : each.folded;
      if (!needle) return;
      look(mapped, needle, found);
      if (corrected) look(corrected, needle, found);
    });
    found.sort(function (a, b) {
      return a[0] - b[0] || b[1] - a[1];
    });
    const joined = [];
    found.forEach(function (range) {
      const last = joined[joined.length - 1];
      if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
      else joined.push(range.slice());
    });
    return joined;
  };
})((window.zhsearch = window.zhsearch || {}));
