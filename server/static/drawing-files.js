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

  const png = () => picture.toPng(facts.title, [model.statusText(), ...facts.notes].join(" "));
  window.collegiumFiles.fill(list, shown, "network", { "PNG, as you see it": png });
  drawing.shown = shown;
})();
