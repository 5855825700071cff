"use strict";
/* What stands beside the canvas: the panel of what is selected, the tooltip, the legend and the list.
   Built of elements and textContent; no string is ever parsed as HTML. */
(() => {
  const drawing = window.collegiumDrawing;
  const { model } = drawing;
  const { nodes, edges, facts, state } = model;
  const panel = document.getElementById("panel");
  const tip = document.getElementById("tip");
  if (!panel) return;

  const NARROW_PX = 520;
  const tipPapers = () => (window.innerWidth < NARROW_PX ? 3 : 6);
  const PANEL_NEIGHBOURS = 12;
  const [one, many] = facts.noun;

  const { element, named, swatch } = window.collegiumElements;
  const linked = (text, href) => {
    if (!href) return named("span", text);
    const link = named("a", text);
    link.href = href;
    if (facts.newWindow) [link.target, link.rel] = ["_blank", "noopener"];
    return link;
  };
  const span = ([from, to]) => (from === null ? "" : from === to ? `${from}` : `${from}–${to}`);
  const jointText = (edge) =>
    (edge.what && `${edge.what}: `) +
    model.counted(edge.joint, ...facts.tie) +
    (edge.weight === null ? "" : `, weight ${model.formatted(edge.weight)}`);

  /* ── tooltip ── */

  const tipOf = (names, under, papers, after) => {
    const box = document.createDocumentFragment();
    const title = element("strong");
    title.append(...names.flatMap((name, at) => [at ? " – " : "", named("bdi", name)]));
    box.append(title, element("div", under, "drawing-under"));
    if (papers.length) {
      const list = element("ul");
      for (const paper of papers.slice(0, tipPapers())) {
        const row = named("li", paper.title);
        row.append(" ", element("span", paper.yearText, "drawing-year"));
        list.append(row);
      }
      box.append(list);
      if (papers.length > tipPapers())
        box.append(element("div", `and ${papers.length - tipPapers()} more`, "drawing-under"));
    }
    if (after) box.append(element("div", after, "drawing-under"));
    return box;
  };

  /* Around one author the papers with that author are what is listed: say how many of all they are. */
  const papersText = (node) => {
    const all = model.counted(node.values[0], "paper", "papers");
    const spoke = model.edgesOf[node.id].find((edge) => model.otherEnd(edge, node.id) === facts.centre);
    return facts.form === "ego" && spoke ? `${all}, ${spoke.joint} with ${nodes[facts.centre].label}` : all;
  };

  const factsOf = (node) =>
    [
      ...(facts.hasPapers ? [papersText(node)] : []),
      `${model.counted(model.neighbours(node.id).length, "link", "links")} here`,
      ...facts.sizes.map((title, i) => `${title} ${model.formatted(node.values[i])}`).slice(facts.hasPapers ? 2 : 1),
    ].join(" · ");

  const showTip = (at) => {
    tip.hidden = state.pointed === null && state.pointedEdge === null;
    if (tip.hidden) return;
    if (state.pointed !== null) {
      const node = nodes[state.pointed];
      const papers = model.papersOf(model.edgesOf[node.id].filter(model.isEdgeShown));
      const touched = matchMedia("(hover: none)").matches && node.href;
      tip.replaceChildren(tipOf([node.name], factsOf(node), papers, touched ? "Tap again to open its page." : null));
    } else {
      const edge = edges[state.pointedEdge];
      const names = [nodes[edge.from].label, nodes[edge.to].label];
      tip.replaceChildren(
        tipOf(names, [jointText(edge), span(edge.years)].filter(Boolean).join(", "), model.papersOf([edge])),
      );
    }
    const room = tip.parentElement.getBoundingClientRect();
    const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
    const narrow = room.width < NARROW_PX; // then under or over the finger, not beside it
    const beside = at.x + 18 + wide > room.width ? at.x - 18 - wide : at.x + 18;
    const under = at.y + 24 + high > room.height ? at.y - 24 - high : at.y + 24;
    const left = narrow ? Math.min(at.x - wide / 2, room.width - wide - 4) : beside;
    const top = narrow ? under : Math.min(at.y - 10, room.height - high - 4);
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  };

  /* ── panel ── */

  const paperList = (papers) => {
    const list = element("ul", null, "drawing-papers");
    for (const paper of papers) {
      const row = element("li");
      row.append(linked(paper.title, paper.href), " ", element("span", paper.yearText, "drawing-year"));
      list.append(row);
    }
    return list;
  };

  const choiceOf = (node, number) => {
    const row = element("li");
    const button = element("button");
    button.type = "button";
    button.append(swatch(model.hueOf(node)), named("span", node.label, "name"), element("span", number, "number"));
    button.addEventListener("click", () => drawing.select(node.id, { fly: true }));
    row.append(button);
    return row;
  };

  const nodePanel = (node) => {
    const title = element("h2");
    title.append(linked(node.name, node.href));
    const near = model.neighbours(node.id);
    const list = element("ol", null, "drawing-rows");
    list.append(...near.slice(0, PANEL_NEIGHBOURS).map((each) => choiceOf(each.node, each.edge.joint)));
    const parts = [title, element("p", factsOf(node), "drawing-under")];
    const group = model.groups()[model.groupOf(node)];
    if (facts.colourings.length > 1 && state.colouring > 0) parts.push(element("p", group.name, "drawing-under"));
    if (near.length) {
      parts.push(element("h3", facts.hasPapers ? "Joint papers with" : "Linked with"), list);
      if (near.length > PANEL_NEIGHBOURS)
        parts.push(element("p", `and ${near.length - PANEL_NEIGHBOURS} more ${many}`, "drawing-under"));
    }
    const papers = model.papersOf(near.map((each) => each.edge));
    if (papers.length) parts.push(element("h3", "Papers behind the links"), paperList(papers));
    return parts;
  };

  const edgePanel = (edge) => {
    const title = element("h2");
    const [from, to] = [nodes[edge.from], nodes[edge.to]];
    title.append(linked(from.name, from.href), element("span", " and ", "drawing-with"), linked(to.name, to.href));
    const under = [jointText(edge), span(edge.years)].filter(Boolean).join(", ");
    const papers = edge.papers.length ? [paperList(model.papersOf([edge]))] : [];
    return [title, element("p", under, "drawing-under"), ...papers];
  };

  const showPanel = () => {
    if (state.selectedEdge !== null) panel.replaceChildren(...edgePanel(edges[state.selectedEdge]));
    else if (state.selected !== null) panel.replaceChildren(...nodePanel(nodes[state.selected]));
    else
      panel.replaceChildren(
        element(
          "p",
          `Nothing selected. Choose ${/^[aio]/.test(one) ? "an" : "a"} ${one} from the list, or click a line: ` +
            (facts.hasPapers ? "the papers then stand here." : "what is known of it then stands here."),
          "drawing-none",
        ),
      );
  };

  /* ── legend: each row hides and shows its group ── */

  const showLegend = () => {
    const { title } = facts.colourings[state.colouring];
    document.getElementById("legend-title").textContent = title;
    document.getElementById("legend-note")?.toggleAttribute("hidden", title !== "Community");
    const rows = model.groups().flatMap((group, number) => {
      if (!group.size) return []; // of a picture that was narrowed before it was saved
      const row = element("li");
      const button = element("button");
      button.type = "button";
      button.title = "Hide or show this group";
      button.ariaPressed = String(!state.hiddenGroups.has(number));
      button.append(swatch(group.hue), named("span", group.name, "name"), element("span", group.size, "number"));
      button.addEventListener("click", () => {
        if (!state.hiddenGroups.delete(number)) state.hiddenGroups.add(number);
        button.ariaPressed = String(!state.hiddenGroups.has(number));
        drawing.filterChanged();
      });
      row.append(button);
      return row;
    });
    document.getElementById("legend").replaceChildren(...rows);
  };

  /* ── list: the rows come with the page, so that it reads without a script; here they learn to select ── */

  const rows = [...document.querySelectorAll("#rows > li")].map((row) => ({
    row,
    node: nodes[Number(row.dataset.node)],
    button: row.querySelector("button"),
    swatch: row.querySelector(".swatch"),
    number: row.querySelector(".number"),
  }));
  for (const { node, button } of rows) {
    button.addEventListener("click", () => drawing.select(node.id, { fly: true }));
    button.addEventListener("focus", () => drawing.point(button.matches(":focus-visible") ? node.id : null));
    button.addEventListener("blur", () => drawing.point(null));
  }

  const showList = () => {
    for (const { row, node, button, swatch: mark } of rows) {
      row.hidden = !model.isShown(node);
      mark.dataset.hue = model.hueOf(node);
      button.ariaPressed = String(node.id === state.selected);
    }
  };

  const sortList = () => {
    for (const { node, number } of rows) number.textContent = model.formatted(node.values[state.size]);
    if (facts.form === "path") return; // the order of the path says more
    document.getElementById("list-by").textContent = facts.sizes[state.size].toLowerCase();
    const order = rows
      .slice()
      .sort((a, b) => b.node.values[state.size] - a.node.values[state.size] || a.node.name.localeCompare(b.node.name));
    document.getElementById("rows").append(...order.map((each) => each.row));
  };

  document.getElementById("names").append(
    ...nodes.map((node) => {
      const option = element("option");
      option.value = node.label;
      return option;
    }),
  );

  drawing.panel = { showTip, showPanel, showLegend, showList, sortList };
})();
