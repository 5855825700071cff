"use strict";
/* Wires the explorer: fetches the columns, lets canvas, tools and keys change the state, and keeps the address in step. */
(() => {
  const explorer = window.collegiumExplorer;
  const { element, save } = window.collegiumElements;
  const byId = (id) => document.getElementById(id);
  const page = document.body.dataset;
  const { root } = page;
  const isFile = page.file === undefined; // a page that was saved: it asks no service for anything
  const PLAY_MS = 900;
  const AGAIN_MS = 2000;

  const fail = (text) => {
    byId("counts").textContent = text;
    document.body.dataset.state = "failed";
  };

  /* What a reader chose stands behind the #, so that the address can be shared; what is drawn stands before it. */
  const readAddress = (model) => {
    const { state } = model;
    const given = new URLSearchParams(location.hash.slice(1) || model.doc.view);
    const number = (name, otherwise) => (given.has(name) && Number.isFinite(Number(given.get(name))) ? Number(given.get(name)) : otherwise);
    for (const name of ["least", "papers", "from", "to", "core"]) state[name] = number(name, state[name]);
    const oneOf = (name, choices) => (choices.includes(given.get(name)) ? given.get(name) : state[name]);
    state.colour = oneOf("colour", [...byId("colour").options].filter((option) => !option.disabled).map((option) => option.value));
    state.only = oneOf("only", ["all", "linked", "component", "core"]);
    state.whole = given.get("whole") === "true";
    state.selected = model.numberOf(given.get("id") ?? "");
    state.target = state.selected === null ? null : model.numberOf(given.get("path") ?? "");
    const compared = given.getAll("compare").map(model.numberOf);
    state.compared = [...new Set(compared)].filter((node) => node !== null).slice(0, 3);
  };
  const view = (model, usual) => {
    const { state, nodes } = model;
    const given = new URLSearchParams();
    for (const name of ["least", "papers", "from", "to", "core", "colour", "only", "whole"])
      if (state[name] !== usual[name]) given.set(name, state[name]);
    if (state.selected !== null) given.set("id", nodes.id[state.selected]);
    if (state.target !== null) given.set("path", nodes.id[state.target]);
    for (const node of state.compared) given.append("compare", nodes.id[node]);
    return given;
  };
  const writeAddress = (model, usual) => {
    const given = view(model, usual);
    history.replaceState(null, "", given.size ? `#${given}` : location.pathname + location.search);
  };

  const start = (doc) => {
    const model = explorer.build(doc);
    const { state, nodes } = model;
    const usual = { ...state };
    byId("tie").textContent = doc.tie[1][0].toUpperCase() + doc.tie[1].slice(1);
    if (!model.hasYears) for (const option of byId("colour").options) option.disabled = option.value !== "community";
    readAddress(model);

    const sizeName = page.size;
    const degrees = nodes.id.map(() => 0);
    for (let link = 0; link < model.size; link += 1) {
      degrees[model.from[link]] += 1;
      degrees[model.to[link]] += 1;
    }
    const sizeOf = (node) => (nodes.value ? nodes.value[node] : sizeName === "links" ? degrees[node] : nodes.papers[node]);
    /* What is not shown can be neither selected nor compared. */
    const forgetHidden = () => {
      if (state.selected !== null && !model.nodeOn[state.selected]) Object.assign(state, { selected: null, target: null });
      if (state.link !== null && !model.linkOn[state.link]) state.link = null;
      state.compared = state.compared.filter((node) => model.nodeOn[node]);
    };
    model.filter();
    forgetHidden();
    const picture = explorer.draw(model, byId("picture"), sizeOf);

    /* ── the three ways the state changes: select, point, filter ── */

    const act = { sizeOf, sizeTitle: () => page.sizeTitle };
    const panel = explorer.panel(model, picture, act, root, explorer.behind(model, root, page.link));
    const comparing = explorer.comparing(model);
    const tell = () => {
      panel.showPanel();
      panel.showCompared();
      panel.showLegend();
      panel.showList();
      writeAddress(model, usual);
    };
    const selected = () => {
      picture.paint();
      tell();
    };
    /* Take somebody into the comparison, or out of it; nobody at all: end it. */
    act.compare = (node, isIn = true) => {
      if (node === null) state.compared = [];
      else if (isIn) comparing.add(node);
      else comparing.remove(node);
      Object.assign(state, { selected: null, link: null, target: null });
      selected();
      if (isIn) picture.fit([...picture.comparison().hues.keys()]);
    };
    act.select = (node, { fly = false } = {}) => {
      Object.assign(state, { selected: node, link: null, target: null });
      byId("path").value = "";
      selected();
      if (fly && node !== null) picture.flyTo(node);
    };
    act.selectLink = (link) => {
      Object.assign(state, { selected: null, link, target: null });
      selected();
    };
    act.pathTo = (node) => {
      Object.assign(state, { target: node, link: null });
      selected();
      const path = model.path(state.selected, node);
      if (path) picture.fit(path.nodes);
    };
    act.point = (node) => {
      state.pointed = node;
      panel.showTip();
      picture.paint();
    };
    act.filtered = () => {
      model.filter();
      forgetHidden();
      byId("counts").textContent = panel.status();
      selected();
    };
    act.toggle = (key) => {
      if (!state.hidden.delete(key)) state.hidden.add(key);
      act.filtered();
    };

    /* ── canvas ── */

    const { renderer } = picture;
    renderer.on("clickNode", ({ node, event }) => {
      if (event.original.shiftKey && state.selected !== null) act.pathTo(Number(node));
      else act.select(Number(node));
    });
    renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      const page = panel.pageOf(Number(node));
      if (page) location.assign(page);
    });
    renderer.on("clickStage", ({ event }) => {
      const link = picture.linkAt(event);
      if (link === null) act.select(null);
      else act.selectLink(link);
    });
    renderer.on("enterNode", ({ node }) => act.point(Number(node)));
    renderer.on("leaveNode", () => act.point(null));

    /* ── tools ── */

    const offer = () => {
      const names = nodes.name.slice(0, 3000).map((name) => Object.assign(element("option"), { value: name }));
      byId("names").replaceChildren(...names);
    };
    document.querySelector(".drawing-tools").addEventListener("focusin", offer, { once: true });
    const whenNamed = (id, then) =>
      byId(id).addEventListener("change", ({ target }) => {
        const node = model.find(target.value);
        target.setCustomValidity(node === null && target.value ? "Nobody of that name is in this picture." : "");
        target.reportValidity();
        if (node !== null) then(node);
      });
    whenNamed("find", (node) => act.select(node, { fly: true }));
    whenNamed("compare", (node) => {
      if (!state.compared.length && state.selected !== null) comparing.add(state.selected);
      act.compare(node);
      byId("compare").value = "";
    });
    whenNamed("path", (node) => state.selected !== null && act.pathTo(node));
    for (const name of ["least", "papers", "from", "to", "core"]) {
      const field = byId(name === "from" || name === "to" ? `year-${name}` : name);
      if (!field) continue;
      field.value = state[name];
      field.addEventListener("change", () => {
        state[name] = field.value === "" ? usual[name] : Number(field.value);
        field.value = state[name];
        act.filtered();
      });
    }
    for (const name of ["colour", "only"]) {
      byId(name).value = state[name];
      byId(name).addEventListener("change", ({ target }) => {
        state[name] = target.value;
        if (name === "colour") state.hidden.clear();
        byId("core-of").hidden = state.only !== "core";
        act.filtered();
      });
    }
    byId("core-of").hidden = state.only !== "core";
    byId("whole").checked = state.whole;
    byId("whole").closest("label").hidden = !model.isCut.includes(1);
    byId("whole").addEventListener("change", ({ target }) => {
      state.whole = target.checked;
      act.filtered();
    });
    byId("fit").addEventListener("click", () => picture.fit());
    byId("closer").addEventListener("click", () => picture.zoom(1.4));
    byId("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
    byId("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : byId("figure").requestFullscreen()));

    /* ── files of what is shown ── */

    const told = () => ({
      title: document.querySelector("h1").textContent,
      notes: [panel.status(), byId("notes").textContent].filter(Boolean),
      address: isFile ? "" : location.href,
      noun: panel.noun,
      tie: doc.tie[1],
      value: page.sizeTitle,
    });
    const savePage = async () => {
      try {
        save(await explorer.toPage(model, page.file, told(), String(view(model, usual))), "network.html");
      } catch (error) {
        byId("counts").textContent = `The page could not be saved: ${error.message}`;
      }
    };
    window.collegiumFiles.fill(byId("save-shown"), () => explorer.shown(model, picture, told()), "network", {
      "PNG, as you see it": () => explorer.toPng(picture, (blob) => save(blob, "network.png")),
      ...(isFile ? {} : { "One HTML file": savePage }),
    });

    /* ── years that play ── */

    let playing = null;
    const stop = () => {
      clearInterval(playing);
      playing = null;
      byId("play").textContent = "Play";
      byId("play").ariaPressed = "false";
    };
    byId("years").hidden = !model.hasYears || model.firstYear === model.lastYear;
    byId("play").addEventListener("click", () => {
      if (playing) return stop();
      if (state.to >= model.lastYear) state.to = Math.max(state.from, model.firstYear);
      byId("play").textContent = "Stop";
      byId("play").ariaPressed = "true";
      playing = setInterval(() => {
        state.to += 1;
        byId("year-to").value = state.to;
        act.filtered();
        if (state.to >= model.lastYear) stop();
      }, PLAY_MS);
      return undefined;
    });

    /* ── keys ── */

    byId("picture").addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (moves[event.key]) picture.pan(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") picture.zoom(1.4);
      else if (event.key === "-") picture.zoom(1 / 1.4);
      else if (event.key === "Escape") act.select(null);
      else return;
      event.preventDefault();
    });
    new MutationObserver(picture.themeChanged).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", picture.themeChanged);

    byId("counts").textContent = panel.status();
    tell();
    if (state.target !== null) act.pathTo(state.target);
    else if (state.selected !== null) picture.flyTo(state.selected);
    else if (model.shown() < model.count) picture.fit();
    Object.assign(explorer, { model, picture, act, ready: true });
  };

  const load = async () => {
    if (!explorer.hasWebGl()) return fail("This browser shows no WebGL; the picture of the strongest links does without it.");
    try {
      if (isFile) {
        const doc = JSON.parse(byId("columns").textContent);
        if (doc.told) byId("notes").textContent = doc.told.join(" ");
        return start(doc);
      }
      const answer = await fetch(page.columns);
      if (answer.status === 202) {
        byId("counts").textContent = "It is being computed …";
        return setTimeout(load, AGAIN_MS);
      }
      const doc = await answer.json();
      if (!answer.ok) return fail(doc.detail ?? "The network could not be fetched.");
      if (!doc.nodes.id.length) return fail("There is nothing to draw: nothing that passes the filters names anyone.");
      start(doc);
    } catch (error) {
      fail(`The network could not be fetched: ${error.message}`);
    }
    return undefined;
  };
  document.addEventListener("DOMContentLoaded", load);
})();
