"use strict";
/* The canvas: sigma with places from the server and colours from the theme. paint() shows the model's state. */
(() => {
  const explorer = window.collegiumExplorer;

  const LEAST_LINE_PX = 1.25; // thinner lines flicker, and sigma draws transparent ones slowly
  const [SMALLEST, LARGEST] = [2, 14]; // radii of dots, as the server laid them out
  const [LEAST_PX, MOST_PX] = [1.6, 15];
  const UNITS = 20_000;
  const NAMED = 150; // so many of the largest may bear their name at first; closer up, more
  const FEW = 100; // nodes, all of which may bear their name if there is room
  const LEAST_NAMED = 12;
  const LONGEST = 40; // letters of a name in the picture
  const CLOSE_UP = 0.35;
  const REACH_PX = 4; // beside a line a click still means it
  const [LEAST_SPAN, ROOM_AROUND] = [0.04, 1.15]; // of the picture
  /* The size from which dots bear names at first; where it is that of nearly all, only those above it do. */
  const leastNamed = (sizes) => {
    const sorted = sizes.toSorted((a, b) => b - a);
    const size = sorted[Math.min(NAMED, sorted.length) - 1];
    const above = sorted.findIndex((each) => each <= size);
    return sorted.length > NAMED && above >= LEAST_NAMED ? size + 1e-3 : size;
  };
  /* A name on one line of the picture, without what turns the direction of its neighbours; the whole stands in the panel. */
  const shortName = (name) => {
    const letters = [...name.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim()];
    return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : letters.join("");
  };
  const least = (values) => values.reduce((a, b) => Math.min(a, b)); // Math.min(...values) takes 100,000 at most
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* ── colours: read from the theme, so that style sheets alone decide them ── */

  const themeReader = () => {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgbOf = (name) => {
      probe.style.color = `var(${name})`;
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    return () => ({
      hues: Array.from({ length: 10 }, (_, i) => rgbOf(`--hue-${i}`)),
      ground: rgbOf("--picture-ground"),
      ink: rgbOf("--ink"),
      line: rgbOf("--rule-strong"),
      accent: rgbOf("--accent"),
    });
  };
  const hex = (rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
  const mixed = (over, under, share) => hex(over.map((value, i) => value * share + under[i] * (1 - share)));

  explorer.hasWebGl = () => Boolean(document.createElement("canvas").getContext("webgl2"));

  explorer.draw = (model, container, sizeOf) => {
    const { nodes, from, to, state, nodeOn, linkOn } = model;
    const readTheme = themeReader();
    let theme = readTheme();
    let shown = null; // what stays bright: nodes and links, or null for all
    const comparing = explorer.comparing(model);
    let comparison = null; // of those compared, as `comparing.found` has it

    /* The server lays out for a wide picture; in a high one (a phone) the axes change places. */
    const [wide, high] = [container.clientWidth, container.clientHeight];
    const isHigh = high > wide;
    const placeOf = (node) => (isHigh ? { x: nodes.y[node], y: nodes.x[node] } : { x: nodes.x[node], y: nodes.y[node] });
    const pxOfUnit = (isHigh ? Math.min(high, wide * 1.4) : Math.min(wide, high * 1.4)) / UNITS;
    const radii = () => {
      const values = nodes.id.map((_, node) => Math.max(0, sizeOf(node) ?? 0));
      const largest = most([...values, 0]) || 1;
      return values.map((value) => {
        const share = Math.sqrt(value / largest);
        const px = (SMALLEST + (LARGEST - SMALLEST) * share) * model.doc.unit * pxOfUnit;
        // Where thousands leave a dot no room, it is as large as can be seen, and those of much still stand out.
        return Math.min(MOST_PX, Math.max(LEAST_PX * (0.6 + 1.8 * share), px));
      });
    };
    const graph = new Sigma.UndirectedGraph();
    const sizes = radii();
    nodes.name.forEach((name, node) =>
      graph.addNode(node, { ...placeOf(node), size: sizes[node], label: shortName(name) }),
    );
    const thin = Math.min(1, (4000 / Math.max(model.size, 1)) ** 0.35);
    for (let link = 0; link < model.size; link += 1) {
      const width = Math.min(7, (0.9 + 0.9 * Math.sqrt(Math.max(0, model.weight(link) - 1))) * thin + 0.4);
      graph.addEdgeWithKey(link, from[link], to[link], { size: Math.max(LEAST_LINE_PX, width), link });
    }

    const hueOf = (node) => {
      const hue = comparison ? comparing.hueOf(node, comparison) : model.grouping(state.colour).hueOf(node);
      return hue === "centre" ? theme.ink : theme.hues[hue];
    };
    const lineColour = (link) => {
      const [a, b] = [hueOf(from[link]), hueOf(to[link])];
      return mixed(a === b ? a : theme.line, theme.ground, Math.min(0.8, 0.34 + 0.12 * Math.sqrt(model.weight(link))));
    };
    /* ── names: none over another, none cut at the edge ── */

    const family = getComputedStyle(document.body).fontFamily;
    let taken = []; // boxes of the names drawn in this frame: left, top, right, bottom
    const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    const widths = new Map(); // text in a weight of type -> its width
    const widthOf = (context, text) => {
      const key = context.font + text;
      if (!widths.has(key)) widths.set(key, context.measureText(text).width);
      return widths.get(key);
    };
    const drawLabel = (context, data, settings) => {
      if (!data.label) return;
      const size = settings.labelSize;
      context.font = `${data.highlighted ? 600 : 400} ${size}px ${family}`;
      const wide = widthOf(context, data.label);
      // Beside the right edge a name stands on the other side.
      const isLeft = data.x + data.size + 3 + wide > container.clientWidth && data.x - data.size - 3 > wide;
      const [x, y] = [isLeft ? data.x - data.size - 3 : data.x + data.size + 3, data.y + size / 3];
      const box = [isLeft ? x - wide : x, y - size, isLeft ? x : x + wide, y + size / 4];
      if (!data.highlighted) {
        if (taken.some((other) => meet(box, other))) return;
        taken.push(box);
      }
      context.textAlign = isLeft ? "right" : "left";
      context.lineJoin = "round";
      context.lineWidth = 3.5;
      context.strokeStyle = hex(theme.ground);
      context.fillStyle = hex(theme.ink);
      context.strokeText(data.label, x, y);
      context.fillText(data.label, x, y);
    };
    const drawHover = (context, data, settings) => {
      context.beginPath();
      context.arc(data.x, data.y, data.size + 2, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = hex(theme.ink);
      context.stroke();
      drawLabel(context, { ...data, highlighted: true }, settings);
    };

    const nodeReducer = (key, data) => {
      const node = Number(key);
      if (!nodeOn[node]) return { ...data, hidden: true };
      const dim = shown && !shown.nodes.has(node);
      const chosen = node === state.selected || node === state.target || state.compared.includes(node);
      return {
        ...data,
        color: dim ? mixed(hueOf(node), theme.ground, 0.16) : hex(hueOf(node)),
        label: dim ? null : data.label,
        forceLabel: chosen || Boolean(shown && !dim && shown.nodes.size < 40),
        highlighted: chosen,
        zIndex: dim ? 0 : 1,
      };
    };
    const edgeReducer = (_, data) => {
      const { link } = data;
      if (!linkOn[link]) return { ...data, hidden: true };
      if (!shown) return { ...data, color: lineColour(link) };
      if (!shown.links.has(link)) return { ...data, color: mixed(theme.line, theme.ground, 0.1), zIndex: 0 };
      const end = comparison && state.compared.includes(to[link]) ? from[link] : to[link]; // the colour of whom it leads to
      return { ...data, color: shown.strong ? hex(theme.accent) : mixed(hueOf(end), theme.ground, 0.9), size: data.size + 1, zIndex: 1 };
    };
    const bright = () => {
      if (state.pointed === null && state.link !== null)
        return { nodes: new Set([from[state.link], to[state.link]]), links: new Set([state.link]), strong: true };
      if (state.pointed === null && state.selected !== null && state.target !== null) {
        const path = model.path(state.selected, state.target);
        if (path) return { nodes: new Set(path.nodes), links: new Set(path.links), strong: true };
      }
      const node = state.pointed ?? state.selected;
      if (node === null) return comparison && { nodes: new Set(comparison.hues.keys()), links: comparison.links };
      const near = model.neighbours(node);
      return { nodes: new Set([node, ...near.map((each) => each.node)]), links: new Set(near.map((each) => each.link)) };
    };
    const look = () => {
      comparison = comparing.found();
      shown = bright();
    };
    look(); // before the first frame, so that one is enough

    const renderer = new Sigma.Renderer(graph, container, {
      nodeReducer,
      edgeReducer,
      defaultDrawNodeLabel: drawLabel,
      defaultDrawNodeHover: drawHover,
      hideEdgesOnMove: model.size > 20_000,
      labelDensity: model.count <= FEW ? 4 : 0.7, // more than fit are left out where they would meet
      labelGridCellSize: 95,
      labelRenderedSizeThreshold: leastNamed(sizes),
      labelSize: 12.5,
      minEdgeThickness: LEAST_LINE_PX,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 4,
    });

    const chosen = () => [...state.compared, state.selected, state.target].filter((node) => node !== null);
    const measuring = document.createElement("canvas").getContext("2d");
    renderer.on("beforeRender", () => {
      measuring.font = `600 ${renderer.getSetting("labelSize")}px ${family}`;
      taken = chosen().map((node) => {
        const { x, y } = renderer.graphToViewport(graph.getNodeAttributes(node));
        const { size, label } = graph.getNodeAttributes(node);
        const [left, high] = [x + size + 3, renderer.getSetting("labelSize")];
        return [left, y - high, left + widthOf(measuring, label), y + high];
      });
    });

    const paint = () => {
      look();
      renderer.refresh({ skipIndexation: true });
    };
    /* The line under a point. sigma would draw all of them a second time in each frame to know it. */
    const linkAt = (at) => {
      let best = { link: null, away: REACH_PX };
      const [ends, scale] = [nodes.id.map(() => null), renderer.scaleSize(1)];
      const place = (node) => (ends[node] ??= renderer.graphToViewport(placeOf(node)));
      for (let link = 0; link < model.size; link += 1) {
        if (!linkOn[link] || (shown && !shown.links.has(link))) continue;
        const [one, other] = [place(from[link]), place(to[link])];
        const [wide, high] = [other.x - one.x, other.y - one.y];
        const along = Math.min(1, Math.max(0, ((at.x - one.x) * wide + (at.y - one.y) * high) / (wide * wide + high * high || 1)));
        const half = (graph.getEdgeAttribute(link, "size") * scale) / 2;
        const away = Math.hypot(one.x + along * wide - at.x, one.y + along * high - at.y) - half;
        if (away < best.away) best = { link, away };
      }
      return best.link;
    };
    const duration = () => ({ duration: still.matches ? 0 : 350 });
    const camera = renderer.getCamera();

    const fitTo = (some) => {
      const places = some.map((node) => renderer.getNodeDisplayData(node));
      if (!places.length) return;
      const [xs, ys] = ["x", "y"].map((axis) => places.map((place) => place[axis]));
      const [left, right, low, high] = [least(xs), most(xs), least(ys), most(ys)];
      const ratio = Math.max(right - left, high - low, LEAST_SPAN) * ROOM_AROUND;
      camera.animate({ x: (left + right) / 2, y: (low + high) / 2, ratio }, duration());
    };

    return {
      renderer,
      paint,
      linkAt,
      comparison: () => comparison,
      resize: () => {
        radii().forEach((size, node) => graph.setNodeAttribute(node, "size", size));
        paint();
      },
      themeChanged: () => {
        theme = readTheme();
        paint();
      },
      fit: (some) => fitTo(some ?? [...nodes.id.keys()].filter((node) => nodeOn[node])),
      zoom: (factor) => camera.animate({ ratio: camera.getState().ratio / factor }, duration()),
      pan: (right, down) => {
        const { x, y, ratio } = camera.getState();
        camera.animate({ x: x + right * 0.1 * ratio, y: y - down * 0.1 * ratio }, duration());
      },
      flyTo: (node) => {
        const { x, y } = renderer.getNodeDisplayData(node);
        camera.animate({ x, y, ratio: Math.min(camera.getState().ratio, CLOSE_UP) }, duration());
      },
      positionOf: (node) => renderer.graphToViewport(graph.getNodeAttributes(node)),
      colourOf: (node) => hex(hueOf(node)),
      lineColour,
      radiusOf: (node) => graph.getNodeAttribute(node, "size"),
      ground: () => hex(theme.ground),
      ink: () => hex(theme.ink),
    };
  };
})();
