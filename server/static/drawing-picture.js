"use strict";
/* The canvas: vis-network with positions from the server, colours from the theme, labels that do not collide.
   One function, paint(), turns the model's state into what vis shows; it sends only what changed. */
(() => {
  const drawing = window.collegiumDrawing;
  const { model } = drawing;
  const { nodes, edges, facts, state } = model;
  const container = document.getElementById("picture");
  if (!container) return;

  const CLOSE_UP = 1.1; // the zoom at which a found node is shown, unless the view is nearer already
  const RIM_PX = 48; // free at each side of a picture that fits

  /* ── colours: read from the theme, so that style sheets alone decide them ── */

  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const context2d = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const rgbOf = (name) => {
    probe.style.color = `var(${name})`;
    context2d.fillStyle = getComputedStyle(probe).color;
    context2d.fillRect(0, 0, 1, 1);
    return [...context2d.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const mixed = (over, under, share) =>
    `rgb(${over.map((value, i) => Math.round(value * share + under[i] * (1 - share))).join(",")})`;

  let theme;
  const readTheme = () => {
    const hues = {};
    for (let i = 0; i <= 9; i += 1) hues[i] = rgbOf(`--hue-${i}`);
    hues.centre = rgbOf("--ink");
    theme = { hues, ground: rgbOf("--picture-ground"), ink: rgbOf("--ink"), line: rgbOf("--rule-strong") };
  };
  readTheme();

  /* The server lays out for a wide picture; in a high one (a phone) the axes change places. Names on a path lie across
     it then, and need less room. */
  if (container.clientHeight > container.clientWidth) {
    const along = facts.form === "path" ? 0.62 : 1;
    for (const node of nodes) [node.x, node.y] = [node.y, node.x * along];
  }

  const nodeData = new vis.DataSet(
    nodes.map(({ id, x, y, label }) => ({ id, x, y, label, size: model.radiusOf(nodes[id]) })),
  );
  const edgeData = new vis.DataSet(edges.map(({ id, from, to, width }) => ({ id, from, to, width })));
  const network = new vis.Network(container, { nodes: nodeData, edges: edgeData }, model.options);

  const { labelSize, dotSize, labelled, roomAtEnds } = drawing.namesOf(network, container);

  /* ── paint ── */

  /* What stays bright: the pointed or selected node with its neighbours, or the two ends of a line. */
  const nearOf = () => {
    const edge = state.pointedEdge ?? (state.pointed === null ? state.selectedEdge : null);
    if (edge !== null) return new Set([edges[edge].from, edges[edge].to]);
    const node = state.pointed ?? state.selected;
    if (node === null) return null;
    return new Set([node, ...model.neighbours(node).map((each) => each.node.id)]);
  };

  const isBright = (edge, near) => {
    const one = state.pointedEdge ?? (state.pointed === null ? state.selectedEdge : null);
    if (one !== null) return edge.id === one;
    const node = state.pointed ?? state.selected;
    return !near || edge.from === node || edge.to === node;
  };

  const edgeColour = (edge, near) => {
    const [from, to] = [model.hueOf(nodes[edge.from]), model.hueOf(nodes[edge.to])];
    const spoke = from === "centre" || to === "centre";
    const hue = from === to ? theme.hues[from] : theme.line;
    const share = Math.min(0.85, (spoke ? 0.3 : 0.42) + 0.08 * Math.sqrt(edge.joint));
    if (!near) return mixed(hue, theme.ground, share);
    return isBright(edge, near) ? mixed(hue, theme.ground, 0.9) : mixed(hue, theme.ground, 0.12);
  };

  const sent = { node: new Map(), edge: new Map() }; // id -> what vis has, as text; filled by send()
  const send = (kind, data, updates) => {
    const changed = updates.filter((update) => {
      const text = JSON.stringify(update);
      if (sent[kind].get(update.id) === text) return false;
      sent[kind].set(update.id, text);
      return true;
    });
    if (changed.length) data.update(changed);
  };

  const paint = () => {
    const near = nearOf();
    const names = labelled(near);
    const size = labelSize();
    const ink = mixed(theme.ink, theme.ground, 1);
    const ground = mixed(theme.ground, theme.ground, 1);
    send(
      "node",
      nodeData,
      nodes.map((node) => {
        const dim = near && !near.has(node.id);
        const fill = mixed(theme.hues[model.hueOf(node)], theme.ground, dim ? 0.16 : 1);
        const chosen = node.id === state.selected || node.id === state.pointed;
        const isCentre = node.id === facts.centre && !dim;
        const colour = { background: fill, border: chosen || isCentre ? ink : ground };
        return {
          id: node.id,
          hidden: !model.isShown(node),
          size: Math.round(dotSize(node) * 10) / 10,
          borderWidth: chosen || isCentre ? 3 : 1.5,
          color: { ...colour, highlight: { ...colour, border: ink }, hover: { ...colour, border: ink } },
          font: {
            size: names.has(node.id) ? size : 0,
            vadjust: (names.get(node.id) ?? 0) - 0.35 * size, // vis leaves a third of a line between dot and name
            color: ink,
            strokeColor: ground,
            strokeWidth: size / 3.6,
            face: getComputedStyle(document.body).fontFamily,
          },
        };
      }),
    );
    send(
      "edge",
      edgeData,
      edges.map((edge) => {
        const colour = edgeColour(edge, near);
        return {
          id: edge.id,
          hidden: !model.isEdgeShown(edge),
          color: { color: colour, highlight: colour, hover: colour },
        };
      }),
    );
  };

  let waiting = 0;
  const paintSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(paint, 60);
  };
  for (const event of ["zoom", "animationFinished", "resize", "dragEnd"]) network.on(event, paintSoon);

  /* ── the line under a point: of those within a few pixels a thick one wins, where vis takes the first it meets ── */

  const REACH_PX = 4;
  const MOST_LINES = 2_000; // beyond, the walk over all lines would be felt; vis then decides
  const edgeAt = ({ x, y }) => {
    if (edges.length > MOST_LINES) return null;
    const [at, scale] = [network.DOMtoCanvas({ x, y }), network.getScale()];
    let best = { id: null, cost: Infinity };
    for (const edge of edges) {
      if (!model.isEdgeShown(edge)) continue;
      const [from, to] = [nodes[edge.from], nodes[edge.to]];
      const [wide, high] = [to.x - from.x, to.y - from.y];
      const along = ((at.x - from.x) * wide + (at.y - from.y) * high) / (wide * wide + high * high || 1);
      const share = Math.min(1, Math.max(0, along));
      const away = Math.hypot(from.x + share * wide - at.x, from.y + share * high - at.y);
      const gap = Math.max(0, (away - edge.width / 2) * scale);
      const cost = gap - edge.width * scale;
      if (gap <= REACH_PX && cost < best.cost) best = { id: edge.id, cost };
    }
    return best.id;
  };

  /* ── moving about ── */

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const animation = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  /* By the dots alone, with room for names at the rim: vis-network's own fit measures the names of the view before. */
  const fit = (animated = true) => {
    const shown = nodes.filter(model.isShown);
    if (!shown.length) return;
    const spans = ["x", "y"].map((axis) => {
      const places = shown.map((node) => node[axis]);
      return [Math.min(...places), Math.max(...places)];
    });
    const [x, y] = spans.map(([from, to]) => (from + to) / 2);
    const rims = [Math.max(RIM_PX, roomAtEnds()), RIM_PX];
    const room = [container.clientWidth, container.clientHeight].map((size, axis) => Math.max(size - 2 * rims[axis], 1));
    const scales = spans.map(([from, to], axis) => room[axis] / Math.max(to - from, 1));
    network.moveTo({ position: { x, y }, scale: Math.min(1.5, ...scales), animation: animated ? animation() : false });
    if (!animated || still.matches) paintSoon();
  };
  const zoom = (factor) =>
    network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: animation() });
  const flyTo = (id) => network.focus(id, { scale: Math.max(network.getScale(), CLOSE_UP), animation: animation() });

  const positionOf = (idOrIri) => {
    const node = nodes.find((each) => each.id === idOrIri || each.iri === idOrIri);
    if (!node) return null;
    const inside = network.canvasToDOM({ x: node.x, y: node.y });
    const frame = container.getBoundingClientRect();
    return { x: frame.left + inside.x, y: frame.top + inside.y };
  };

  const themeChanged = () => {
    readTheme();
    paint();
  };

  /* ── the picture as a file: what is seen, on its ground, with title and what is left out ── */

  const toPng = (title, status) => {
    const canvas = container.querySelector("canvas");
    const ratio = canvas.width / container.clientWidth;
    const margin = 16 * ratio;
    const head = 52 * ratio;
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height + head];
    const draw = copy.getContext("2d");
    draw.fillStyle = mixed(theme.ground, theme.ground, 1);
    draw.fillRect(0, 0, copy.width, copy.height);
    draw.drawImage(canvas, 0, head);
    draw.fillStyle = mixed(theme.ink, theme.ground, 1);
    const family = getComputedStyle(document.body).fontFamily;
    draw.font = `600 ${16 * ratio}px ${family}`;
    draw.fillText(title, margin, 24 * ratio, copy.width - 2 * margin);
    draw.font = `${12 * ratio}px ${family}`;
    draw.fillText(status, margin, 43 * ratio, copy.width - 2 * margin);
    copy.toBlob((blob) => window.collegiumElements.save(blob, "network.png"));
  };

  drawing.network = network;
  drawing.positionOf = positionOf;
  const hueRgbOf = (node) => theme.hues[model.hueOf(node)];
  const lineColour = (edge) => edgeColour(edge, null);
  const colours = () => ({ ground: mixed(theme.ground, theme.ground, 1), ink: mixed(theme.ink, theme.ink, 1) });
  drawing.picture = { hueRgbOf, lineColour, colours, network, edgeAt, paint, fit, zoom, flyTo, themeChanged, toPng };
})();
