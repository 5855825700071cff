"use strict";
/* The explorer's picture as a file: what is seen as PNG, what is shown as SVG. */
(() => {
  const explorer = window.collegiumExplorer;

  explorer.toPng = (picture, container, done) => {
    picture.renderer.refresh();
    const layers = picture.renderer.getCanvases();
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [layers.nodes.width, layers.nodes.height];
    const draw = copy.getContext("2d");
    draw.fillStyle = picture.ground();
    draw.fillRect(0, 0, copy.width, copy.height);
    for (const name of ["edges", "nodes", "labels"]) draw.drawImage(layers[name], 0, 0, copy.width, copy.height);
    copy.toBlob(done);
  };

  const NAMED = 60;
  const made = (tag, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text; // a serialised text is escaped
    return element;
  };

  explorer.toSvg = (model, picture) => {
    const { nodes, from, to } = model;
    const [width, height] = [nodes.x, nodes.y].map((values) => values.reduce((a, b) => Math.max(a, b), 0));
    const scale = 1600 / Math.max(width, height, 1);
    const x = (node) => (nodes.x[node] * scale + 40).toFixed(1);
    const y = (node) => ((height - nodes.y[node]) * scale + 40).toFixed(1);
    const box = `0 0 ${Math.ceil(width * scale + 80)} ${Math.ceil(height * scale + 80)}`;
    const svg = made("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: box, "font-family": "sans-serif" });
    svg.append(made("title", {}, document.title), made("rect", { width: "100%", height: "100%", fill: picture.ground() }));
    for (let link = 0; link < model.size; link += 1)
      if (model.linkOn[link])
        svg.append(
          made("line", {
            x1: x(from[link]), y1: y(from[link]), x2: x(to[link]), y2: y(to[link]),
            stroke: picture.lineColour(link), "stroke-width": Math.min(5, 0.8 * Math.sqrt(model.weight(link))).toFixed(2),
          }),
        );
    const shown = [...nodes.id.keys()].filter((node) => model.nodeOn[node]);
    for (const node of shown) {
      const dot = made("circle", { cx: x(node), cy: y(node), r: picture.radiusOf(node).toFixed(1), fill: picture.colourOf(node) });
      dot.append(made("title", {}, nodes.name[node]));
      svg.append(dot);
    }
    for (const node of shown.slice(0, NAMED))
      svg.append(made("text", { x: x(node), y: y(node), dx: 8, dy: 4, "font-size": 13, fill: picture.ink() }, nodes.name[node]));
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  };
})();
