"use strict";
/* What stands behind a link: asked of the service when somebody looks, or read from what a saved page holds. */
(() => {
  const explorer = window.collegiumExplorer;
  const { element, named, counted, finished } = window.collegiumElements;
  const LISTED = 200; // works
  const NAMED = 5; // categories, institutions

  const asked = async (address, one, other) => {
    const wanted = new URL(address, location.href);
    for (const [name, value] of Object.entries({ one, other, limit: LISTED })) wanted.searchParams.set(name, value);
    return (await finished(wanted)).json();
  };

  const held = ({ of, works, names }, link) => {
    const numbers = of[link];
    const tallied = (kind) => {
      const counts = new Map();
      for (const at of numbers) for (const place of works[kind][at]) counts.set(place, (counts.get(place) ?? 0) + 1);
      const rows = [...counts].map(([place, papers]) => ({ name: names[kind][place], papers }));
      return rows.sort((a, b) => b.papers - a.papers);
    };
    const papers = numbers.slice(0, LISTED).map((at) => ({ id: works.id[at], title: works.title[at], year: works.year[at] }));
    return { total: numbers.length, papers, categories: tallied("categories"), institutions: tallied("institutions") };
  };

  /* The parts of a panel that tell it, which fill themselves. `address`: where the service says it, if there is one. */
  explorer.behind = (model, root, address) => {
    const { doc, nodes, from, to } = model;
    const noun = doc.kinds.includes("paper") ? "work" : "paper";

    const row = ({ id, title, year }) => {
      const href = /^https?:\/\//.test(id) ? id : root && `${root}paper/${encodeURIComponent(id)}`;
      const name = named(href ? "a" : "bdi", title);
      if (href) name.href = href;
      const made = element("li");
      made.append(name, " ", element("span", year ?? "year not known", "drawing-year"));
      return made;
    };
    const tally = (title, rows) => {
      const said = named("dd", null);
      rows.slice(0, NAMED).forEach(({ name, papers }, at) => said.append(at ? ", " : "", named("bdi", name), ` (${papers})`));
      if (rows.length > NAMED) said.append(` and ${rows.length - NAMED} more`);
      return rows.length ? [element("dt", title), said] : [];
    };
    const parts = (link, { total, papers, categories, institutions }) => {
      const ends = [from[link], to[link]].map((end) => nodes.name[end]);
      const further = (rows) => rows.filter(({ name }) => !ends.includes(name)); // both ends are on all of them
      const facts = element("dl", null, "explorer-facts");
      facts.append(...tally("Categories", further(categories)), ...tally("Institutions", further(institutions)));
      const list = element("ul", null, "drawing-papers");
      list.append(...papers.map(row));
      const more = total > papers.length ? [element("p", `The first ${papers.length} of ${total}.`, "drawing-none")] : [];
      return [facts, element("h3", counted(total, noun)), list, ...more];
    };

    return (link) => {
      if (doc.behind?.of) return parts(link, held(doc.behind, link));
      if (doc.behind) {
        const most = doc.behind.most.toLocaleString("en");
        return [element("p", `This page does not hold the papers: of more than ${most} links they are too many for a file. Save a smaller network, or ask the service.`, "drawing-none")];
      }
      if (!address) return [];
      const place = element("div", "Looking up the papers …");
      asked(address, model.iriOf(from[link]), model.iriOf(to[link])).then(
        (found) => place.replaceChildren(...parts(link, found)),
        (error) => place.replaceChildren(element("p", `The papers could not be looked up: ${error.message}`)),
      );
      return [place];
    };
  };
})();
