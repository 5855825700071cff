"use strict";
/* What the editor offers while a query is written: classes and properties of the store, prefixes, variables, functions, keywords.
   A name that is chosen brings its PREFIX line with it; a known prefix brings it as soon as its colon is typed. */
(() => {
  if (!window.CodeMirror) return; // it did not load: the form works without
  const { EditorView, startCompletion, syntaxTree } = CodeMirror;

  const BLOCKS = "OPTIONAL FILTER BIND VALUES UNION MINUS GRAPH EXISTS".split(" ");
  const HEADS = (
    "SELECT CONSTRUCT DESCRIBE ASK PREFIX BASE DISTINCT REDUCED WHERE FROM NAMED GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET AS"
  ).split(" ");
  const INSIDE = "NOT IN EXISTS SEPARATOR DISTINCT AS true false".split(" ");
  /* name -> its arguments, for reading; those without any are called at once. SPARQL 1.1, sections 11.5, 17.4. */
  const FUNCTIONS = {
    COUNT: "rows", SUM: "numbers", MIN: "values", MAX: "values", AVG: "numbers", SAMPLE: "values",
    GROUP_CONCAT: 'texts; SEPARATOR=", "', STR: "term", LANG: "literal", LANGMATCHES: "tag, range", DATATYPE: "literal",
    BOUND: "variable", IRI: "text", BNODE: "", RAND: "", ABS: "number", CEIL: "number", FLOOR: "number", ROUND: "number",
    CONCAT: "text, …", STRLEN: "text", UCASE: "text", LCASE: "text", ENCODE_FOR_URI: "text", CONTAINS: "text, part",
    STRSTARTS: "text, start", STRENDS: "text, end", STRBEFORE: "text, mark", STRAFTER: "text, mark", YEAR: "time",
    MONTH: "time", DAY: "time", HOURS: "time", MINUTES: "time", SECONDS: "time", TIMEZONE: "time", TZ: "time", NOW: "",
    UUID: "", STRUUID: "", MD5: "text", SHA1: "text", SHA256: "text", SHA384: "text", SHA512: "text", COALESCE: "term, …",
    IF: "test, then, else", STRLANG: "text, tag", STRDT: "text, type", SAMETERM: "term, term", ISIRI: "term",
    ISBLANK: "term", ISLITERAL: "term", ISNUMERIC: "term", SUBSTR: "text, from, length", REPLACE: "text, pattern, by",
    REGEX: "text, pattern, flags",
  };

  const TOKEN =
    /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|[?$][\p{L}\p{N}_]+|[\p{L}_][\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%-]*|:[\p{L}\p{N}_.%-]*|@[\w-]+|[\p{L}\p{N}_]+|\^\^|\S/gu;
  const WORD = /(?:[?$][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_-]*:?[\p{L}\p{N}_.%-]*|:[\p{L}\p{N}_.%-]*)/u;
  const VALID = /^(?:[?$]?[\p{L}\p{N}_-]*|[\p{L}_][\p{L}\p{N}_-]*:[\p{L}\p{N}_.%-]*)$/u;

  const tokensOf = (text) => (text.match(TOKEN) || []).filter((token) => !token.startsWith("#"));

  /* What stands at the end of `text`: the head of the query, an expression, or a place in a triple (subject, verb, object). */
  function placeAt(text) {
    const open = []; // the brackets around, each with the place that its inside has reached
    let place = "head";
    let isClass = false;
    for (const token of tokensOf(text)) {
      const word = token.toUpperCase();
      if (token === "{" || token === "[") { open.push({ token, place }); place = token === "{" ? "subject" : "verb"; }
      else if (token === "(") { open.push({ token, place }); place = place === "verb" || place === "object" ? place : "expression"; }
      else if (token === "}") { while (open.length && open.at(-1).token !== "{") open.pop(); open.pop(); place = open.some((each) => each.token === "{") ? "subject" : "head"; }
      else if (token === "]") { place = open.pop()?.place === "subject" ? "verb" : "end"; }
      else if (token === ")") { const around = open.pop(); place = around?.place === "verb" ? "object" : around ? (around.place === "object" ? "end" : around.place) : place; }
      else if (place === "head" || place === "expression") continue;
      else if (BLOCKS.includes(word)) place = "subject";
      else if (token === ".") place = "subject";
      else if (token === ";") place = "verb";
      else if (token === ",") place = "object";
      else if (place === "verb" && "^!".includes(token)) continue;
      else if ("/|".includes(token)) place = "verb";
      else if ("*+?".includes(token)) continue;
      else {
        isClass = place === "verb" && (token === "a" || token === "rdf:type");
        place = { subject: "verb", verb: "object", object: "end", end: "end" }[place];
        continue;
      }
      isClass = token === "," && isClass;
    }
    return { place, isClass: isClass && place === "object" };
  }

  /* Whether a place is inside a comment, text or address; also in a text whose closing quote is still to come. */
  function isQuiet(state, at) {
    const line = state.doc.lineAt(at);
    const isOpen = tokensOf(line.text.slice(0, at - line.from)).some((token) => token === '"' || token === "'");
    return isOpen || /Comment|String|IriRef/.test(syntaxTree(state).resolveInner(at, -1).name);
  }
  const isDeclared = (text, prefix) => new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text);

  /* The line that declares a prefix, behind those that are there, else before the query, below its comments. */
  function declaration(state, prefix, iri) {
    let at = null;
    let first = null;
    for (let number = 1; number <= state.doc.lines; number++) {
      const line = state.doc.line(number);
      if (/^\s*(PREFIX|BASE)\b/i.test(line.text)) at = Math.min(line.to + 1, state.doc.length);
      else if (/^\s*(#|$)/.test(line.text)) continue;
      else { first ??= line.from; break; }
    }
    const place = at ?? first ?? state.doc.length;
    const before = place > 0 && state.doc.sliceString(place - 1, place) !== "\n" ? "\n" : "";
    return { from: place, insert: `${before}PREFIX ${prefix}: <${iri}>\n` };
  }

  /* Write `text` over a range, with the PREFIX line that it needs; the caret `back` characters before its end. */
  function write(view, text, from, to, vocabulary, { back = 0, event = "input.complete" } = {}) {
    const prefix = /^([\p{L}_][\p{L}\p{N}_-]*):/u.exec(text)?.[1];
    const iri = vocabulary.prefixes[prefix];
    const { state } = view;
    const parts = [{ from, to, insert: text }];
    if (iri && !isDeclared(state.doc.toString(), prefix)) {
      const line = declaration(state, prefix, iri);
      if (line.from <= from) parts.unshift(line);
    }
    const changes = state.changes(parts);
    view.dispatch({ changes, selection: { anchor: changes.mapPos(to, 1) - back }, userEvent: event, scrollIntoView: true });
  }

  function options(vocabulary) {
    const name = (type, boost) => (word) => ({
      label: word.name,
      type,
      boost: boost + Math.min(20, Math.log2(word.count + 1)),
      detail: word.count ? word.count.toLocaleString("en") : "",
      info: word.label,
      apply: (view, _, from, to) => write(view, word.name.includes("://") ? `<${word.iri}>` : word.name, from, to, vocabulary),
    });
    const called = (label, shown, info, boost) => ({
      label,
      type: "function",
      boost,
      detail: `(${shown})`,
      info,
      apply: (view, _, from, to) => write(view, `${label}()`, from, to, vocabulary, { back: shown ? 1 : 0 }),
    });
    const keyword = (label) => ({ label, type: "keyword", boost: 0 });
    return {
      classes: (boost) => vocabulary.classes.map(name("class", boost)),
      properties: (boost) => vocabulary.properties.map(name("property", boost)),
      functions: (boost) => [
        ...vocabulary.functions.map((word) => called(word.name, "…", word.label, boost + 5)),
        ...Object.entries(FUNCTIONS).map(([label, shown]) => called(label, shown, null, boost)),
      ],
      prefixes: () =>
        Object.entries(vocabulary.prefixes).map(([prefix, iri]) => ({
          label: `${prefix}:`,
          type: "namespace",
          boost: -30,
          detail: iri,
          apply: (view, _, from, to) => {
            write(view, `${prefix}:`, from, to, vocabulary);
            startCompletion(view);
          },
        })),
      keywords: (words) => words.map(keyword),
    };
  }

  function declared(vocabulary) {
    return Object.entries(vocabulary.prefixes).map(([prefix, iri]) => ({
      label: `${prefix}:`, type: "namespace", detail: iri, apply: `${prefix}: <${iri}>\n`,
    }));
  }

  function variables(text, except) {
    const found = new Set(text.match(/[?$][\p{L}\p{N}_]+/gu) || []);
    found.delete(except);
    return [...found].sort().map((label) => ({ label, type: "variable", boost: 10 }));
  }

  /* What fits the place comes first; a name with a colon is looked for among all names, wherever it stands. */
  function offered(offer, text, word, { place, isClass }) {
    const known = variables(text, word);
    if (/^[?$]/.test(word)) return known;
    if (word.includes(":")) return [...offer.classes(isClass ? 50 : 0), ...offer.properties(place === "verb" ? 50 : 0), ...offer.functions(place === "expression" ? 50 : -20)];
    if (isClass) return [...offer.classes(50), ...known, ...offer.prefixes()];
    if (place === "verb") return [...offer.properties(50), { label: "a", type: "keyword", detail: "is a", boost: 60 }, ...known, ...offer.prefixes()];
    if (place === "subject") return [...known, ...offer.keywords(BLOCKS), ...offer.prefixes()];
    if (place === "expression") return [...known, ...offer.functions(0), ...offer.keywords(INSIDE), ...offer.prefixes()];
    if (place === "head") return [...offer.keywords(HEADS), ...known, ...offer.functions(-20), ...offer.prefixes()];
    return [...known, ...offer.classes(-10), ...offer.keywords(BLOCKS), ...offer.prefixes()];
  }

  /* A source of completions over `/api/vocabulary`; `ready` is the promise of it. */
  const source = (ready) => async (context) => {
    const vocabulary = await ready;
    if (!vocabulary || isQuiet(context.state, context.pos)) return null;
    const before = context.state.sliceDoc(0, context.pos);
    const prologue = /(?:^|\n)\s*PREFIX\s+([\p{L}\p{N}_-]*)$/iu.exec(before);
    if (prologue) return { from: context.pos - prologue[1].length, options: declared(vocabulary) };
    const word = context.matchBefore(WORD) ?? { from: context.pos, text: "" };
    const place = placeAt(before.slice(0, word.from));
    const isDue = word.text !== "" || place.isClass || context.explicit;
    if (!isDue || context.aborted) return null;
    const found = offered(options(vocabulary), context.state.doc.toString(), word.text, place);
    return found.length ? { from: word.from, options: found, validFor: word.text.includes(":") ? VALID : /^[?$]?[\p{L}\p{N}_-]*$/u } : null;
  };

  /* The colon after a known prefix that is not declared yet writes its declaration, in one step that one undo takes back. */
  const colons = (current) =>
    EditorView.inputHandler.of((view, from, to, text) => {
      const vocabulary = current();
      if (text !== ":" || !vocabulary || view.composing || isQuiet(view.state, from)) return false;
      const line = view.state.doc.lineAt(from);
      const head = line.text.slice(0, from - line.from);
      const prefix = /(?:^|[^\p{L}\p{N}_.:?$@<-])([\p{L}_][\p{L}\p{N}_-]*)$/u.exec(head)?.[1];
      const isKnown = prefix && Object.hasOwn(vocabulary.prefixes, prefix) && !isDeclared(view.state.doc.toString(), prefix);
      if (!isKnown || /^\s*PREFIX\b/i.test(head)) return false;
      write(view, `${prefix}:`, from - prefix.length, to, vocabulary, { event: "input.type" });
      startCompletion(view);
      return true;
    });

  window.collegiumQuery = { completion: { source, colons, placeAt } };
})();
