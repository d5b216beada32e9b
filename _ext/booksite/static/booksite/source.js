/* The archived text beside an excerpt: a card over the source line, and a column 对照原文 where the window is wide.

   A speech is a script of its own, loaded when it is first asked for; a public edition has none, and no links to one. */
(function (book) {
  "use strict";

  const WIDE = "(min-width: 1240px)";
  const read = {}; // id of a speech → its text
  const waiting = {}; // id → who asked

  book.sourceRead = function (id, data) {
    read[id] = data;
    (waiting[id] || []).forEach(function (action) { action(data); });
    delete waiting[id];
  };

  function withSource(id, action) {
    if (read[id]) return action(read[id]);
    if (waiting[id]) return void waiting[id].push(action);
    waiting[id] = [action];
    const script = document.createElement("script");
    script.src = (document.documentElement.dataset.content_root || "") + "_static/speeches/" + encodeURIComponent(id) + ".js";
    script.onerror = function () { delete waiting[id]; };
    document.head.appendChild(script);
  }

  function linkOf(excerpt) {
    return excerpt.querySelector('.source-line a[href*="#"]');
  }

  function words(parts) {
    const line = document.createElement("p");
    parts.forEach(function (part) {
      const piece = document.createElement(part[1] ? "mark" : "span");
      piece.textContent = part[0];
      line.appendChild(piece);
    });
    return line;
  }

  function aside(text) {
    const line = document.createElement("p");
    line.className = "source-around";
    line.textContent = text;
    return line;
  }

  // The card ---------------------------------------------------------------------------------------------

  let card = null;
  let leaving = 0;

  function hide() {
    if (card) card.hidden = true;
  }

  function hideSoon() {
    window.clearTimeout(leaving);
    leaving = window.setTimeout(hide, 250);
  }

  function place(link) {
    const box = link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const over = box.bottom + card.offsetHeight + 12 > window.innerHeight && box.top > card.offsetHeight + 12;
    card.style.left = Math.max(8, Math.min(box.left, width - card.offsetWidth - 8)) + window.scrollX + "px";
    card.style.top = (over ? box.top - card.offsetHeight - 6 : box.bottom + 6) + window.scrollY + "px";
  }

  function show(excerpt, link) {
    window.clearTimeout(leaving);
    withSource(excerpt.getAttribute("data-speech"), function (speech) {
      const context = speech.excerpts[excerpt.id];
      if (!context) return;
      if (!card) {
        card = document.body.appendChild(book.tool("div", "source-card"));
        card.id = "source-card";
        card.setAttribute("role", "group");
        card.setAttribute("aria-label", "存档原文");
        card.addEventListener("mouseenter", function () { window.clearTimeout(leaving); });
        card.addEventListener("mouseleave", hideSoon);
        card.tabIndex = -1; // whoever touches it to read or select goes into it, and it stays
        card.addEventListener("focusout", left);
      }
      card.textContent = "";
      if (context.before) card.appendChild(aside(context.before));
      card.appendChild(words(context.parts));
      if (context.after) card.appendChild(aside(context.after));
      const open = card.appendChild(document.createElement("a"));
      open.href = link.href;
      open.textContent = "打开原文";
      link.setAttribute("aria-describedby", "source-card");
      card.hidden = false;
      place(link);
    });
  }

  function left(event) {
    if (!card || !card.contains(event.relatedTarget)) hideSoon();
  }

  function offer(excerpt) {
    const link = linkOf(excerpt);
    if (!link || !excerpt.id || !excerpt.getAttribute("data-speech")) return;
    let waitingToShow = 0;
    let touched = false;
    link.addEventListener("mouseenter", function () {
      if (!touched) waitingToShow = window.setTimeout(function () { show(excerpt, link); }, 200);
    });
    link.addEventListener("mouseleave", function () {
      window.clearTimeout(waitingToShow);
      if (!touched) hideSoon(); // a finger leaves nothing: the browser makes this up
    });
    link.addEventListener("focus", function () { if (!touched) show(excerpt, link); });
    link.addEventListener("blur", left);
    link.addEventListener("touchstart", function () { touched = true; }, { passive: true });
    link.addEventListener("click", function (event) {
      if (!touched || (card && !card.hidden)) return;
      event.preventDefault(); // the first tap shows, 打开原文 opens
      show(excerpt, link);
    });
  }

  // The column -------------------------------------------------------------------------------------------

  function Column(excerpts, toggle) {
    this.excerpts = excerpts;
    this.toggle = toggle;
    this.root = book.tool("aside", "source-column");
    this.root.id = "source-column";
    this.root.tabIndex = 0;
    this.root.setAttribute("aria-label", "对照原文");
    this.shown = "";
    this.current = null;
    document.querySelector(".main").appendChild(this.root);
  }

  Column.prototype.near = function () {
    const middle = window.innerHeight * 0.4;
    let best = null;
    let least = Infinity;
    this.excerpts.forEach(function (excerpt) {
      const box = excerpt.getBoundingClientRect();
      const away = Math.max(0, box.top - middle, middle - box.bottom);
      if (away < least) {
        least = away;
        best = excerpt;
      }
    });
    return best;
  };

  Column.prototype.fill = function (id, speech) {
    const root = this.root;
    root.textContent = "";
    root.appendChild(document.createElement("h2")).textContent = speech.title;
    speech.paragraphs.forEach(function (row) {
      const line = root.appendChild(document.createElement("p"));
      line.setAttribute("data-line", row[0].slice(1));
      row[1].forEach(function (text, index) {
        const sentence = line.appendChild(document.createElement("span"));
        sentence.setAttribute("data-place", row[0] + ".s" + (index + 1));
        sentence.textContent = text;
      });
    });
    this.shown = id;
  };

  Column.prototype.follow = function () {
    const excerpt = this.near();
    if (!excerpt || excerpt === this.current) return;
    this.current = excerpt;
    const self = this;
    const id = excerpt.getAttribute("data-speech");
    withSource(id, function (speech) {
      const context = speech.excerpts[excerpt.id];
      if (self.current !== excerpt || !context) return;
      if (self.shown !== id) self.fill(id, speech);
      let inside = false;
      let first = null;
      book.all("[data-place]", self.root).forEach(function (sentence) {
        const at = sentence.getAttribute("data-place");
        if (at === context.from) inside = true;
        sentence.classList.toggle("here", inside);
        if (inside) first = first || sentence;
        if (at === context.to) inside = false;
      });
      if (!first) return;
      const away = first.getBoundingClientRect().top - self.root.getBoundingClientRect().top;
      self.root.scrollTop += away - self.root.clientHeight / 4;
    });
  };

  function column(excerpts) {
    const tools = document.querySelector(".content-icon-container");
    if (!tools) return;
    let side = null;
    let frame = 0;
    function follow() {
      window.cancelAnimationFrame(frame);
      frame = window.requestAnimationFrame(function () { side.follow(); });
    }
    const toggle = book.button("对照原文", function () {
      const open = !document.documentElement.classList.contains("with-source");
      document.documentElement.classList.toggle("with-source", open);
      toggle.setAttribute("aria-pressed", String(open));
      book.kept.write("column", open || null);
      if (!open) return void window.removeEventListener("scroll", follow);
      if (!side) side = new Column(excerpts, toggle);
      side.current = null;
      side.follow();
      window.addEventListener("scroll", follow, { passive: true });
    }, "bar-button source-toggle");
    toggle.setAttribute("aria-pressed", "false");
    tools.insertBefore(toggle, tools.firstChild);
    if (book.kept.read("column") && window.matchMedia(WIDE).matches) toggle.click();
  }

  book.ready(function () {
    const excerpts = book.all("blockquote.excerpt").filter(linkOf);
    if (!excerpts.length) return;
    excerpts.forEach(offer);
    column(excerpts);
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  });
})((window.booksite = window.booksite || {}));
