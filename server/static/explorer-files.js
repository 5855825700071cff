"use strict";
/* The explorer's picture for files: what is seen as PNG, what is shown as `network-files.js` takes it, and as a page of its own. */
(() => {
  const explorer = window.collegiumExplorer;

  explorer.toPng = (picture, done) => {
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

  const numbersOf = (on) => [...on.keys()].filter((at) => on[at]);
  const yearOf = (year) => (year > 0 ? year : undefined);
  const rgbOf = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

  /* ── what is shown, with places and colours ── */

  explorer.shown = (model, picture, told) => {
    const { nodes, links, doc, state, nodeOn, linkOn, from, to } = model;
    const kept = numbersOf(nodeOn);
    const place = new Map(kept.map((node, at) => [node, at]));
    const { titleOf } = model.grouping(state.colour);
    const isCounted = doc.tie[1] === "joint papers";
    const node = (at) => {
      const colour = picture.colourOf(at);
      return {
        iri: model.iriOf(at),
        id: nodes.id[at],
        kind: doc.kinds[nodes.kind[at]],
        label: nodes.name[at],
        papers: nodes.papers[at],
        from_year: yearOf(nodes.from?.[at]),
        to_year: yearOf(nodes.to?.[at]),
        community: titleOf(at),
        value: nodes.value?.[at] ?? undefined,
        x: nodes.x[at],
        y: nodes.y[at],
        size: picture.radiusOf(at),
        radius: picture.radiusOf(at),
        colour,
        rgb: rgbOf(colour),
      };
    };
    const link = (at) => {
      const weight = model.weight(at);
      const first = yearOf(links.from?.[at]);
      return {
        source: place.get(from[at]),
        target: place.get(to[at]),
        weight,
        distance: weight > 0 ? 1 / weight : undefined,
        joint_papers: isCounted ? weight : undefined,
        from_year: first,
        to_year: first && first + links.span[at],
        colour: picture.lineColour(at),
        width: Math.min(5, 0.8 * Math.sqrt(weight)),
      };
    };
    return { about: { ...told, ground: picture.ground(), ink: picture.ink() }, nodes: kept.map(node), links: numbersOf(linkOn).map(link) };
  };

  /* ── the document of what is shown: as the service gives it, without the rest ── */

  const behindOf = (behind, shown) => {
    if (!behind?.of) return behind ? { behind } : {};
    const used = [...new Set(shown.flatMap((link) => behind.of[link]))];
    const place = new Map(used.map((work, at) => [work, at]));
    const works = Object.fromEntries(Object.entries(behind.works).map(([name, column]) => [name, used.map((work) => column[work])]));
    return { behind: { ...behind, of: shown.map((link) => behind.of[link].map((work) => place.get(work))), works } };
  };

  const NAMED = ["community", "institution", "category"];
  explorer.narrowed = (model, behind) => {
    const { nodes, links, names, doc, nodeOn, linkOn, from, to, isCut } = model;
    const kept = numbersOf(nodeOn);
    const place = new Map(kept.map((node, at) => [node, at]));
    const of = Object.fromEntries(Object.entries(nodes).map(([name, column]) => [name, kept.map((node) => column[node])]));
    const texts = {};
    for (const name of NAMED.filter((each) => of[each])) {
      const used = [...new Set(of[name].filter((at) => at >= 0))].sort((a, b) => a - b);
      const anew = new Map(used.map((at, i) => [at, i]));
      of[name] = of[name].map((at) => anew.get(at) ?? -1);
      for (const table of [name, `${name}_topics`]) if (names[table]) texts[table] = used.map((at) => names[table][at]);
    }
    const shown = numbersOf(linkOn);
    const counts = kept.map(() => 0);
    let [before, last] = [-1, 0]; // links stand in the order of their ends, as they did
    const steps = shown.map((link) => {
      const [start, end] = [place.get(from[link]), place.get(to[link])];
      counts[start] += 1;
      const step = end - (start === before ? last : start);
      [before, last] = [start, end];
      return step;
    });
    const columns = Object.fromEntries(["weight", "from", "span"].filter((name) => links[name]).map((name) => [name, shown.map((link) => links[name][link])]));
    if (links.cut) columns.cut = shown.map((link, at) => [link, at]).filter(([link]) => isCut[link]).map(([, at]) => at);
    return { ...doc, nodes: of, links: { counts, steps, ...columns }, names: texts, ...behindOf(behind, shown) };
  };

  /* The page as a file, which the service makes of what was asked for, with what is shown in place of its data. `view` is
     what an address holds behind its #. */
  explorer.toPage = async (model, address, told, view) => {
    const isPart = model.shown() < model.count || model.linksShown() < model.size;
    const [, ...notes] = told.notes; // the first says what is shown, as the file says by itself
    const said = isPart ? [`Of a larger picture: ${told.notes[0]}`, ...notes] : notes;
    const answer = await window.collegiumElements.finished(address);
    const block = /(<script type="application\/json" id="columns">)([^<]*)(<\/script>)/;
    const page = (await answer.text()).replace(block, (_, start, whole, end) => {
      const { behind } = JSON.parse(whole);
      const data = JSON.stringify({ ...explorer.narrowed(model, behind), told: said, view });
      return start + data.replaceAll("<", "\\u003c") + end;
    });
    return new Blob([page], { type: "text/html" });
  };
})();
