// What was typed is never lost. A form with data-keep="some-name" keeps its text in this browser
// until the server has taken it: through a failed check, an expired session, a lost network, "back".
(() => {
  const FORTNIGHT = 14 * 24 * 3600 * 1000;
  const PREFIX = `typed:${document.body.dataset.member || "visitor"}:`;
  const SENT = "typed-sent";
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && field.matches("textarea, select, input:not([type]), input[type=text]"));

  const read = (name) => {
    try {
      const kept = JSON.parse(localStorage.getItem(PREFIX + name));
      return kept && Date.now() - kept.at < FORTNIGHT ? kept.text : null;
    } catch {
      return null;
    }
  };
  const forget = (name) => {
    try {
      localStorage.removeItem(PREFIX + name);
    } catch {
      // Nothing could be kept, so nothing is left to forget.
    }
  };
  const keep = (form) => {
    const text = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
    try {
      localStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify({ at: Date.now(), text }));
    } catch {
      // A full or forbidden storage must not get in the way of typing.
    }
  };

  const offerBack = (form) => {
    const kept = read(form.dataset.keep);
    if (!kept || form.querySelector(".error-summary")) return;
    const changed = fieldsOf(form).filter((field) => field.name in kept && kept[field.name] !== field.value);
    if (!changed.some((field) => field.matches("textarea, input"))) return;
    const before = changed.map((field) => [field, field.value]);
    for (const field of changed) field.value = kept[field.name];
    const line = document.getElementById("kept-words")?.content.firstElementChild.cloneNode(true);
    if (!line) return;
    line.querySelector("button").addEventListener("click", () => {
      for (const [field, value] of before) field.value = value;
      forget(form.dataset.keep);
      line.remove();
    });
    form.prepend(line);
  };

  // Taken by the server: the browser moved on to a page that is neither sign-in nor an error.
  const settle = () => {
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const failed = document.body.hasAttribute("data-unsettled") || document.querySelector(".error-summary");
    if (sent && !cameBack && !failed) forget(sent);
  };

  const prepare = (root) => {
    for (const form of root.querySelectorAll("form[data-keep]")) offerBack(form);
  };

  try {
    settle();
  } catch {
    // Without session storage the text is simply kept a little longer.
  }
  prepare(document);

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.dataset.keep) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const name = event.target.dataset.keep;
    if (!name || event.defaultPrevented) return;
    try {
      sessionStorage.setItem(SENT, name);
    } catch {
      // See settle().
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    if (xhr.status >= 200 && xhr.status < 400 && requestConfig.verb === "post" && elt.dataset.keep) forget(elt.dataset.keep);
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) prepare(event.detail.elt);
  });
})();
