"use strict";
/* Wires a drawing: events of canvas, tools and keys change the model's state, then picture and panel show it. */
(() => {
  const drawing = window.collegiumDrawing;
  const { model, picture, panel } = drawing;
  const byId = (id) => document.getElementById(id);
  if (!picture) {
    drawing.ready = true; // an empty drawing: nothing to wire
    return;
  }
  const { nodes, facts, state } = model;
  const { network } = picture;

  /* ── select, point, filter: the three ways the state changes ── */

  drawing.select = (id, { fly = false } = {}) => {
    [state.selected, state.selectedEdge] = [id, null];
    network.unselectAll();
    if (fly && id !== null) picture.flyTo(id);
    panel.showPanel();
    panel.showList();
    picture.paint();
  };

  drawing.selectEdge = (id) => {
    [state.selected, state.selectedEdge] = [null, id];
    network.unselectAll();
    panel.showPanel();
    panel.showList();
    picture.paint();
  };

  drawing.point = (id, edge = null) => {
    if (state.pointed === id && state.pointedEdge === edge) return;
    [state.pointed, state.pointedEdge] = [id, edge];
    picture.paint();
  };

  drawing.filterChanged = () => {
    if (state.selected !== null && !model.isShown(nodes[state.selected])) state.selected = null;
    if (state.selectedEdge !== null && !model.isEdgeShown(model.edges[state.selectedEdge])) state.selectedEdge = null;
    byId("counts").textContent = model.statusText();
    panel.showPanel();
    panel.showList();
    picture.paint();
  };

  const open = (id, inNewWindow) => {
    const { href } = nodes[id];
    if (!href) return false;
    if (inNewWindow || facts.newWindow) window.open(href, "_blank", "noopener");
    else window.location.assign(href);
    return true;
  };

  /* ── canvas ── */

  network.on("hoverNode", ({ node, pointer }) => {
    drawing.point(node);
    panel.showTip(pointer.DOM);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    if (state.pointed !== null) return; // a line under a dot: the dot counts
    drawing.point(null, picture.edgeAt(pointer.DOM) ?? edge);
    panel.showTip(pointer.DOM);
  });
  byId("picture").addEventListener("pointermove", ({ clientX, clientY }) => {
    if (state.pointedEdge === null) return; // from line to line; vis tells of the first and of leaving
    const frame = byId("picture").getBoundingClientRect();
    const at = { x: clientX - frame.left, y: clientY - frame.top };
    const edge = picture.edgeAt(at);
    if (edge === null || edge === state.pointedEdge) return;
    drawing.point(null, edge);
    panel.showTip(at);
  });
  const away = () => {
    drawing.point(null);
    panel.showTip();
  };
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, away);
  byId("picture").addEventListener("pointerleave", away);

  network.on("click", ({ nodes: [node], edges: [first], pointer, event }) => {
    const source = event.srcEvent || {};
    if (node !== undefined) {
      // A finger cannot hover: its first tap shows what hovering shows, its second opens the page.
      const tapped = source.pointerType === "touch" && state.selected !== node;
      if (tapped || !open(node, source.ctrlKey || source.metaKey)) drawing.select(node);
      return;
    }
    const edge = picture.edgeAt(pointer.DOM) ?? first;
    if (edge !== undefined) drawing.selectEdge(edge);
    else drawing.select(null);
  });

  byId("picture").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && state.selected !== null) open(state.selected, event.ctrlKey || event.metaKey);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, select, textarea");
    if (event.key === "Escape" && !typing) {
      drawing.select(null);
      away();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("find").focus();
    }
  });

  /* ── tools ── */

  byId("find").addEventListener("change", ({ target }) => {
    const found = model.find(target.value);
    if (found !== null && model.isShown(nodes[found])) drawing.select(found, { fly: true });
    else if (target.value.trim())
      byId("counts").textContent =
        found === null ? `No ${facts.noun[0]} of that name is drawn.` : `${nodes[found].label} is hidden by a filter.`;
  });
  byId("least")?.addEventListener("input", ({ target }) => {
    const least = Math.floor(Number(target.value));
    if (!Number.isFinite(least) || target.value === "") return;
    state.least = Math.min(Math.max(least, facts.least), facts.most);
    drawing.filterChanged();
  });
  byId("colour")?.addEventListener("change", ({ target }) => {
    state.colouring = Number(target.value);
    state.hiddenGroups.clear();
    panel.showLegend();
    drawing.filterChanged();
  });
  byId("size").addEventListener("change", ({ target }) => {
    state.size = Number(target.value);
    panel.sortList();
    picture.paint();
  });
  byId("fit").addEventListener("click", () => picture.fit());
  byId("closer").addEventListener("click", () => picture.zoom(1.35));
  byId("farther").addEventListener("click", () => picture.zoom(1 / 1.35));

  /* ── light and dark: the system's choice until the reader chooses. A page that has a switch already keeps its own; the
        choice is kept under the name that site.js uses. ── */

  const THEME_KEY = "theme";
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
  const remembered = () => {
    try {
      return localStorage.getItem(THEME_KEY);
    } catch {
      return null; // a sandboxed frame has no storage
    }
  };
  const remember = (theme) => {
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      /* the choice lasts as long as the page */
    }
  };
  const showTheme = () => {
    byId("theme").ariaPressed = String(isDark());
    picture.themeChanged();
  };
  byId("theme").hidden = document.querySelector("[data-theme-switch]") !== null;
  if (["light", "dark"].includes(remembered())) root.dataset.theme = remembered();
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
  });
  new MutationObserver(showTheme).observe(root, { attributeFilter: ["data-theme"] });
  systemDark.addEventListener("change", showTheme);

  /* ── begin ── */

  panel.showLegend();
  panel.sortList();
  panel.showList();
  panel.showPanel();
  showTheme();
  picture.fit(false);
  picture.paint();
  network.once("afterDrawing", () => {
    drawing.ready = true;
    drawing.readyAfterMs = Math.round(performance.now());
  });
})();
