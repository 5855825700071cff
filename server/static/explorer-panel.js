"use strict";
/* What stands beside the explorer's canvas: selection, tooltip, legend, list. Built of elements and textContent. */
(() => {
  const explorer = window.collegiumExplorer;
  const LISTED = 100;
  const NEIGHBOURS = 12;
  const { element, named, button, swatch, formatted, counted } = window.collegiumElements;
  const byId = (id) => document.getElementById(id);
  const linked = (text, href) => {
    const made = named(href ? "a" : "bdi", text);
    if (href) made.href = href;
    return made;
  };
  const plural = { author: "authors", institution: "institutions", category: "categories", paper: "papers" };
  explorer.panel = (model, picture, act, root, behind) => {
    const { nodes, state, doc } = model;
    const [panel, tip, legend, rows] = ["panel", "tip", "legend", "rows"].map(byId);
    const kindOf = (node) => doc.kinds[nodes.kind[node]];
    const pageOf = (node) => {
      const iri = model.iriOf(node);
      // A work that is only cited has no page here, and in a file without a home nothing has.
      if (iri === nodes.id[node]) return /^https?:\/\//.test(iri) ? iri : "";
      return root && `${root}${kindOf(node)}/${encodeURIComponent(nodes.id[node])}`;
    };
    const joint = (weight) => (Number.isInteger(weight) ? counted(weight, ...doc.tie) : `weight ${formatted(weight)}`);
    const comparison = explorer.comparisonPanel(model, act, { joint, pageOf, kindOf });
    const span = (first, last) => (!first ? "" : first === last ? `${first}` : `${first}–${last}`);
    const yearsOf = (link) => {
      const first = model.links.from?.[link];
      return first ? span(first, first + model.links.span[link]) : "";
    };
    const textOf = (kind, node) => (nodes[kind] && nodes[kind][node] >= 0 ? doc.names[kind][nodes[kind][node]] : null);

    const choice = (node, number) => {
      const row = element("li");
      const choose = button(null, () => act.select(node, { fly: true }));
      choose.append(swatch(model.grouping(state.colour).hueOf(node)), named("span", nodes.name[node], "name"), element("span", number, "number"));
      choose.ariaPressed = String(node === state.selected);
      row.append(choose);
      if (!pageOf(node)) return row;
      const page = element("a", "→");
      page.href = pageOf(node);
      page.ariaLabel = `Page of ${nodes.name[node]}`;
      row.append(page);
      return row;
    };

    const factsOf = (node) => {
      const facts = [
        ["Papers", formatted(nodes.papers[node])],
        ["Links shown", formatted(model.linksOf(node).length)],
        ["Years", span(nodes.from?.[node], nodes.to?.[node]) || null],
        ["On most papers", textOf("institution", node)],
        ["Usual category", textOf("category", node)],
        [act.sizeTitle(), nodes.value ? formatted(nodes.value[node]) : null],
      ];
      const list = element("dl", null, "explorer-facts");
      for (const [title, value] of facts)
        if (value !== null) list.append(element("dt", title), named("dd", value));
      return list;
    };

    const aboutNode = (node) => {
      const title = element("h2");
      title.append(linked(nodes.name[node], pageOf(node)));
      const near = model.neighbours(node);
      const made = [title, factsOf(node)];
      if (near.length) {
        const list = element("ol", null, "drawing-rows");
        list.append(...near.slice(0, NEIGHBOURS).map((each) => choice(each.node, formatted(model.weight(each.link)))));
        made.push(element("h3", `Strongest of ${counted(near.length, "link", "links")}`), list);
      }
      const more = element("p");
      more.append(button("Compare", () => act.compare(node), "drawing-plain"));
      if (kindOf(node) === "author" && root) {
        more.append(" · ");
        const circle = linked("Circle of co-authors", `${root}network/ego/${encodeURIComponent(nodes.id[node])}`);
        more.append(circle);
      }
      made.push(more, element("p", "Shift-click another dot, or name it under “Path to”, for the path between the two.", "drawing-none"));
      return made;
    };

    const aboutLink = (link) => {
      const [a, b] = [model.from[link], model.to[link]];
      const title = element("h2");
      title.append(linked(nodes.name[a], pageOf(a)), " – ", linked(nodes.name[b], pageOf(b)));
      const said = [joint(model.weight(link)), yearsOf(link)];
      if (model.isCut[link]) said.push("only cut author lists show it");
      const made = [title, element("p", said.filter(Boolean).join(", "))];
      return [...made, ...behind(link)];
    };

    /* Between authors the service knows paths over what is not shown here. */
    const noPath = () => {
      const said = element("p", "Nothing that is shown links them; show more");
      const ends = [state.selected, state.target];
      if (root && ends.every((node) => kindOf(node) === "author")) {
        const [from, to] = ends.map((node) => encodeURIComponent(nodes.id[node]));
        said.append(", or ask for the ", linked("path in the whole network", `${root}network/path?from=${from}&to=${to}`));
      }
      said.append(".");
      return said;
    };

    const aboutPath = () => {
      const path = model.path(state.selected, state.target);
      const headed = (text) => {
        const title = element("h2", `${text} between `);
        title.append(named("bdi", nodes.name[state.selected]), " and ", named("bdi", nodes.name[state.target]));
        return title;
      };
      if (!path) return [headed("No path in this picture"), noPath()];
      const list = element("ol", null, "drawing-rows");
      path.nodes.forEach((node, step) => list.append(choice(node, step < path.links.length ? joint(model.weight(path.links[step])) : "")));
      const whole = new URLSearchParams({ from: nodes.id[state.selected], to: nodes.id[state.target] });
      const more = element("p");
      if (root && kindOf(state.selected) === "author") more.append(linked("With the papers that prove each step", `${root}network/path?${whole}`));
      const others = element("p", "One of the shortest; there may be others.", "drawing-none");
      return [headed(counted(path.links.length, "step")), list, others, more];
    };

    const showPanel = () => {
      panel.hidden = state.compared.length > 0 && state.selected === null && state.link === null;
      if (state.link !== null) panel.replaceChildren(...aboutLink(state.link));
      else if (state.selected !== null && state.target !== null) panel.replaceChildren(...aboutPath());
      else if (state.selected !== null) panel.replaceChildren(...aboutNode(state.selected));
      else panel.replaceChildren(element("p", "Nothing selected. Choose a dot in the picture or a name in the list; click a line for the papers behind it.", "drawing-none"));
    };

    const NOTES = {
      community: `Communities of what is drawn, each named by the dot with most ${doc.tie[1]} in it; /api/communities finds those of the whole network.`,
      institution: "What stands on most of a node's papers; papers have institutions, people have not.",
      category: "What stands on most of a node's papers.",
      year: "",
    };
    const showLegend = () => {
      const { groups } = model.grouping(state.colour);
      const now = picture.comparison();
      byId("legend-title").textContent = now ? "Colour: comparison" : "Colour";
      byId("legend-note").textContent = now ? "" : NOTES[state.colour];
      if (now) return legend.replaceChildren(...comparison.legend(now));
      return legend.replaceChildren(
        ...groups.map((group) => {
          const row = element("li");
          const toggle = button(null, () => act.toggle(group.key));
          toggle.append(swatch(group.hue), named("span", group.title, "name"), element("span", formatted(group.size), "number"));
          if (group.about) toggle.append(named("span", group.about, "about"));
          toggle.ariaPressed = String(!state.hidden.has(group.key));
          toggle.title = state.hidden.has(group.key) ? "Show this group" : "Hide this group";
          row.append(toggle);
          return row;
        }),
      );
    };

    const showList = () => {
      const value = act.sizeOf;
      const shown = [...nodes.id.keys()].filter((node) => model.nodeOn[node]);
      shown.sort((a, b) => (value(b) ?? -1) - (value(a) ?? -1) || a - b);
      rows.replaceChildren(...shown.slice(0, LISTED).map((node) => choice(node, formatted(value(node)))));
      byId("list-more").textContent = shown.length > LISTED ? `The first ${LISTED} of ${shown.length.toLocaleString("en")}.` : "";
    };

    const showTip = () => {
      const node = state.pointed;
      tip.hidden = node === null;
      if (tip.hidden) return;
      const under = [counted(nodes.papers[node], "paper", "papers"), counted(model.linksOf(node).length, "link", "links")];
      tip.replaceChildren(named("strong", nodes.name[node]), element("div", under.join(" · "), "drawing-under"));
      const place = textOf("institution", node);
      if (place) tip.append(named("div", place, "drawing-under"));
      const at = picture.positionOf(node);
      const room = tip.parentElement;
      tip.style.left = `${Math.max(4, Math.min(at.x + 14, room.clientWidth - tip.offsetWidth - 4))}px`;
      tip.style.top = `${Math.max(4, Math.min(at.y + 12, room.clientHeight - tip.offsetHeight - 4))}px`;
    };

    const noun = doc.kinds.length === 1 ? [doc.kinds[0], plural[doc.kinds[0]]] : ["node", "nodes"];
    const status = () => {
      const [one, many] = noun;
      const here = `${model.shown().toLocaleString("en")} of ${counted(model.count, one, many)}, ${model.linksShown().toLocaleString("en")} of ${counted(model.size, "link", "links")}`;
      return `${here} shown.`;
    };

    const showCompared = () => comparison.show(picture.comparison());
    return { noun, pageOf, showCompared, showPanel, showLegend, showList, showTip, status };
  };
})();
