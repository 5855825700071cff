"use strict";
/* What a drawing shows, as `network-files.js` takes it: written in the browser, in a file that is offline too. */
(() => {
  const drawing = window.collegiumDrawing;
  const { model, picture } = drawing;
  const list = document.getElementById("save-shown");
  if (!picture || !list) return;
  const { nodes, edges, facts } = model;
  const measured = facts.hasPapers ? 2 : 1; // before a measure stand papers, where there are any, and links

  const shown = () => {
    const kept = nodes.filter(model.isShown);
    const place = new Map(kept.map((node, at) => [node.id, at]));
    const node = (each) => {
      const rgb = picture.hueRgbOf(each);
      return {
        iri: each.iri,
        id: each.iri.split("/").pop(),
        kind: each.kind,
        label: each.name,
        papers: facts.hasPapers ? each.values[0] : undefined,
        community: model.groups()[model.groupOf(each)].name,
        value: each.values[measured],
        x: each.x,
        y: -each.y, // upwards, as in the programs that read it
        size: model.radiusOf(each),
        radius: model.radiusOf(each),
        colour: `rgb(${rgb.join(",")})`,
        rgb,
      };
    };
    const link = (edge) => {
      const weight = edge.weight ?? edge.joint;
      return {
        source: place.get(edge.from),
        target: place.get(edge.to),
        weight,
        distance: weight > 0 ? 1 / weight : undefined,
        joint_papers: facts.hasPapers ? edge.joint : undefined,
        from_year: edge.years[0] ?? undefined,
        to_year: edge.years[1] ?? undefined,
        colour: picture.lineColour(edge),
        width: edge.width,
      };
    };
    const { ground, ink } = picture.colours();
    const about = {
      title: facts.title,
      notes: [model.statusText(), ...facts.notes],
      address: location.protocol === "file:" ? "" : location.href,
      noun: facts.noun,
      tie: facts.tie[1],
      value: facts.sizes[measured],
      isPlaced: true,
      ground,
      ink,
    };
    return { about, nodes: kept.map(node), links: edges.filter(model.isEdgeShown).map(link) };
  };

  /* ── the page as a file, which the service makes of all that is drawn, with what is shown in place of its data ── */

  const shownPage = async () => {
    const answer = await window.collegiumElements.finished(document.body.dataset.file);
    const text = await answer.text();
    const [style] = /<style>[^]*?<\/style>/.exec(text); // which this page's policy would complain of, even unseen
    const page = new DOMParser().parseFromString(text.replace(style, () => ""), "text/html"); // runs nothing
    const block = (id) => page.getElementById(id);
    const rows = (id) => model.rowsOf(JSON.parse(block(id).textContent));
    const put = (id, data) => {
      block(id).textContent = JSON.stringify(data).replaceAll("<", "\\u003c");
    };
    const columns = (id, kept) => {
      const keys = Object.keys(kept[0] ?? {}).filter((key) => key !== "id");
      put(id, { count: kept.length, same: {}, begin: {}, columns: Object.fromEntries(keys.map((key) => [key, kept.map((row) => row[key])])) });
    };
    const [kept, links] = [nodes.filter(model.isShown), edges.filter(model.isEdgeShown)];
    const used = [...new Set(links.flatMap((edge) => edge.papers))];
    const [place, paperPlace] = [kept.map((node) => node.id), used].map((ids) => new Map(ids.map((id, at) => [id, at])));
    const [allNodes, allEdges, allPapers] = ["nodes", "edges", "papers"].map(rows);
    columns("nodes", kept.map((node) => allNodes[node.id]));
    columns("edges", links.map(({ id, from, to, papers }) => ({ ...allEdges[id], from: place.get(from), to: place.get(to), papers: papers.map((paper) => paperPlace.get(paper)) })));
    columns("papers", used.map((paper) => allPapers[paper]));
    const told = JSON.parse(block("facts").textContent);
    told.colourings.forEach(({ groups }, colouring) =>
      groups.forEach((group, at) => {
        group.size = kept.filter((node) => node.groups[colouring] === at).length;
      }),
    );
    const at = (id) => (id === null ? null : (place.get(id) ?? null));
    const { least, colouring: colourBy, size: sizeBy, selected } = model.state;
    put("facts", { ...told, least, colourBy, sizeBy, centre: at(facts.centre), selected: at(selected), notes: [model.statusText(), ...told.notes] });
    for (const row of page.querySelectorAll("#rows > li"))
      if (place.has(Number(row.dataset.node))) row.dataset.node = place.get(Number(row.dataset.node));
      else row.remove();
    block("counts").textContent = model.statusText();
    block("least")?.setAttribute("min", least);
    block("least")?.setAttribute("value", least);
    const whole = page.documentElement.outerHTML.replace("</head>", () => `${style}</head>`);
    return new Blob([`<!doctype html>\n${whole}`], { type: "text/html" });
  };
  const savePage = async () => {
    try {
      window.collegiumElements.save(await shownPage(), "network.html");
    } catch (error) {
      document.getElementById("counts").textContent = `The page could not be saved: ${error.message}`;
    }
  };

  const png = () => picture.toPng(facts.title, [model.statusText(), ...facts.notes].join(" "));
  window.collegiumFiles.fill(list, shown, "network", {
    "PNG, as you see it": png,
    ...(document.body.dataset.file ? { "One HTML file": savePage } : {}), // not in a page that is a file already
  });
  drawing.shown = shown;
})();
