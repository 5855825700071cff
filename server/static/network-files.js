"use strict";
/* What a picture shows, as files of other programs: written in the browser, so that they hold just what is seen.
   `shown` holds about, nodes and links; the names of columns are those of `collegium export`. */
(() => {
  const { element, button, save } = window.collegiumElements;

  /* ── texts: escaped for the form, U+FFFD for what XML has no place for ── */

  const UNHOLDABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;" };
  const holdable = (value) => String(value).replace(UNHOLDABLE, "\uFFFD");
  const xml = (value) => holdable(value).replace(/[&<>"\n\r\t]/g, (letter) => ESCAPES[letter]);
  const tag = (name, attributes, content) => {
    const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${xml(value)}"`);
    return content === undefined ? `<${name}${said.join("")}/>` : `<${name}${said.join("")}>${content}</${name}>`;
  };
  const csv = (columns, rows) => {
    const cell = (value) => {
      const text = String(value ?? "");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  };

  /* ── columns ── */

  const NODES = ["iri", "kind", "papers", "from_year", "to_year", "community", "value"];
  const LINKS = ["distance", "joint_papers", "from_year", "to_year"];
  const typeOf = (name, rows) => {
    if (["iri", "kind", "community", "label"].includes(name)) return "string";
    return rows.every((row) => row[name] === undefined || Number.isInteger(row[name])) && name !== "value" ? "integer" : "double";
  };
  const used = (names, rows) => names.filter((name) => rows.some((row) => row[name] !== undefined));
  const dated = (year) => year >= 1 && year <= 9999;
  const yearText = (year) => String(year).padStart(4, "0");
  const spell = ({ from_year: first, to_year: last }) =>
    dated(first) && dated(last) ? { start: `${yearText(first)}-01-01`, end: `${yearText(last)}-12-31` } : {};

  /* ── GEXF 1.3 with places, colours and sizes. Source: https://gexf.net/schema.html ── */

  const gexf = ({ about, nodes, links }) => {
    const [columns, facts] = [used(NODES, nodes), used(LINKS, links)];
    const values = (row, names) =>
      tag("attvalues", {}, names.filter((name) => row[name] !== undefined).map((name) => tag("attvalue", { for: name, value: row[name] })).join(""));
    const declared = (of, names, rows) =>
      tag("attributes", { class: of }, names.map((name) => tag("attribute", { id: name, title: name === "value" ? about.value : name, type: typeOf(name, rows) })).join("\n"));
    const node = (row) => {
      const [r, g, b] = row.rgb;
      const seen = tag("viz:position", { x: row.x, y: row.y, z: 0 }) + tag("viz:color", { r, g, b }) + tag("viz:size", { value: row.size });
      return tag("node", { id: row.iri, label: row.label, ...spell(row) }, values(row, columns) + seen);
    };
    const link = (row, at) => {
      const ends = { source: nodes[row.source].iri, target: nodes[row.target].iri, weight: row.weight };
      return tag("edge", { id: at, ...ends, ...spell(row) }, values(row, facts));
    };
    const isDated = nodes.some((row) => spell(row).start);
    const mode = isDated ? { mode: "dynamic", timeformat: "date", timerepresentation: "interval" } : { mode: "static" };
    const parts = [
      declared("node", columns, nodes),
      declared("edge", facts, links),
      tag("nodes", { count: nodes.length }, nodes.map(node).join("\n")),
      tag("edges", { count: links.length }, links.map(link).join("\n")),
    ];
    const meta = tag("meta", {}, tag("creator", {}, "Collegium") + tag("description", {}, xml(told(about))));
    const root = { xmlns: "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", version: "1.3" };
    return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("gexf", root, `\n${meta}\n${tag("graph", { defaultedgetype: "undirected", idtype: "string", ...mode }, parts.join("\n"))}\n`)}\n`;
  };
  const told = (about) => [about.title, ...about.notes, about.address].filter(Boolean).join(" ");

  /* ── GraphML. Source: http://graphml.graphdrawing.org/specification.html ── */

  const graphml = ({ about, nodes, links }) => {
    const columns = { node: [...used(["label", ...NODES], nodes), "x", "y", "size", "colour"], edge: ["weight", ...used(LINKS, links)] };
    const rows = { node: nodes, edge: links };
    const type = (of, name) => (name === "colour" ? "string" : ["x", "y", "size", "weight", "distance"].includes(name) ? "double" : typeOf(name, rows[of]));
    const keys = Object.entries(columns).flatMap(([of, names]) =>
      names.map((name) => tag("key", { id: `${of}-${name}`, for: of, "attr.name": name === "value" ? about.value : name, "attr.type": type(of, name).replace("integer", "int") })),
    );
    keys.push(tag("key", { id: "graph-about", for: "graph", "attr.name": "about", "attr.type": "string" }));
    const data = (of, row) =>
      columns[of].filter((name) => row[name] !== undefined).map((name) => tag("data", { key: `${of}-${name}` }, xml(row[name]))).join("");
    const body = [
      tag("data", { key: "graph-about" }, xml(told(about))),
      ...nodes.map((row) => tag("node", { id: row.iri }, data("node", row))),
      ...links.map((row) => tag("edge", { source: nodes[row.source].iri, target: nodes[row.target].iri }, data("edge", row))),
    ];
    const graph = tag("graph", { edgedefault: "undirected" }, `\n${body.join("\n")}\n`);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("graphml", { xmlns: "http://graphml.graphdrawing.org/xmlns" }, `\n${keys.join("\n")}\n${graph}\n`)}\n`;
  };

  /* ── VOSviewer: map and network in one. Source: https://app.vosviewer.com/docs/file-types/json-file-type/.
        It takes the columns of all items from the first: each item has the same. ── */

  const vosviewer = ({ about, nodes, links }) => {
    const titles = [...new Set(nodes.map((row) => row.community ?? ""))];
    const [xs, ys] = [nodes.map((row) => row.x), nodes.map((row) => row.y)];
    const [left, right, low, high] = [xs, ys].flatMap((values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]);
    const half = Math.max(right - left, high - low, 1) / 2;
    const scores = [["First year", "from_year"], ["Last year", "to_year"], [about.value, "value"]].filter(([, name]) => nodes.every((row) => row[name] !== undefined));
    const degrees = nodes.map(() => 0);
    for (const { source, target } of links) for (const end of [source, target]) degrees[end] += 1;
    const place = (value, middle) => Math.round(((value - middle) / half) * 10_000) / 10_000;
    const items = nodes.map((row, at) => ({
      id: row.iri,
      label: holdable(row.label),
      url: row.iri,
      x: place(row.x, (left + right) / 2),
      y: place(row.y, (low + high) / 2),
      cluster: titles.indexOf(row.community ?? "") + 1,
      weights: { ...(row.papers === undefined ? {} : { Papers: row.papers }), Links: degrees[at] },
      ...(scores.length ? { scores: Object.fromEntries(scores.map(([title, name]) => [title, row[name]])) } : {}),
    }));
    const [item, tie] = [about.noun, about.tie];
    const terminology = { item: item[0], items: item[1], link: "link", links: "links", link_strength: tie, total_link_strength: `Total: ${tie}` };
    const network = {
      items,
      links: links.map(({ source, target, weight }) => ({ source_id: nodes[source].iri, target_id: nodes[target].iri, strength: weight })),
      clusters: titles.map((title, at) => ({ cluster: at + 1, label: holdable(title) })),
    };
    return `${JSON.stringify({ config: { terminology }, network })}\n`;
  };

  /* ── tables ── */

  const nodeTable = ({ about, nodes }) => {
    const columns = ["iri", "kind", "label", "id", ...used(NODES.slice(2), nodes), "x", "y"];
    const heads = columns.map((name) => (name === "label" ? "name" : name === "value" ? about.value : name));
    return csv(heads, nodes.map((row) => columns.map((name) => row[name])));
  };
  const linkTable = ({ nodes, links }) => {
    const columns = ["weight", ...used(LINKS.slice(1), links)];
    const ends = ({ source, target }) => [nodes[source].iri, nodes[target].iri, nodes[source].label, nodes[target].label];
    return csv(
      ["source", "target", "source_name", "target_name", ...columns],
      links.map((row) => [...ends(row), ...columns.map((name) => row[name])]),
    );
  };

  /* ── SVG: the whole picture, with the names of the first ── */

  const [WIDE, EDGE, NAMED, LONGEST, LETTER] = [1600, 40, 60, 40, 7.4];
  const svg = ({ about, nodes, links }) => {
    const [xs, ys] = [nodes.map((row) => row.x), nodes.map((row) => row.y)];
    const [left, right, low, high] = [xs, ys].flatMap((values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]);
    // Places that are in the unit of the radii already stay as they are.
    const scale = about.isPlaced ? 1 : WIDE / Math.max(right - left, high - low, 1);
    const edge = about.isPlaced ? 2 * EDGE : EDGE;
    const [wide, tall] = [(right - left) * scale + 2 * edge, (high - low) * scale + 2 * edge];
    const at = (row) => [((row.x - left) * scale + edge).toFixed(1), ((high - row.y) * scale + edge).toFixed(1)];
    const parts = [tag("title", {}, xml(about.title)), tag("desc", {}, xml(told(about))), tag("rect", { width: "100%", height: "100%", fill: about.ground })];
    for (const row of links) {
      const [[x1, y1], [x2, y2]] = [at(nodes[row.source]), at(nodes[row.target])];
      parts.push(tag("line", { x1, y1, x2, y2, stroke: row.colour, "stroke-width": row.width.toFixed(2) }));
    }
    for (const row of nodes) {
      const [cx, cy] = at(row);
      parts.push(tag("circle", { cx, cy, r: row.radius.toFixed(1), fill: row.colour }, tag("title", {}, xml(row.label))));
    }
    for (const row of [...nodes].sort((a, b) => b.radius - a.radius).slice(0, NAMED)) {
      const text = [...row.label].length > LONGEST ? `${[...row.label].slice(0, LONGEST - 1).join("")}…` : row.label;
      const [x, y] = at(row);
      const isLast = Number(x) + row.radius + text.length * LETTER > wide; // it would be cut at the edge
      const side = isLast ? { dx: -row.radius - 4, "text-anchor": "end" } : { dx: row.radius + 4 };
      const drawn = { x, y, ...side, dy: 4, "font-size": 13, fill: about.ink, "unicode-bidi": "isolate" };
      parts.push(tag("text", { ...drawn, stroke: about.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, xml(text)));
    }
    return tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${Math.ceil(wide)} ${Math.ceil(tall)}`, "font-family": "sans-serif" }, parts.join("\n"));
  };

  /* name -> what it is called, its media type, how it is written */
  const FORMS = {
    svg: ["SVG", "image/svg+xml", svg],
    gexf: ["GEXF", "application/gexf+xml", gexf],
    graphml: ["GraphML", "application/graphml+xml", graphml],
    "vosviewer.json": ["VOSviewer JSON", "application/json", vosviewer],
    "nodes.csv": ["CSV of nodes", "text/csv", nodeTable],
    "links.csv": ["CSV of links", "text/csv", linkTable],
  };
  const blobOf = (form, shown) => new Blob([FORMS[form][2](shown)], { type: FORMS[form][1] });

  /* Fill the list of what can be saved: pictures and pages that the caller makes, then every form of `FORMS`. */
  const fill = (list, shown, name, others) => {
    const row = (title, act) => {
      const item = element("li");
      item.append(button(title, act));
      return item;
    };
    const forms = Object.entries(FORMS).map(([form, [title]]) => row(title, () => save(blobOf(form, shown()), `${name}.${form}`)));
    const menu = list.closest("details");
    const close = () => {
      menu.open = false;
    };
    menu.addEventListener("click", ({ target }) => target.closest("button, a") && close());
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return;
      close();
      menu.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", ({ target }) => menu.contains(target) || close());
    list.replaceChildren(...Object.entries(others).map(([title, act]) => row(title, act)), ...forms);
  };

  window.collegiumFiles = { FORMS, blobOf, fill };
})();
