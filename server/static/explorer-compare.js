"use strict";
/* Two or three nodes beside each other in the picture: whom each is linked with, whom they share. */
(() => {
  const explorer = window.collegiumExplorer;
  const { element, named, button, swatch, formatted, counted } = window.collegiumElements;
  const MOST = 3;
  const SHARED = "centre"; // the hue of those whom two or more share
  const REST = 9;

  explorer.comparing = (model) => {
    const { nodes, state } = model;

    const add = (node) => {
      if (!state.compared.includes(node)) state.compared = [...state.compared, node].slice(-MOST);
    };
    const remove = (node) => {
      state.compared = state.compared.filter((each) => each !== node);
    };

    /* What is shown of those compared; null when nobody is. */
    const found = () => {
      if (!state.compared.length) return null;
      const near = state.compared.map((node) => new Map(model.neighbours(node).map((each) => [each.node, each.link])));
      const of = new Map(); // neighbour -> which of those compared it is linked with, by place
      near.forEach((links, at) => {
        for (const node of links.keys()) of.set(node, [...(of.get(node) ?? []), at]);
      });
      const others = [...of].filter(([node]) => !state.compared.includes(node));
      const hues = new Map(others.map(([node, places]) => [node, places.length > 1 ? SHARED : places[0]]));
      state.compared.forEach((node, at) => hues.set(node, at));
      return {
        hues,
        links: new Set(near.flatMap((links) => [...links.values()])),
        rows: state.compared.map((node, at) => ({
          node,
          links: near[at].size,
          alone: others.filter(([, places]) => places.length === 1 && places[0] === at).length,
          shared: others.filter(([, places]) => places.length > 1 && places.includes(at)).length,
        })),
        pairs: state.compared.flatMap((one, i) =>
          state.compared.slice(i + 1).map((other, j) => ({
            one,
            other,
            link: model.linkBetween(one, other),
            shared: others.filter(([, places]) => places.includes(i) && places.includes(i + 1 + j)).map(([node]) => node),
          })),
        ),
        shared: others.filter(([, places]) => places.length > 1).length,
        byAll: others.filter(([, places]) => places.length === state.compared.length).length,
      };
    };
    const hueOf = (node, comparison) => comparison.hues.get(node) ?? REST;
    return { add, remove, found, hueOf };
  };

  /* ── the section beside the picture, and the legend while it lasts ── */

  explorer.comparisonPanel = (model, act, { joint, pageOf, kindOf }) => {
    const { nodes, state, doc } = model;
    const box = document.getElementById("compared");
    const NAMED = 12;

    const table = (rows) => {
      const made = element("table", null, "explorer-compared");
      const head = element("tr");
      head.append(...["", "Papers", "Links", "Shared", ""].map((text) => element("th", text)));
      made.append(head);
      rows.forEach(({ node, links, shared }, at) => {
        const name = element("th");
        name.scope = "row";
        const choose = button(null, () => act.select(node, { fly: true }));
        choose.append(swatch(at), named("span", nodes.name[node], "name"));
        name.append(choose);
        const end = element("td");
        const away = button("×", () => act.compare(node, false));
        away.ariaLabel = `Leave ${nodes.name[node]} out of the comparison`;
        end.append(away);
        const row = element("tr");
        row.append(name, ...[nodes.papers[node], links, shared].map((value) => element("td", formatted(value))), end);
        made.append(row);
      });
      return made;
    };
    const told = ({ one, other, link, shared }) => {
      const row = element("li");
      row.append(named("bdi", nodes.name[one]), " and ", named("bdi", nodes.name[other]), ": ");
      // Below the bound by which the network was cut a link is not known here.
      const weak = doc.least > 1 ? `fewer than ${formatted(doc.least)} ${doc.tie[1]}` : `no ${doc.tie[0]}`;
      row.append(`${link === null ? weak : joint(model.weight(link))}, ${counted(shared.length, "shared neighbour")}`);
      const first = shared.sort((a, b) => nodes.papers[b] - nodes.papers[a] || a - b).slice(0, NAMED);
      const names = first.flatMap((node, at) => [at ? ", " : " (", named("bdi", nodes.name[node])]);
      if (first.length) row.append(...names, shared.length > first.length ? ", …)" : ")");
      row.append(".");
      return row;
    };

    const show = (comparison) => {
      box.hidden = comparison === null;
      if (box.hidden) return box.replaceChildren();
      const { rows, pairs, byAll } = comparison;
      const parts = [element("h2", "Compared"), table(rows)];
      if (rows.length === 1) parts.push(element("p", "Name another under “Compare”, or choose it and press “Compare”.", "drawing-none"));
      if (pairs.length) {
        const list = element("ul", null, "explorer-pairs");
        list.append(...pairs.map(told));
        parts.push(list);
      }
      if (rows.length > 2) parts.push(element("p", `${counted(byAll, "neighbour")} of all three.`));
      const more = element("p");
      if (rows.length > 1 && rows.every(({ node }) => kindOf(node) === "author") && pageOf(rows[0].node)) {
        const page = element("a", "The whole comparison");
        const asked = new URLSearchParams(rows.map(({ node }) => ["author", nodes.id[node]]));
        page.href = `${document.body.dataset.root}compare?${asked}`;
        more.append(page, " · ");
      }
      more.append(button("End the comparison", () => act.compare(null, false), "drawing-plain"));
      parts.push(more);
      return box.replaceChildren(...parts);
    };

    const legend = ({ rows, shared }) => {
      const row = (hue, text, size) => {
        const made = element("li", null, "explorer-role");
        made.append(swatch(hue), named("span", text, "name"), element("span", formatted(size), "number"));
        return made;
      };
      const alone = rows.map(({ node, alone: size }, at) => row(at, `with ${nodes.name[node]}${rows.length > 1 ? " only" : ""}`, size));
      return rows.length > 1 ? [...alone, row(SHARED, "shared by two or more", shared)] : alone;
    };
    return { show, legend };
  };
})();
