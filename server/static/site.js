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
    for (const form of document.querySelectorAll("form.try")) tryForm(form);
    for (const form of document.querySelectorAll("form.filters")) filterForm(form);
  });
})();
