"use strict";
/* Which names a drawing shows and where: none over another, none over the edge; on a path everyone is named. */
(() => {
  const drawing = window.collegiumDrawing;
  const { nodes, facts, state, isShown, groupOf, hueOf, radiusOf } = drawing.model;

  const LABEL_PX = 13.5; // on the screen, at any zoom out
  const LABEL_MOST_PX = 19;
  const LINE = 1.25; // a name's height, for a letter height of 1
  const DOT_LEAST_PX = 4.5; // on the screen, so that a small dot can be seen and hit on a phone
  const ON_PATH = facts.form === "path";

  const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  const widths = () => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${LABEL_PX}px ${getComputedStyle(document.body).fontFamily}`;
    return nodes.map((node) => pen.measureText(node.label).width / LABEL_PX);
  };

  /* Greedy by importance, on the boxes that names would take (vis-network has no culling). */
  drawing.namesOf = (network, container) => {
    const labelWidth = widths(); // for a letter height of 1
    const byImportance = nodes
      .slice()
      .sort((a, b) => (b.id === facts.centre) - (a.id === facts.centre) || b.radii[0] - a.radii[0] || a.id - b.id);

    /* The first of each group is named even where its name covers other dots: a group without any name says little. */
    const leadersOf = () => {
      const leaders = new Map();
      for (const node of byImportance)
        if (isShown(node) && hueOf(node) !== "9" && !leaders.has(groupOf(node))) leaders.set(groupOf(node), node.id);
      return new Set(leaders.values());
    };

    const labelSize = () => {
      const scale = network.getScale();
      return scale < 1 ? LABEL_PX / scale : Math.min(LABEL_PX, LABEL_MOST_PX / scale);
    };

    const dotSize = (node) => {
      const least = DOT_LEAST_PX / network.getScale();
      return Math.max(radiusOf(node), Math.min(least * (0.6 + radiusOf(node) / 15), 60));
    };

    /* Whether a name would run over the edge of the picture that its dot is in. */
    const isCutOff = () => {
      const [from, to] = [0, container.clientWidth].map((x) => network.DOMtoCanvas({ x, y: 0 }).x);
      return (node, half) => node.x > from && node.x < to && (node.x - half < from || node.x + half > to);
    };

    const boxOf = (node, size) => {
      const half = (labelWidth[node.id] * size) / 2 + 2;
      const top = node.y + dotSize(node) + 1;
      return [node.x - half, top, node.x + half, top + size * LINE];
    };
    const moved = ([left, top, right, bottom], by) => [left, top + by, right, bottom + by];

    /* Along a path: under the dot, else above it, else a line farther out. */
    const onPath = () => {
      const [size, cutOff, taken, shown] = [labelSize(), isCutOff(), [], new Map()];
      for (const node of nodes.filter(isShown)) {
        const box = boxOf(node, size);
        if (cutOff(node, (box[2] - box[0]) / 2)) continue; // only where the reader has moved the picture
        const line = size * LINE;
        const above = -(2 * dotSize(node) + 2 + line);
        const rows = [0, above, line, above - line, 2 * line, above - 2 * line];
        const lift = rows.find((by) => !taken.some((other) => meet(moved(box, by), other))) ?? 0;
        taken.push(moved(box, lift));
        shown.set(node.id, lift);
      }
      return shown;
    };

    const inNetwork = (near) => {
      const [size, cutOff, taken, shown] = [labelSize(), isCutOff(), [], new Map()];
      // A name may touch the rim of another dot, not cover it.
      const dots = nodes.filter(isShown).map((node) => {
        const core = dotSize(node) * 0.55;
        return { id: node.id, box: [node.x - core, node.y - core, node.x + core, node.y + core] };
      });
      const leaders = leadersOf();
      const first = (node) => node.id === state.pointed || node.id === state.selected;
      const rank = (node) => (first(node) ? 0 : leaders.has(node.id) ? 1 : 2);
      for (const node of byImportance.slice().sort((a, b) => rank(a) - rank(b))) {
        if (!isShown(node) || (near && !near.has(node.id))) continue;
        const box = boxOf(node, size);
        const hits =
          cutOff(node, (box[2] - box[0]) / 2) ||
          taken.some((other) => meet(box, other)) ||
          (!near && !leaders.has(node.id) && dots.some((dot) => dot.id !== node.id && meet(box, dot.box)));
        if (hits && !first(node)) continue;
        taken.push(box);
        shown.set(node.id, 0);
      }
      return shown;
    };

    /* Map: number of each node whose name is shown -> how far below its usual place it stands. */
    const labelled = (near) => (ON_PATH ? onPath() : inNetwork(near));

    /* Pixels that a picture needs free on its left and right, so that both ends of a path can be named. */
    const roomAtEnds = () => {
      if (!ON_PATH) return 0;
      const shown = nodes.filter(isShown);
      const places = shown.map(({ x }) => x);
      const ends = shown.filter(({ x }) => x === Math.min(...places) || x === Math.max(...places));
      return Math.max(...ends.map((node) => (labelWidth[node.id] * LABEL_MOST_PX) / 2)) + 6;
    };

    return { labelSize, dotSize, labelled, roomAtEnds };
  };
})();
