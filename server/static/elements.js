"use strict";
/* Elements for pages, drawings and the explorer. A text is a stranger's: it goes in by textContent only. */
(() => {
  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const named = (tag, text, className) => {
    const made = element(tag, text, className);
    made.dir = "auto"; // a right-to-left name must not turn what stands beside it
    return made;
  };
  const button = (text, act, className) => {
    const made = element("button", text, className);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const swatch = (hue) => {
    const made = element("span", null, "swatch");
    made.dataset.hue = hue;
    made.ariaHidden = "true";
    return made;
  };

  const rough = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
  const formatted = (value) =>
    value === null || value === undefined ? "–" : Number.isInteger(value) ? value.toLocaleString("en") : rough.format(value);
  const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  /* What an address holds, once it is made: the service says 202 while a job is at it. */
  const finished = async (address) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error((await answer.json()).detail);
      if (answer.status !== 202) return answer;
      await new Promise((done) => setTimeout(done, 2_000));
    }
    throw new Error("it takes longer than five minutes; try again later");
  };

  /* A blob as a file of the reader's. */
  const save = (blob, name) => {
    const link = element("a");
    link.download = name;
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  window.collegiumElements = { element, named, button, swatch, formatted, counted, finished, save };
})();
