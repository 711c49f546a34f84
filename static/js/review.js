// The review queue and an idea's desk by keyboard, the preview beside the queue, and who else is
// here. `typing` and `wanted` are shell.js's: keys rest while somebody types, or switched them off.
(() => {
  const first = (selector, root = document) => root?.querySelector(selector);
  const FIELD = "select, textarea, input:not([type=hidden], [type=checkbox])";
  const rows = () => [...document.querySelectorAll("[data-row]")];
  let last = null; // the row that was read last, which Esc goes back to

  const rowOf = (element) => first("[data-row]", element.closest(".q-row"));
  const row = () => (last?.isConnected ? last : null);
  const boxes = () => [...document.querySelectorAll("input[name=ideas][form=bulk]")];
  const chosen = () => boxes().filter((box) => box.checked).length;

  const step = (by) => {
    const all = rows();
    const here = all.indexOf(row());
    const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    next?.focus();
    next?.closest(".q-row").scrollIntoView({ block: "nearest" });
    return Boolean(next);
  };

  const field = (part) => {
    const found = first(FIELD, document.getElementById(part));
    found?.focus();
    found?.scrollIntoView({ block: "center" });
    return Boolean(found);
  };

  // A part of the page before us, or of the page of the idea we stand on.
  const part = (name) => {
    if (field(name)) return true;
    if (!row()) return false;
    location.assign(`${row().href}#${name}`);
    return true;
  };

  const press = (button) => {
    button?.click();
    return Boolean(button);
  };
  const many = (deed) => (chosen() ? press(first(`[form=bulk][value=${deed}]`)) : false);

  const decide = () => {
    if (many("decide")) return true;
    if (row()) location.assign(row().dataset.decide);
    else return press(first("[data-decide][href]"));
    return true;
  };

  const choose = () => press(first("input[type=checkbox]", row()?.closest(".q-row")));

  const help = () => {
    const dialog = document.getElementById("review-keys");
    dialog?.showModal();
    return Boolean(dialog);
  };

  const deeds = {
    j: () => step(1),
    k: () => step(-1),
    x: choose,
    a: () => many("assign") || part("assignment"),
    d: decide,
    n: () => part("notes"),
    s: () => part("scores"),
    "/": () => field("filters"),
    "?": help,
  };

  const back = (event) => {
    if (typing(event.target) && event.target.type !== "checkbox") event.target.blur();
    else if (!row()) press(first("[data-back]"));
    row()?.focus();
  };

  // Before shell.js hears of them: here some keys mean something else.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || first("dialog[open], details.menu[open]")) return;
      if (event.key === "Escape") return back(event);
      const free = !typing(event.target) || event.target.matches("input[form=bulk]");
      if (!free || !wanted() || !deeds[event.key]?.()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  // --- The preview, where there is room for one ---------------------------------------------
  let waiting = 0;
  const show = (link) => {
    const pane = document.getElementById("preview");
    document.querySelector(".q-row.current")?.classList.remove("current");
    link.closest(".q-row").classList.add("current");
    if (!pane?.offsetParent || pane.dataset.shown === link.dataset.preview) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      pane.dataset.shown = link.dataset.preview;
      htmx.ajax("GET", link.dataset.preview, { target: pane, swap: "innerHTML" });
    }, 120);
  };
  document.addEventListener("focusin", ({ target }) => {
    const link = target.closest("[data-row]") ?? rowOf(target);
    if (!link) return;
    last = link;
    if (link === target) show(link);
  });
  document.addEventListener("click", (event) => {
    const here = event.target.closest(".q-row");
    if (here && !event.target.closest("a, input")) first("[data-row]", here).focus();
    if (event.target.closest("[data-review-keys]")) help();
  });

  // --- How many are chosen -------------------------------------------------------------------
  const count = () => {
    const bar = document.getElementById("bulk-bar");
    if (!bar) return;
    first("output", bar).value = chosen();
    bar.classList.toggle("idle", !chosen());
  };
  document.addEventListener("change", count);
  document.addEventListener("htmx:afterSettle", count);
  count();

  // --- Who else is here ----------------------------------------------------------------------
  setInterval(() => {
    const form = first("#presence form");
    if (form && !document.hidden) htmx.trigger(form, "beat");
  }, 20_000);

  // --- Where to begin ------------------------------------------------------------------------
  if (!first(".error-summary")) field(first("[data-begin]")?.id || location.hash.slice(1));
})();
