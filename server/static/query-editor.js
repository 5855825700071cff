"use strict";
/* The editor over the text area of the query page: CodeMirror in the site's colours, in a shadow root of its own.
   In a shadow root CodeMirror puts its style into constructed sheets, which the page's policy (style-src 'self') lets through
   without a nonce. Tab is never bound to indenting, so the keyboard walks through the editor as through any field. */
(() => {
  if (!window.collegiumQuery) return;
  const {
    acceptCompletion, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap,
    Decoration, defaultKeymap, EditorState, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
    HighlightStyle, history, historyKeymap, indentOnInput, keymap, LanguageSupport, lineNumbers, SparqlLanguage, StateEffect,
    StateField, styleTags, syntaxHighlighting, tags,
  } = CodeMirror;
  const { completion } = window.collegiumQuery;

  const look = EditorView.theme({
    "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--sunken)", fontSize: "var(--editor-text)", borderRadius: "inherit" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "1.55", borderRadius: "inherit" },
    ".cm-content": { padding: "var(--space-3) 0", caretColor: "var(--ink)" },
    ".cm-line": { padding: "0 var(--space-3)" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-faint)", border: "none", paddingInlineStart: "var(--space-2)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLine": { backgroundColor: "var(--editor-line)" },
    "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
    ".cm-content ::selection": { backgroundColor: "var(--editor-selection)", color: "inherit" },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--editor-selection)", outline: "1px solid var(--rule-strong)" },
    "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-wash)" },
    ".cm-problem": { textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "3px", backgroundColor: "var(--bad-wash)" },
    ".cm-problem-line, &.cm-focused .cm-problem-line": { backgroundColor: "var(--bad-wash)", boxShadow: "inset 3px 0 var(--bad)" },
    ".cm-tooltip": { border: "1px solid var(--rule)", borderRadius: "var(--radius)", backgroundColor: "var(--raised)", color: "var(--ink)", boxShadow: "var(--shadow)", overflow: "hidden" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-code)", fontSize: "var(--text-s)", maxHeight: "16em", maxWidth: "min(36rem, 92vw)" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "var(--space-1) var(--space-3)", lineHeight: "1.5" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
    ".cm-completionDetail": { color: "var(--ink-soft)", fontStyle: "normal", fontSize: "var(--text-xs)", marginInlineStart: "var(--space-3)" },
    "li[aria-selected] .cm-completionDetail": { color: "inherit" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionIcon": { width: "1.4em", opacity: "0.8" },
    ".cm-completionIcon-class::after": { content: "'C'" },
    ".cm-completionIcon-property::after": { content: "'p'" },
    ".cm-completionIcon-namespace::after": { content: "'n:'", fontSize: "0.8em" },
    ".cm-completionIcon-variable::after": { content: "'?'" },
    ".cm-completionIcon-function::after": { content: "'ƒ'" },
    ".cm-completionIcon-keyword::after": { content: "''" },
    ".cm-tooltip.cm-completionInfo": { maxWidth: "18rem", padding: "var(--space-2) var(--space-3)", font: "var(--text-s)/1.45 var(--font-text)", whiteSpace: "normal" },
    ".cm-specialChar": { color: "var(--bad)" },
    "@media (forced-colors: active)": { "&.cm-focused": { outline: "2px solid" } },
  });

  const colours = syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
      { tag: tags.variableName, color: "var(--code-variable)" },
      { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--code-name)" },
      { tag: [tags.string, tags.annotation], color: "var(--code-text)" },
      { tag: [tags.integer, tags.float, tags.bool], color: "var(--code-number)" },
      { tag: tags.comment, color: "var(--ink-faint)", fontStyle: "italic" },
    ]),
  );

  /* Prefixed names and addresses get an ink of their own: the grammar tags their whole, and only their parts are drawn. */
  const language = new LanguageSupport(
    SparqlLanguage.configure({ props: [styleTags({ "PrefixedName/... PrefixDecl/Pname_ns": tags.namespace, IriRef: tags.url, Langtag: tags.annotation })] }),
  );

  /* Typed over coloured text, a browser keeps the colours of what was there in style attributes, which the policy refuses:
     the editor takes such input before the browser does. */
  const typedOver = EditorView.domEventHandlers({
    beforeinput(event, view) {
      if (event.inputType !== "insertText" || !event.data || event.isComposing) return false;
      let { from, to } = view.state.selection.main;
      const shown = view.root.getSelection?.(); // the editor's own selection may lag behind the browser's
      if (shown?.rangeCount) {
        const range = shown.getRangeAt(0);
        from = view.posAtDOM(range.startContainer, range.startOffset);
        to = view.posAtDOM(range.endContainer, range.endOffset);
      }
      if (from >= to) return false;
      const changes = { from, to, insert: event.data };
      const selection = { anchor: from + event.data.length };
      const change = () => view.state.update({ changes, selection, userEvent: "input.type", scrollIntoView: true });
      const isTaken = view.state.facet(EditorView.inputHandler).some((take) => take(view, from, to, event.data, change));
      if (!isTaken) view.dispatch(change());
      event.preventDefault();
      return true;
    },
  });

  /* ── where the service stopped reading: set by `mark`, gone with the next change ── */

  const marking = StateEffect.define();
  const problemMark = Decoration.mark({ class: "cm-problem" });
  const problemLine = Decoration.line({ class: "cm-problem-line" });
  const marked = StateField.define({
    create: () => Decoration.none,
    update: (marks, change) => {
      for (const effect of change.effects) if (effect.is(marking)) return effect.value;
      return change.docChanged ? Decoration.none : marks;
    },
    provide: (field) => EditorView.decorations.from(field),
  });

  /* Line and column count from 1, columns in characters; an editor counts UTF-16 units. */
  function placeOf(doc, { line, column }) {
    const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const before = [...row.text].slice(0, Math.max(column, 1) - 1).join("").length;
    return { row, at: row.from + before };
  }

  function marksAt(doc, problem) {
    const { row, at } = placeOf(doc, problem);
    const rest = doc.sliceString(at, row.to);
    const word = /^(?:[\p{L}\p{N}_?$:.-]+|\S)/u.exec(rest)?.[0].length ?? 0;
    // Where nothing follows on the line, the word before the place is the one that was left unfinished.
    const before = /(?:[\p{L}\p{N}_?$:.-]+|\S)\s*$/u.exec(doc.sliceString(row.from, at))?.[0].length ?? 0;
    const [from, to] = word ? [at, at + word] : [at - before, at];
    return Decoration.set([problemLine.range(row.from), ...(to > from ? [problemMark.range(from, to)] : [])]);
  }

  /* Put an editor in the place of a text area, which stays as the field that the form sends. */
  function makeEditor(area, { vocabulary, onRun }) {
    let words = null;
    vocabulary.then((found) => { words = found; });
    const host = document.createElement("div");
    host.className = "editor";
    area.before(host);
    const view = new EditorView({
      root: host.attachShadow({ mode: "open" }),
      parent: host.shadowRoot,
      state: EditorState.create({
        doc: area.value,
        extensions: [
          keymap.of([
            { key: "Mod-Enter", preventDefault: true, run: (editor) => { closeCompletion(editor); onRun(); return true; } },
            { key: "Tab", run: acceptCompletion },
          ]),
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          EditorState.tabSize.of(2),
          language,
          colours,
          typedOver,
          look,
          marked,
          autocompletion({ override: [completion.source(vocabulary)], icons: true, maxRenderedOptions: 60 }),
          completion.colons(() => words),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({
            tabindex: "0", // or what scrolls on a phone is not reached by keys
            "aria-label": "SPARQL query",
            "aria-description": "Control Enter runs it, Control Space completes names, Tab leaves the editor",
            spellcheck: "false",
            autocapitalize: "off",
            autocorrect: "off",
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) area.value = update.state.doc.toString();
          }),
        ],
      }),
    });
    area.hidden = true;
    for (const label of area.labels) {
      label.addEventListener("click", () => view.focus());
      label.removeAttribute("for");
    }
    return {
      text: () => view.state.doc.toString(),
      set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true }),
      mark: (problem) => view.dispatch({ effects: marking.of(problem?.line ? marksAt(view.state.doc, problem) : Decoration.none) }),
      goTo: (problem) => {
        view.dispatch({ selection: { anchor: placeOf(view.state.doc, problem).at }, scrollIntoView: true });
        view.focus();
      },
      focus: () => view.focus(),
    };
  }

  Object.assign(window.collegiumQuery, { makeEditor });
})();
