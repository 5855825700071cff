// Small comforts for the pages; every page works without this file.
// Loaded in the head without "defer": a chosen theme has to be set before the first paint.
"use strict";

(() => {
  const root = document.documentElement;
  const remembered = () => {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage can be forbidden
  };
  const chosen = remembered();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  function themeSwitch(button) {
    const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const label = () => { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours"); };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it then lasts for this page */ }
      label();
    });
  }

  // The answer comes as the same HTML that the page without script shows: one template, one look.
  function queryForm(form) {
    const body = document.getElementById("answer-body");
    const text = form.elements.query;
    let running = null;
    form.addEventListener("submit", async (event) => {
      if (event.submitter && event.submitter.name === "format") return; // raw answers open as they are
      event.preventDefault();
      if (running) running.abort();
      running = new AbortController();
      const address = `${form.dataset.part || "/query"}?${new URLSearchParams({ query: text.value, part: "answer" })}`;
      body.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: running.signal });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        body.replaceChildren(...page.body.childNodes);
        history.replaceState(null, "", `?${new URLSearchParams({ query: text.value })}`);
      } catch (error) {
        if (error.name !== "AbortError") body.textContent = "The service did not answer. Is it still running?";
      } finally {
        body.removeAttribute("aria-busy");
      }
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector("button.primary")); }
    });
  }

  // Forms of the API page: values that stand in the address are put there; empty ones are left out.
  function tryForm(form) {
    form.addEventListener("submit", () => {
      if (form.dataset.path) {
        let path = form.dataset.path;
        for (const input of form.querySelectorAll("[data-in-path]")) path = path.replace(`{${input.dataset.inPath}}`, encodeURIComponent(input.value));
        form.action = path;
      }
      for (const field of form.querySelectorAll("[name]")) field.disabled = field.value === "";
      setTimeout(() => { for (const field of form.querySelectorAll("[name]")) field.disabled = false; }, 0);
    });
  }

  // Empty fields of a filter form do not belong into the address.
  function filterForm(form) {
    form.addEventListener("submit", () => {
      for (const field of form.querySelectorAll("[name]")) field.disabled = field.value === "";
      setTimeout(() => { for (const field of form.querySelectorAll("[name]")) field.disabled = false; }, 0);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) themeSwitch(button);
    for (const form of document.querySelectorAll("#query-form")) queryForm(form);
    for (const form of document.querySelectorAll("form.try")) tryForm(form);
    for (const form of document.querySelectorAll("form.filters")) filterForm(form);
  });
})();
