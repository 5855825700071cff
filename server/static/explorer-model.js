"use strict";
/* A network of columns and what of it is shown: numbers only; knows no canvas and no page.
   Every text in the data is a stranger's: it goes into the page by textContent only, here and in the files that follow. */
(() => {
  const HUES = 9;

  /* The document's rows of steps as two columns of ends. */
  const endsOf = ({ counts, steps }) => {
    const [from, to] = [new Uint32Array(steps.length), new Uint32Array(steps.length)];
    let at = 0;
    counts.forEach((count, node) => {
      let end = node;
      for (let i = 0; i < count; i += 1, at += 1) {
        end += steps[at];
        [from[at], to[at]] = [node, end];
      }
    });
    return [from, to];
  };

  const build = (doc) => {
    const { nodes, links, names } = doc;
    const count = nodes.id.length;
    const [from, to] = endsOf(links);
    const size = from.length;
    const near = Array.from({ length: count }, () => []); // node -> its links, by number
    for (let link = 0; link < size; link += 1) {
      near[from[link]].push(link);
      near[to[link]].push(link);
    }
    const isCut = new Uint8Array(size);
    for (const link of links.cut ?? []) isCut[link] = 1;
    const hasYears = Boolean(nodes.from);
    const years = hasYears ? [...nodes.from, ...nodes.to].filter((year) => year > 0) : [];
    const firstYear = years.reduce((a, b) => Math.min(a, b), years[0] ?? 0); // Math.min(...years) takes 100,000 at most
    const lastYear = years.reduce((a, b) => Math.max(a, b), 0);

    const state = {
      least: Math.max(1, doc.least),
      papers: 0,
      from: firstYear,
      to: lastYear,
      colour: "community",
      only: "all",
      core: 2,
      whole: false,
      hidden: new Set(),
      selected: null,
      link: null,
      target: null,
      pointed: null,
      compared: [],
    };
    const nodeOn = new Uint8Array(count);
    const linkOn = new Uint8Array(size);

    const otherEnd = (link, node) => (from[link] === node ? to[link] : from[link]);
    const weight = (link) => links.weight[link];
    const linksOf = (node) => near[node].filter((link) => linkOn[link]);
    const neighbours = (node) =>
      linksOf(node)
        .map((link) => ({ link, node: otherEnd(link, node) }))
        .sort((a, b) => weight(b.link) - weight(a.link) || a.node - b.node);

    /* Of a thing of ours base, kind and ID make the IRI; another's is its ID. */
    const iriOf = (node) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(nodes.id[node]) ? nodes.id[node] : `${doc.base}${doc.kinds[nodes.kind[node]]}/${nodes.id[node]}`);
    const linkBetween = (one, other) => near[one].find((link) => otherEnd(link, one) === other) ?? null;

    /* ── groups: nine hues by size; grey for smaller ones, for those without links and for what is not known ── */

    const groupings = {};
    const [SMALLER, ALONE, UNKNOWN] = ["smaller", "alone", "unknown"];
    /* First years as spans that hold about as many nodes each, the newest first: of a long time single years say little. */
    const yearSpans = () => {
      const sizes = new Map();
      for (const year of nodes.from) if (year > 0) sizes.set(year, (sizes.get(year) ?? 0) + 1);
      const known = [...sizes.keys()].sort((a, b) => a - b);
      const spans = [];
      let left = [...sizes.values()].reduce((a, b) => a + b, 0);
      let open = null;
      known.forEach((year) => {
        open ??= { first: year, size: 0 };
        open.last = year;
        open.size += sizes.get(year);
        if (known.length > HUES && open.size < left / (HUES - spans.length)) return;
        left -= open.size;
        spans.unshift(open);
        open = null;
      });
      return spans;
    };
    let spans = null; // of years, once asked for
    const yearGroup = (node) => {
      const year = nodes.from?.[node];
      spans ??= nodes.from ? yearSpans() : [];
      const span = year > 0 && spans.find(({ first }) => year >= first);
      return span ? (span.first === span.last ? `${span.first}` : `${span.first}–${span.last}`) : "";
    };
    const grouping = (colour) => {
      if (groupings[colour]) return groupings[colour];
      const of = colour === "year" ? yearGroup : (node) => nodes[colour][node];
      const isKnown = (group) => group !== -1 && group !== "";
      const title = (group) => {
        if (!isKnown(group)) return `${colour === "year" ? "year" : colour} not known`;
        return colour === "year" ? group : names[colour][group];
      };
      const sizes = new Map();
      for (let node = 0; node < count; node += 1) sizes.set(of(node), (sizes.get(of(node)) ?? 0) + 1);
      const known = [...sizes].filter(([group]) => isKnown(group));
      if (colour === "year") known.sort((a, b) => b[0].localeCompare(a[0]));
      else known.sort((a, b) => b[1] - a[1]);
      const hues = new Map(
        known.slice(0, HUES).filter(([, members]) => members > 1 || colour === "year").map(([group], i) => [group, i]),
      );
      const keyOf = (node) => {
        const group = of(node);
        if (hues.has(group)) return group;
        if (!isKnown(group)) return UNKNOWN;
        return colour === "community" && !near[node].length ? ALONE : SMALLER;
      };
      const grey = new Map();
      for (let node = 0; node < count; node += 1) if (!hues.has(of(node))) grey.set(keyOf(node), (grey.get(keyOf(node)) ?? 0) + 1);
      const others = { community: "smaller communities", institution: "other institutions", category: "other categories" };
      const greyTitles = { [SMALLER]: others[colour], [ALONE]: "without links", [UNKNOWN]: title(-1) };
      const groups = [...hues].map(([group, hue]) => {
        const more = colour === "community" ? ` and ${sizes.get(group) - 1} more` : "";
        return { key: group, hue, size: sizes.get(group), title: title(group) + more, about: names[`${colour}_topics`]?.[group] ?? "" };
      });
      for (const key of [SMALLER, ALONE, UNKNOWN])
        if (grey.has(key)) groups.push({ key, hue: HUES, size: grey.get(key), title: greyTitles[key], about: "" });
      groupings[colour] = { groups, keyOf, hueOf: (node) => hues.get(of(node)) ?? HUES, titleOf: (node) => title(of(node)) };
      return groupings[colour];
    };

    /* ── what is shown ── */

    /* As the filters of the server: without a year nobody is in a window, once there is one. */
    const isWide = () => state.from <= firstYear && state.to >= lastYear;
    const inWindow = (first, last) => !hasYears || isWide() || (first > 0 && first <= state.to && last >= state.from);
    const degreesOf = () => {
      const degrees = new Uint32Array(count);
      for (let link = 0; link < size; link += 1)
        if (linkOn[link]) {
          degrees[from[link]] += 1;
          degrees[to[link]] += 1;
        }
      return degrees;
    };
    const dropLinks = () => {
      for (let link = 0; link < size; link += 1) if (!nodeOn[from[link]] || !nodeOn[to[link]]) linkOn[link] = 0;
    };
    /* Leave those only that keep k links among themselves. */
    const peel = (k) => {
      const degrees = degreesOf();
      const leaving = [];
      for (let node = 0; node < count; node += 1) if (nodeOn[node] && degrees[node] < k) leaving.push(node);
      while (leaving.length) {
        const node = leaving.pop();
        if (!nodeOn[node]) continue;
        nodeOn[node] = 0;
        for (const link of near[node]) {
          if (!linkOn[link]) continue;
          linkOn[link] = 0;
          const other = otherEnd(link, node);
          degrees[other] -= 1;
          if (nodeOn[other] && degrees[other] < k) leaving.push(other);
        }
      }
    };
    const largestComponent = () => {
      const part = new Int32Array(count).fill(-1);
      let [best, most] = [-1, 0];
      for (let start = 0; start < count; start += 1) {
        if (!nodeOn[start] || part[start] >= 0) continue;
        part[start] = start;
        const reached = [start];
        for (let i = 0; i < reached.length; i += 1)
          for (const link of near[reached[i]]) {
            const other = otherEnd(link, reached[i]);
            if (linkOn[link] && part[other] < 0) {
              part[other] = start;
              reached.push(other);
            }
          }
        if (reached.length > most) [best, most] = [start, reached.length];
      }
      for (let node = 0; node < count; node += 1) if (part[node] !== best) nodeOn[node] = 0;
    };

    const filter = () => {
      const { keyOf } = grouping(state.colour);
      for (let node = 0; node < count; node += 1)
        nodeOn[node] =
          nodes.papers[node] >= state.papers &&
          !state.hidden.has(keyOf(node)) &&
          inWindow(nodes.from?.[node], nodes.to?.[node])
            ? 1
            : 0;
      for (let link = 0; link < size; link += 1)
        linkOn[link] =
          weight(link) >= state.least &&
          !(state.whole && isCut[link]) &&
          inWindow(links.from?.[link], links.from?.[link] + links.span?.[link])
            ? 1
            : 0;
      dropLinks();
      if (state.only === "linked") peel(1);
      if (state.only === "core") peel(state.core);
      if (state.only === "component") largestComponent();
      dropLinks();
    };

    const path = (start, end) => {
      const before = new Map([[start, null]]);
      const reached = [start];
      for (let i = 0; i < reached.length && !before.has(end); i += 1)
        for (const { link, node } of neighbours(reached[i]))
          if (!before.has(node)) {
            before.set(node, { link, node: reached[i] });
            reached.push(node);
          }
      if (!before.has(end)) return null;
      const found = { nodes: [end], links: [] };
      for (let step = before.get(end); step; step = before.get(step.node)) {
        found.nodes.unshift(step.node);
        found.links.unshift(step.link);
      }
      return found;
    };

    const find = (text) => {
      const wanted = text.trim().toLocaleLowerCase();
      if (!wanted) return null;
      const lower = nodes.name.map((name) => name.toLocaleLowerCase());
      for (const fits of [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)]) {
        const at = lower.findIndex(fits);
        if (at >= 0) return at;
      }
      return null;
    };
    const numberOf = (id) => {
      const at = nodes.id.indexOf(id);
      return at < 0 ? null : at;
    };
    const shown = () => nodeOn.reduce((sum, on) => sum + on, 0);
    const linksShown = () => linkOn.reduce((sum, on) => sum + on, 0);

    return {
      doc, nodes, links, count, size, from, to, state, nodeOn, linkOn, isCut, hasYears, firstYear, lastYear,
      names, iriOf, otherEnd, linkBetween, weight, linksOf, neighbours, grouping, filter, path, find, numberOf, shown, linksShown,
    };
  };

  window.collegiumExplorer = { build };
})();
