"use strict";
/* The query page: runs what stands in the editor, shows the answer or what was wrong, and keeps links, examples and history.
   Without this file the form works as it is. Loaded last; the files before it leave their parts in `collegiumQuery`. */
(() => {
  if (!window.collegiumQuery) return;
  const { makeEditor, answer: answers } = window.collegiumQuery;
  const { element } = answers;
  const MOST_BYTES = 64_000_000; // of one answer; a page that holds more stops answering its reader
  const MOST_REMEMBERED = 20;
  const MEMORY = "collegium.queries";
  const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.5";
  /* slug of a problem -> what to do about it, where the problem's own words leave that open */
  const ADVICE = {
    "query-timeout": "Ask for less: fewer patterns at a time, a type for each variable, a LIMIT without a sort.",
    "query-memory": "Ask for less at a time: aggregate, or page with LIMIT and OFFSET.",
    overloaded: "Many queries are running. Yours was not begun.",
  };

  const byId = (id) => document.getElementById(id);
  const form = byId("query-form");
  const [run, stop, share, said, body, problemBox] = ["run", "stop", "share", "answer-said", "answer-body", "query-problem"].map(byId);
  const context = { ...form.dataset, prefixes: {} };
  let running = null; // the AbortController of the query that is on its way

  const vocabulary = fetch(context.vocabulary, { headers: { Accept: "application/json" } })
    .then((found) => (found.ok ? found.json() : null))
    .catch(() => null); // the editor then works without offering names
  const editor = makeEditor(form.elements.query, { vocabulary, onRun: () => start() });

  /* ── asking ── */

  /* The body of an answer as text; more than MOST_BYTES is not taken. */
  async function read(response, stopper) {
    const reader = response.body.getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts).text();
      size += value.length;
      if (size > MOST_BYTES) {
        stopper.abort();
        throw new RangeError("The answer is larger than 64 MB. Add a LIMIT to look at it here, or send the query to the service from a program.");
      }
      parts.push(value);
    }
  }

  async function ask(query, stopper) {
    const response = await fetch(context.sparql, {
      method: "POST",
      headers: { Accept: ACCEPT },
      body: new URLSearchParams({ query }),
      signal: stopper.signal,
    });
    const type = response.headers.get("Content-Type") || "";
    if (response.ok) return { query, type, body: await read(response, stopper), headers: response.headers };
    const problem = type.includes("json") ? await response.json() : {};
    throw Object.assign(new Error(problem.title || `The service answered ${response.status}`), {
      problem: { ...problem, slug: String(problem.type || "").split("/").pop(), after: Number(response.headers.get("Retry-After")) || null },
    });
  }

  async function start() {
    const query = editor.text();
    if (!query.trim()) return editor.focus();
    running?.abort();
    const stopper = (running = new AbortController());
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    const clock = setInterval(() => { stop.textContent = `Stop · ${seconds()}`; }, 200); // there, no reader reads each change aloud
    said.textContent = "Running…";
    busy(true);
    clear();
    scriptless(false);
    history.replaceState(null, "", answers.address(context.page, { query }));
    try {
      const found = await ask(query, stopper);
      if (running !== stopper) return;
      const took = Math.round(performance.now() - began);
      context.prefixes = (await vocabulary)?.prefixes ?? {};
      show(found, took);
      remember(query);
    } catch (error) {
      if (running === stopper) fail(error, stopper, seconds());
    } finally {
      clearInterval(clock);
      if (running === stopper) {
        running = null;
        busy(false);
      }
    }
  }

  function scriptless(is) {
    for (const made of document.querySelectorAll("[data-scriptless]")) made.hidden = !is;
  }

  function busy(is) {
    body.ariaBusy = String(is);
    stop.hidden = !is;
    stop.textContent = "Stop";
    run.disabled = is;
  }

  function show(found, took) {
    const { said: much, parts } = answers.shown(found, context);
    const cut = found.headers.get("X-Collegium-Truncated") === "true" ? "cut by the service: more exist" : "";
    const version = found.headers.get("X-Collegium-Version");
    said.textContent = [[much, cut].filter(Boolean).join(", "), `${took.toLocaleString("en")} ms`, version && `store version ${version}`].filter(Boolean).join(" · ");
    said.classList.toggle("is-cut", Boolean(cut));
    body.replaceChildren(...parts);
  }

  /* ── what was wrong ── */

  function clear() {
    problemBox.hidden = true;
    problemBox.replaceChildren();
    editor.mark(null);
  }

  function fail(error, stopper, after) {
    body.replaceChildren();
    said.classList.remove("is-cut");
    if (error.name === "AbortError" && stopper.signal.aborted) { said.textContent = `Stopped after ${after}.`; return; }
    said.textContent = "No answer.";
    if (error.problem) tell(error.message, error.problem);
    else if (error instanceof RangeError) tell("Too much for a page", { detail: error.message });
    else if (error instanceof SyntaxError) tell("The answer came incomplete", { detail: "It broke off before its end. Ask again, or ask for less." });
    else tell("The service did not answer", { detail: "Is it still running, and are you still connected?" });
  }

  function tell(title, problem) {
    problemBox.replaceChildren(element("strong", title));
    if (problem.detail) problemBox.append(element("p", detailed(title, problem.detail)));
    if (ADVICE[problem.slug]) problemBox.append(element("p", ADVICE[problem.slug]));
    if (problem.after) problemBox.append(element("p", `It asks to be asked again in ${answers.counted(problem.after, "second")}.`));
    if (problem.line) problemBox.append(button(`Go to line ${problem.line}, column ${problem.column}`, () => editor.goTo(problem)));
    if (problem.status === 503) problemBox.append(button("Ask again", () => start()));
    editor.mark(problem);
    problemBox.hidden = false;
  }

  /* The detail without the words of the title that it begins with: "the query was refused: …" under "The query was refused". */
  function detailed(title, detail) {
    const [, found, wanted] = /: (found .*?), expected (.*)$/s.exec(detail) || [];
    if (wanted?.split(" or ").length > 6) return `${found[0].toUpperCase()}${found.slice(1)}, which cannot stand here: something before it is missing or misspelled.`;
    const rest = detail.toLowerCase().startsWith(title.toLowerCase()) ? detail.slice(detail.indexOf(": ") + 2) : detail;
    return rest.charAt(0).toUpperCase() + rest.slice(1);
  }

  function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /* ── the link to share ── */

  async function copyLink() {
    const query = editor.text();
    const address = new URL(answers.address(context.page, { query }), location.href).href;
    history.replaceState(null, "", address);
    let word = answers.isLong(query) ? "Copied; it is long, some programs cut it" : "Copied";
    try { await navigator.clipboard.writeText(address); } catch { word = "The link stands in the address bar"; } // not allowed, or no https
    share.textContent = word;
    setTimeout(() => { share.textContent = "Copy link"; }, 2500);
  }

  /* ── the last queries, in this browser only ── */

  const recent = byId("recent");
  const remembered = () => {
    try {
      const found = JSON.parse(localStorage.getItem(MEMORY));
      return Array.isArray(found) ? found.filter((text) => typeof text === "string").slice(0, MOST_REMEMBERED) : [];
    } catch { return []; } // storage can be forbidden, or hold what another version wrote
  };
  const keep = (list) => { try { localStorage.setItem(MEMORY, JSON.stringify(list)); } catch { /* they are then not kept */ } };

  function remember(query) {
    keep([query, ...remembered().filter((text) => text !== query)].slice(0, MOST_REMEMBERED));
    showRecent();
  }

  function showRecent() {
    const list = remembered();
    recent.hidden = list.length === 0;
    recent.querySelector("ol").replaceChildren(
      ...list.map((text) => {
        const row = element("li");
        const line = text.split("\n").filter((each) => !/^\s*(PREFIX\b|$)/i.test(each)).join(" ").replace(/\s+/g, " ");
        const made = button(line.slice(0, 140) || text.slice(0, 140), () => put(text));
        made.title = text.slice(0, 1000);
        made.className = "link";
        row.append(made);
        return row;
      }),
    );
  }

  function put(text) {
    editor.set(text);
    clear();
    editor.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  /* ── examples: the page of an example holds its query, bound; it comes into this editor, where undo brings back what was there ── */

  const examples = byId("examples");
  const search = byId("find-example");
  examples.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-example]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const page = await fetch(link.href, { headers: { Accept: "text/html" } });
      const found = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("query");
      if (!found) throw new TypeError("no query on that page");
      put(found.value.trimEnd());
      history.replaceState(null, "", link.href);
    } catch { location.assign(link.href); } // the page itself then says what is wrong
  });
  search.addEventListener("input", () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of examples.querySelectorAll("li")) {
      row.hidden = !words.every((word) => row.dataset.words.toLocaleLowerCase().includes(word));
      left += row.hidden ? 0 : 1;
    }
    byId("no-example").hidden = left > 0;
  });

  form.addEventListener("submit", (event) => { event.preventDefault(); start(); });
  stop.addEventListener("click", () => running?.abort());
  share.addEventListener("click", copyLink);
  for (const made of document.querySelectorAll("[data-scripted]")) made.hidden = false;
  if (form.dataset.start !== "answered") scriptless(false); // an answer that came with the page has no other downloads
  showRecent();
  if (form.dataset.start === "run") start();
})();
