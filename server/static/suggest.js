"use strict";
/* Search fields that suggest while somebody types: names and titles from /api/search, chosen by mouse, finger or keys.
   Without this file the fields search as any form does. Strangers' texts go into the page by textContent only. */
(() => {
  const MOST = 8;
  const PAUSE_MS = 120;
  const LEAST_LETTERS = 2;
  const { element, named } = window.collegiumElements;
  const root = document.documentElement.dataset.root || "/";

  const pageOf = (hit) => `${root}${hit.kind}/${encodeURIComponent(hit.id)}`;

  const suggesting = (field) => {
    const list = element("ul", null, "suggestions");
    list.id = `${field.id}-suggestions`;
    list.role = "listbox";
    list.hidden = true;
    list.ariaLabel = "Suggestions";
    const holder = element("span", null, "suggesting");
    field.replaceWith(holder);
    holder.append(field, list);
    field.role = "combobox";
    field.ariaAutoComplete = "list";
    field.ariaExpanded = "false";
    field.setAttribute("aria-controls", list.id);

    let [hits, chosen, waiting, asked] = [[], -1, 0, 0];

    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.ariaExpanded = "false";
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (at) => {
      chosen = at;
      [...list.children].forEach((row, i) => {
        row.ariaSelected = String(i === at);
      });
      if (at < 0) field.removeAttribute("aria-activedescendant");
      else field.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const show = (found) => {
      hits = found;
      list.replaceChildren(
        ...hits.map((hit, i) => {
          const row = element("li");
          row.id = `${list.id}-${i}`;
          row.role = "option";
          row.ariaSelected = "false";
          row.append(named("span", hit.name, "name"), " ", element("span", hit.kind, "kind"));
          row.addEventListener("pointerdown", (event) => {
            event.preventDefault(); // the field keeps the focus, and the list stays until the page is left
            location.assign(pageOf(hit));
          });
          return row;
        }),
      );
      list.hidden = !hits.length;
      field.ariaExpanded = String(hits.length > 0);
      mark(-1);
    };
    const ask = async () => {
      const text = field.value.trim();
      asked += 1;
      const mine = asked;
      if (text.length < LEAST_LETTERS) return show([]);
      try {
        const answer = await fetch(`${root}api/search?${new URLSearchParams({ q: text, as_typed: "true", limit: MOST })}`);
        const found = answer.ok ? (await answer.json()).results : []; // half a phrase is no question yet
        if (mine === asked && document.activeElement === field) show(found);
      } catch {
        if (mine === asked) close(); // offline: the form still works once it is not
      }
      return undefined;
    };

    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        mark(((chosen + 1 + step + hits.length + 1) % (hits.length + 1)) - 1);
        event.preventDefault();
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(pageOf(hits[chosen]));
      } else if (event.key === "Escape") {
        close();
        event.preventDefault();
      }
    });
    field.addEventListener("blur", close);
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("input[data-suggest]")) suggesting(field);
  });
})();
