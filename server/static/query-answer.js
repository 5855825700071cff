"use strict";
/* The answer to a query: a table that sorts and turns its pages, a yes or no, or a graph as text; its downloads and its picture.
   Every value is a stranger's: it goes into the page by textContent, and into an address only as a query or as a web link. */
(() => {
  if (!window.collegiumQuery) return;
  const { element, counted } = window.collegiumElements;
  const PAGE_ROWS = 100;
  const MOST_TEXT = 200_000; // characters of a graph shown
  const MOST_CELL = 400; // characters of a value shown at first
  const LONGEST_ADDRESS = 7_000; // characters; a longer query travels in the body
  const TABLES = [["json", "JSON"], ["csv", "CSV"], ["tsv", "TSV"], ["xml", "XML"]];
  const ANSWERS = [["json", "JSON"], ["xml", "XML"]];
  const GRAPHS = [["ttl", "Turtle"], ["nt", "N-Triples"], ["nq", "N-Quads"], ["trig", "TriG"], ["rdf", "RDF/XML"], ["jsonld", "JSON-LD"]];
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name));

  const DATE = /^-?\d{4}-\d\d(-\d\d(T\S{1,20})?)?$/; // not broken across lines


  function shortened(iri, prefixes) {
    for (const [prefix, namespace] of Object.entries(prefixes)) {
      const local = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[\p{L}\p{N}_-]+$/u.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  }

  /* What a value is, in one word: of a column whose values are all alike the head says it, else each cell. */
  function typeOf(value, prefixes) {
    if (value.type === "uri") return "IRI";
    if (value.type === "bnode") return "blank node";
    if (value.type === "triple") return "triple";
    if (value["xml:lang"]) return `@${value["xml:lang"]}`;
    return value.datatype ? shortened(value.datatype, prefixes) : "text";
  }

  const textOf = (value, prefixes) => {
    if (value.type === "bnode") return `_:${value.value}`;
    if (value.type !== "triple") return value.type === "uri" ? shortened(value.value, prefixes) : value.value;
    const { subject, predicate, object } = value.value;
    return `<<( ${[subject, predicate, object].map((part) => textOf(part, prefixes)).join(" ")} )>>`;
  };
  const isNumber = (value) => NUMBERS.has(value?.datatype);

  /* ── cells ── */

  function link(value, { base, home, prefixes }) {
    const made = element("a");
    if (value.value.startsWith(base) && value.value !== base) {
      const local = value.value.slice(base.length);
      made.href = location.origin + home + local; // never resolved: what stands behind our base may look like another address
      made.textContent = local;
      return made;
    }
    if (!/^https?:\/\//i.test(value.value)) return element("bdi", value.value);
    made.href = value.value;
    made.rel = "noopener nofollow external";
    made.textContent = shortened(value.value, prefixes);
    made.title = value.value;
    return made;
  }

  function literal(value) {
    const whole = value.value;
    const made = element("bdi", whole.slice(0, MOST_CELL));
    if (whole.length <= MOST_CELL) return made;
    const more = element("button", `… all ${whole.length.toLocaleString("en")} characters`, "link");
    more.type = "button";
    more.addEventListener("click", () => { made.textContent = whole; });
    made.append(more);
    return made;
  }

  function cell(value, usual, context) {
    const made = element("td");
    if (!value) return made;
    if (value.type === "uri") made.append(link(value, context));
    else if (value.type === "literal" || value.type === "typed-literal") made.append(literal(value));
    else made.append(element("bdi", textOf(value, context.prefixes)));
    if (isNumber(value)) made.className = "num";
    else if (value.type === "literal" && DATE.test(value.value)) made.className = "nowrap";
    const type = typeOf(value, context.prefixes);
    if (type !== usual && type !== "IRI" && type !== "text") made.append(" ", element("small", type, "type"));
    return made;
  }

  /* ── the table ── */

  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  /* Rows by a column: numbers by size, the rest by text, what is unbound last both ways round. */
  function sorted(rows, name, turn) {
    return rows.toSorted((a, b) => {
      const [one, other] = [a[name], b[name]];
      if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
      const both = isNumber(one) && isNumber(other);
      return turn * (both ? Number(one.value) - Number(other.value) : collator.compare(String(one.value), String(other.value)));
    });
  }

  function table(answer, context) {
    const names = answer.head.vars;
    const rows = answer.results.bindings;
    const usual = names.map((name) => {
      const types = new Set();
      for (const row of rows) if (row[name]) types.add(typeOf(row[name], context.prefixes));
      return types.size === 1 ? [...types][0] : null;
    });
    const state = { page: 0, by: null, turn: 1, order: rows };
    const body = element("tbody");
    const heads = names.map((name, at) => {
      const head = element("th");
      head.scope = "col";
      if (rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name]))) head.className = "num";
      const button = element("button", name, "sort");
      button.type = "button";
      button.title = `Sort by ${name}`;
      button.addEventListener("click", () => sortBy(name));
      head.append(button);
      if (usual[at]) head.append(element("small", usual[at], "type"));
      return head;
    });
    const pager = element("nav", null, "pager");
    pager.ariaLabel = "Pages of the table";
    const [back, where, on] = [element("button", "← Previous"), element("span"), element("button", "Next →")];
    [back.type, on.type] = ["button", "button"];
    back.addEventListener("click", () => turnTo(state.page - 1));
    on.addEventListener("click", () => turnTo(state.page + 1));
    where.role = "status";
    pager.append(back, where, on);

    function sortBy(name) {
      // once up, once down, then as the service sent them
      if (state.by !== name) [state.by, state.turn] = [name, 1];
      else if (state.turn === 1) state.turn = -1;
      else state.by = null;
      state.order = state.by ? sorted(rows, state.by, state.turn) : rows;
      heads.forEach((head, at) => {
        if (names[at] === state.by) head.ariaSort = state.turn === 1 ? "ascending" : "descending";
        else head.removeAttribute("aria-sort");
      });
      turnTo(0);
    }

    function turnTo(page) {
      state.page = page;
      const start = page * PAGE_ROWS;
      const end = Math.min(start + PAGE_ROWS, rows.length);
      body.replaceChildren(
        ...state.order.slice(start, end).map((row) => {
          const line = element("tr");
          line.append(...names.map((name, at) => cell(row[name], usual[at], context)));
          return line;
        }),
      );
      [back.disabled, on.disabled] = [page === 0, end >= rows.length];
      where.textContent = `${(start + 1).toLocaleString("en")}–${end.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
      frame.scrollTop = 0;
    }

    const frame = element("div", null, "scroll tall");
    frame.tabIndex = 0;
    frame.role = "group";
    frame.ariaLabel = "Table of results";
    const made = element("table");
    const head = element("thead");
    const line = element("tr");
    line.append(...heads);
    head.append(line);
    made.append(head, body);
    frame.append(made);
    turnTo(0);
    return rows.length > PAGE_ROWS ? [frame, pager] : [frame];
  }

  /* ── what can be done with an answer ── */

  const address = (path, fields) => `${path}?${new URLSearchParams(fields)}`;
  const isLong = (query) => encodeURIComponent(query).length > LONGEST_ADDRESS;

  /* Links where the query fits into an address, else a form that posts it: [value of the field, label] each. */
  function doors(path, query, field, choices, attributes) {
    if (!isLong(query)) {
      return choices.map(([value, label]) => Object.assign(element("a", label), { href: address(path, { query, ...(field && { [field]: value }) }) }, attributes(value)));
    }
    const form = element("form", null, "doors");
    Object.assign(form, { action: path, method: "post" });
    form.append(Object.assign(element("input"), { type: "hidden", name: "query", value: query }));
    for (const [value, label] of choices) form.append(Object.assign(element("button", label, "link"), field ? { name: field, value } : {}));
    return [form];
  }

  function downloads(query, choices, context) {
    const line = element("p", null, "downloads");
    line.append(element("span", "Download:", "soft"), " ");
    doors(context.sparql, query, "format", choices, (value) => ({ download: `answer.${value}` })).forEach((door, at) => line.append(...(at ? [" · "] : []), door));
    return line;
  }

  function picture(query, context) {
    const line = element("p", null, "as-picture");
    line.append(...doors(context.view, query, null, [[null, "Draw as a network"]], () => ({ className: "button" })));
    return line;
  }

  const isEnd = (value) => !value || value.type === "uri" || value.type === "bnode";
  const linksThings = (answer) =>
    answer.head.vars.filter((name) => answer.results.bindings.every((row) => isEnd(row[name])) && answer.results.bindings.some((row) => row[name])).length >= 2;

  /* ── the three kinds of answers; each gives its parts and a sentence that says how much it is ── */

  function shown({ body, type, query }, context) {
    if (!type.includes("sparql-results+json")) return graph(body, query, context);
    const answer = JSON.parse(body);
    if ("boolean" in answer) {
      return { said: "", parts: [element("p", answer.boolean ? "Yes" : "No", "yes-no"), downloads(query, ANSWERS, context)] };
    }
    const rows = answer.results.bindings.length;
    const parts = rows ? table(answer, context) : [element("p", "No row fits.", "none")];
    const bar = element("div", null, "answer-bar");
    bar.append(...(linksThings(answer) ? [picture(query, context)] : []), downloads(query, TABLES, context));
    return { said: counted(rows, "row"), parts: [bar, ...parts] };
  }

  /* Turtle comes with every prefix that the service knows; a reader wants those that are used. */
  function withUsedPrefixes(turtle) {
    const rest = turtle.replace(/^@prefix.*\n/gm, "");
    return turtle.replace(/^@prefix (\S*:).*\n/gm, (line, prefix) => (rest.includes(prefix) ? line : "")).trimEnd();
  }

  function graph(body, query, context) {
    const isCut = body.length > MOST_TEXT;
    const text = element("pre", withUsedPrefixes(isCut ? body.slice(0, body.lastIndexOf("\n", MOST_TEXT)) : body), "graph");
    text.tabIndex = 0;
    const isEmpty = !/^[^@\s]/m.test(body);
    const bar = element("div", null, "answer-bar");
    bar.append(...(isEmpty ? [] : [picture(query, context)]), downloads(query, GRAPHS, context));
    const size = `${Math.max(1, Math.round(body.length / 1000)).toLocaleString("en")} kB of Turtle`;
    const parts = [bar, isEmpty ? element("p", "No statement fits.", "none") : text];
    if (isCut) parts.push(element("p", "The text is cut here; a download has all of it.", "soft"));
    return { said: isEmpty ? "0 statements" : size, parts };
  }

  Object.assign(window.collegiumQuery, { answer: { shown, element, counted, isLong, address } });
})();
