// The review queue and an idea's desk by keyboard, and the preview. `typing` and `wanted` are
// shell.js's: keys rest while somebody types, or has switched them off.
(() => {
  const first = (selector, root = document) => root?.querySelector(selector);
  const FIELD = "select, textarea, input:not([type=hidden], [type=checkbox])";
  const rows = () => [...document.querySelectorAll("[data-row]")];
  let last = null; // the row that was read last, which Esc goes back to

  const rowOf = (element) => first("[data-row]", element.closest(".q-row"));
  const row = () => (last?.isConnected ? last : null);
  const chosen = () => document.querySelectorAll("input[form=bulk]:checked").length;

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
    location.assign(`${row().href}#at-${name}`);
    return true;
  };

  const press = (button) => {
    button?.click();
    return Boolean(button);
  };
  const many = (deed) => (chosen() ? press(first(`[form=bulk][value=${deed}]`)) : false);

  const decide = () => {
    if (many("decide")) return true;
    if (!row()) return press(first("a[data-decide]"));
    location.assign(row().dataset.decide);
    return true;
  };
  const choose = () => press(first("input[type=checkbox]", row()?.closest(".q-row")));

  const help = () => {
    document.getElementById("review-keys")?.showModal();
    return true;
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

  // A modifier is no slip of the finger, so this one works in the midst of typing.
  const send = (event) => {
    if (press(first("[data-send]"))) event.preventDefault();
  };

  // Before shell.js hears of them: here some keys mean something else.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
      if (event.ctrlKey || event.metaKey || event.altKey || first("dialog[open], details.menu[open]")) return;
      if (event.key === "Escape") return back(event);
      const free = !typing(event.target) || event.target.matches("input[form=bulk]");
      if (!free || !wanted() || !deeds[event.key]?.()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  // The preview, where there is room for one.
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

  const count = () => {
    const bar = document.getElementById("bulk-bar");
    if (!bar) return;
    first("output", bar).value = chosen();
    bar.classList.toggle("idle", !chosen());
  };
  document.addEventListener("change", count);
  document.addEventListener("htmx:afterSettle", count);
  count();

  // Who else is here?
  setInterval(() => {
    const form = first("#presence form");
    if (form && !document.hidden) htmx.trigger(form, "beat");
  }, 20_000);

  if (!first(".error-summary")) field(first("[data-begin]")?.id || location.hash.replace("#at-", ""));
})();
