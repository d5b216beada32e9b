/* The text made ready: every passage folded into one long string, in which a native search takes well under 1 ms. */
(function (zh) {
  "use strict";

  zh.corpus = function (data) {
    const folder = zh.folder(data.variants);
    const pages = [];
    const passages = [];
    const starts = [];
    const parts = [];
    let length = 0;
    data.documents.forEach(function (row) {
      const page = { number: pages.length, url: row[1], title: row[2], group: row[3], first: passages.length };
      page.folded = folder.fold(page.title);
      let section = -1;
      row[4].forEach(function (item) {
        const owns = item[1] !== null;
        const passage = {
          number: passages.length,
          page: page.number,
          anchor: item[0],
          heading: owns ? item[1] : section < 0 ? "" : passages[section].heading,
          text: item[2],
          group: item.length > 3 && item[3] !== null ? item[3] : -1, // -1: the page's
          source: item[4] || "", // address of the passage that it quotes
          head: 0, // so many code units of the folded passage are its heading
        };
        let folded = folder.fold(passage.text);
        if (owns) {
          section = passage.number;
          const heading = folder.fold(passage.heading);
          passage.head = heading.length;
          folded = heading + "\n" + folded;
        }
        passage.body = folded.length; // what follows are corrected readings of the same words
        passage.text.split("\n").forEach(function (block) {
          const other = folder.corrected(block);
          if (other) folded += "\n" + other.text;
        });
        passages.push(passage);
        starts.push(length);
        parts.push(folded);
        length += folded.length + 1;
      });
      page.end = passages.length;
      pages.push(page);
    });
    starts.push(length);
    return {
      data: data,
      folder: folder,
      pages: pages,
      passages: passages,
      starts: starts,
      text: parts.join("\n") + "\n",
      /* A block as it is searched: as printed, and as its marks correct it. */
      readings: function (block) {
        const other = folder.corrected(block);
        return folder.fold(block) + (other ? "\n" + other.text : "");
      },
    };
  };
})((window.zhsearch = window.zhsearch || {}));
