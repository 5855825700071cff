"use strict";
/* What a drawing holds and which of it is shown: reads the JSON blocks of the page; knows no canvas and no panel.
   Every text in the data is a stranger's: it goes into the page by textContent only, here and in the files that follow. */
(() => {
  const { formatted, counted } = window.collegiumElements;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);

  /* Columns as rows again; see drawings/columns.py. */
  const rowsOf = ({ count, same, begin, columns }) =>
    Array.from({ length: count }, (_, id) => {
      const row = { id, ...same };
      for (const [key, values] of Object.entries(columns)) row[key] = key in begin ? begin[key] + values[id] : values[id];
      return row;
    });

  const nodes = rowsOf(read("nodes"));
  for (const node of nodes) node.label ??= node.name;
  const edges = rowsOf(read("edges"));
  const papers = rowsOf(read("papers"));
  const facts = read("facts");

  /* node number -> its edges; filled once, here */
  const edgesOf = nodes.map(() => []);
  for (const edge of edges) {
    edgesOf[edge.from].push(edge);
    edgesOf[edge.to].push(edge);
  }

  const state = {
    least: facts.least,
    colouring: facts.colourBy,
    size: facts.sizeBy,
    selected: facts.selected,
    selectedEdge: null,
    pointed: null,
    pointedEdge: null,
    hiddenGroups: new Set(),
  };

  const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);
  const groupOf = (node) => node.groups[state.colouring];
  const groups = () => facts.colourings[state.colouring].groups;
  const hueOf = (node) => groups()[groupOf(node)].hue;
  const radiusOf = (node) => node.radii[state.size];

  /* Without a raised bound the unlinked stay: they wrote papers, only not with anyone here. */
  const isLinked = (node) => edgesOf[node.id].some((edge) => edge.joint >= state.least);
  const isShown = (node) =>
    !state.hiddenGroups.has(groupOf(node)) &&
    (state.least <= facts.least || node.id === facts.centre || isLinked(node));
  const isEdgeShown = (edge) =>
    edge.joint >= state.least && isShown(nodes[edge.from]) && isShown(nodes[edge.to]);

  const neighbours = (node) =>
    edgesOf[node]
      .filter(isEdgeShown)
      .map((edge) => ({ edge, node: nodes[otherEnd(edge, node)] }))
      .sort((a, b) => b.edge.joint - a.edge.joint || a.node.name.localeCompare(b.node.name));

  /* Papers behind the shown links of a node, newest first; those without a year come last. */
  const papersOf = (edgeList) => {
    const numbers = new Set(edgeList.flatMap((edge) => edge.papers));
    return [...numbers]
      .map((number) => papers[number])
      .sort((a, b) => (b.year ?? -1) - (a.year ?? -1) || a.title.localeCompare(b.title));
  };

  const find = (text) => {
    const wanted = text.trim().toLocaleLowerCase();
    if (!wanted) return null;
    const names = nodes.map((node) => node.name.toLocaleLowerCase());
    for (const fits of [
      (name) => name === wanted,
      (name) => name.startsWith(wanted),
      (name) => name.includes(wanted),
    ]) {
      const found = nodes.filter((node, index) => fits(names[index]));
      if (found.length) return (found.find(isShown) || found[0]).id;
    }
    return null;
  };

  const statusText = () => {
    const shownNodes = nodes.filter(isShown).length;
    const shownEdges = edges.filter(isEdgeShown).length;
    const [one, many] = facts.noun;
    if (shownNodes === nodes.length && shownEdges === edges.length)
      return `${counted(nodes.length, one, many)}, ${counted(edges.length, "link", "links")}.`;
    const why = [];
    if (state.least > facts.least) why.push(`links of fewer than ${state.least} ${facts.tie[1]}`);
    if (state.hiddenGroups.size) why.push(counted(state.hiddenGroups.size, "group", "groups"));
    return (
      `${shownNodes.toLocaleString("en")} of ${counted(nodes.length, one, many)}, ` +
      `${shownEdges.toLocaleString("en")} of ${counted(edges.length, "link", "links")} shown; left out by choice: ${why.join(", ")}.`
    );
  };

  window.collegiumDrawing = {
    ready: false,
    model: {
      nodes,
      edges,
      papers,
      facts,
      state,
      options: read("options"),
      rowsOf,
      edgesOf,
      otherEnd,
      groupOf,
      groups,
      hueOf,
      radiusOf,
      isShown,
      isEdgeShown,
      neighbours,
      papersOf,
      formatted,
      counted,
      find,
      statusText,
    },
  };
})();
