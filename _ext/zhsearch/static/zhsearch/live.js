/* Results as you type under the theme's own search box: a combobox with a list of options in groups. */
(function (zh) {
  "use strict";

  const MOST = 12; // options in the list, shared among the groups
  let count = 0;

  function Live(input) {
    const self = this;
    this.input = input;
    this.id = "zhsearch-" + ++count;
    this.options = [];
    this.active = -1;
    this.panel = zh.element("div", "zhsearch-panel");
    this.panel.hidden = true;
    this.message = this.panel.appendChild(zh.element("div"));
    this.list = this.panel.appendChild(zh.element("div", "zhsearch-options"));
    this.list.id = this.id;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", zh.words.results);
    this.all = this.panel.appendChild(zh.element("a", "zhsearch-all"));
    this.status = zh.element("div", "zhsearch-status");
    this.status.setAttribute("role", "status");
    // Inside a dialog, where the theme has the box in one: what is outside it is covered.
    (input.closest("dialog") || document.body).appendChild(this.panel);
    document.body.appendChild(this.status);

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("autocomplete", "off");
    input.title = zh.words.keys;
    function begin() {
      zh.load(function () {});
      if (input.value.trim()) self.ask();
    }
    input.addEventListener("focus", begin);
    input.addEventListener("input", function (event) {
      if (!event.isComposing) self.ask(); // letters of a Chinese input method are not yet a query
    });
    input.addEventListener("compositionend", function () { self.ask(); });
    input.addEventListener("keydown", function (event) { self.key(event); });
    document.addEventListener("pointerdown", function (event) {
      if (event.target !== input && !self.panel.contains(event.target)) self.close();
    });
    document.addEventListener("focusin", function (event) {
      if (event.target !== input && !self.panel.contains(event.target)) self.close();
    });
    this.panel.addEventListener("click", function (event) {
      const link = event.target.closest("a");
      if (link && zh.isHere(link)) self.leave();
    });
    this.panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      event.preventDefault();
      input.focus();
      self.close();
    });
    window.addEventListener("resize", function () { self.place(); });
    window.addEventListener("scroll", function () { self.place(); }, { passive: true });
    if (document.activeElement === input) begin(); // this script came after the reader did
  }

  Live.prototype.ask = function () {
    const self = this;
    if (!this.input.value.trim()) return this.close();
    if (!zh.ready()) {
      this.list.textContent = "";
      this.options = [];
      this.list.hidden = this.all.hidden = true;
      this.message.textContent = zh.words.waiting;
      this.open();
    }
    zh.load(function (engine) {
      if (engine) self.show(engine);
      else self.message.textContent = zh.words.failed;
    });
  };

  Live.prototype.show = function (engine) {
    const self = this;
    const query = this.input.value;
    if (!query.trim()) return this.close();
    const answer = engine.answer(query);
    this.options = [];
    this.list.textContent = "";
    this.message.textContent = "";
    this.message.appendChild(
      zh.message(answer, function (piece) {
        self.input.value = piece;
        self.input.focus();
        self.ask();
      })
    );
    const most = window.zhsearchOptions.page ? MOST : 10 * MOST; // no page of all results
    const each = Math.max(3, Math.floor(most / Math.max(1, answer.groups.length)));
    answer.groups.forEach(function (group, number) { self.group(engine, answer, group, number, each); });
    this.list.hidden = !this.options.length;
    this.all.hidden = !this.options.length || !window.zhsearchOptions.page;
    this.all.textContent = zh.words.all(answer.total);
    this.all.href = this.address(query);
    this.status.textContent = zh.summary(answer);
    this.choose(-1);
    this.open();
  };

  Live.prototype.group = function (engine, answer, group, number, each) {
    const box = this.list.appendChild(zh.element("div", "zhsearch-group"));
    if (group.label) {
      const name = box.appendChild(zh.element("div", "zhsearch-group-name", group.label));
      name.id = this.id + "-g" + number;
      name.appendChild(zh.element("span", "zhsearch-count", " " + group.results.length));
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", name.id);
      name.setAttribute("role", "presentation");
    }
    group.results.slice(0, each).forEach(function (result) {
      const option = box.appendChild(zh.result(engine.corpus, answer, result));
      option.id = this.id + "-o" + this.options.length;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      this.options.push(option);
    }, this);
  };

  Live.prototype.address = function (query) {
    const form = this.input.form;
    return (form ? form.action.split("?")[0] : zh.root() + "search.html") + "?q=" + encodeURIComponent(query.trim());
  };

  Live.prototype.key = function (event) {
    if (event.isComposing || event.keyCode === 229) return; // the keys belong to the input method
    const open = !this.panel.hidden;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.input.value.trim()) {
      event.preventDefault();
      if (!open) return this.ask();
      const length = this.options.length + 1; // one place for the box itself
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.active + 1 + step + length) % length) - 1);
    } else if (event.key === "Enter" && (this.active >= 0 || !window.zhsearchOptions.page)) {
      event.preventDefault(); // where there is no page of results, the first is meant
      const option = this.options[Math.max(0, this.active)];
      if (open && option) option.click();
    }
  };

  Live.prototype.choose = function (number) {
    if (this.options[this.active]) this.options[this.active].setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  };

  Live.prototype.open = function () {
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.place();
  };

  /* To a place of the page that is open, which the dialog covers. */
  Live.prototype.leave = function () {
    const dialog = this.input.closest("dialog");
    this.close();
    if (dialog && dialog.close) dialog.close();
    else this.input.blur();
  };

  Live.prototype.close = function () {
    this.panel.hidden = true;
    this.choose(-1);
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  };

  /* Below the box, inside the window; the theme's sidebar is too narrow to hold it. */
  Live.prototype.place = function () {
    if (this.panel.hidden) return;
    const box = this.input.getBoundingClientRect();
    const width = Math.min(576, document.documentElement.clientWidth - 16);
    this.panel.style.width = width + "px";
    this.panel.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8)) + "px";
    this.panel.style.top = box.bottom + 4 + "px";
    this.panel.style.maxHeight = Math.max(160, window.innerHeight - box.bottom - 16) + "px";
  };

  function begin() {
    const results = document.getElementById("search-results");
    const main = results && results.parentNode;
    document.querySelectorAll('input[name="q"]').forEach(function (input) {
      if (!main || !main.contains(input)) new Live(input);
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})((window.zhsearch = window.zhsearch || {}));
