// What every page does: menus that close, notices when the network or the server fails, shortcuts.

// --- Menus ---------------------------------------------------------------------------------
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// --- Notices -------------------------------------------------------------------------------
// The words live in a <template> of base.html, where they are translated.
const notice = (name) => {
  const toasts = document.getElementById("toasts");
  if (!toasts || toasts.querySelector(`[data-notice="${name}"]`)) return;
  const words = document.getElementById("notices")?.content.querySelector(`[data-notice="${name}"]`);
  if (words) toasts.append(words.cloneNode(true));
};
const dismiss = (name) => document.querySelector(`#toasts [data-notice="${name}"]`)?.remove();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".message").remove();
});
addEventListener("offline", () => notice("offline"));
addEventListener("online", () => dismiss("offline"));
if (!navigator.onLine) notice("offline");

document.addEventListener("htmx:sendError", () => notice(navigator.onLine ? "network" : "offline"));
document.addEventListener("htmx:timeout", () => notice("network"));
document.addEventListener("htmx:afterOnLoad", () => dismiss("network"));
document.addEventListener("htmx:responseError", (event) => {
  notice({ 403: "signed-out", 429: "slow-down" }[event.detail.xhr.status] ?? "server");
});
// A passkey that the browser or its owner refused.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  notice("passkey");
});
// Empty filters say nothing, so they stay out of the address.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of Object.entries(detail.parameters)) if (value === "") delete detail.parameters[name];
});

// A fragment may refuse (4xx) and still belongs in its place. A whole page never does: it is the
// sign-in page after an expired session, or an error page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const wholePage = /^\s*<!doctype/i.test(xhr.responseText);
  if (wholePage && xhr.status < 400) {
    event.detail.shouldSwap = false;
    const answer = new URL(xhr.responseURL);
    if (answer.searchParams.has("next")) answer.searchParams.set("next", location.pathname + location.search);
    location.assign(answer);
  } else if (!wholePage && xhr.status >= 400 && xhr.status < 500 && xhr.responseText) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// --- The bell ------------------------------------------------------------------------------
// Asked once a minute while the page is looked at, and at once when somebody comes back to it.
const LOOK_AFTER = 60_000;
let looked = Date.now();
const look = () => {
  const bell = document.getElementById("bell");
  if (!bell || document.hidden || !navigator.onLine || Date.now() - looked < LOOK_AFTER) return;
  looked = Date.now();
  bell.dispatchEvent(new Event("look"));
};
setInterval(look, LOOK_AFTER / 4);
document.addEventListener("visibilitychange", look);

// --- Shortcuts -----------------------------------------------------------------------------
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");
const wanted = () => {
  try {
    return localStorage.getItem("shortcuts") !== "off";
  } catch {
    return true;
  }
};

const step = (by) => {
  const links = [...document.querySelectorAll("[data-stop]")];
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("article, li")?.contains(document.activeElement));
  const next = links[Math.min(links.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
  next.focus();
  next.closest("article, li")?.scrollIntoView({ block: "nearest" });
};

const deeds = {
  j: () => step(1),
  k: () => step(-1),
  s: () => document.activeElement.closest("article")?.querySelector("button.seat")?.click(),
  n: () => document.querySelector("[data-new-idea]")?.click(),
  "/": () => [...document.querySelectorAll("input[type=search]")].find((box) => box.offsetParent)?.select(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (!wanted() || document.querySelector("dialog[open]") || !deeds[event.key]) return;
  event.preventDefault();
  deeds[event.key]();
});

// Single-key shortcuts get in the way of voice control, so they can be switched off (WCAG 2.1.4).
const choice = document.getElementById("shortcuts-wanted");
if (choice) {
  choice.checked = wanted();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem("shortcuts", choice.checked ? "on" : "off");
    } catch {
      choice.checked = true;
    }
  });
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-show-shortcuts]")) return;
  for (const menu of openMenus()) menu.open = false;
  document.getElementById("shortcuts").showModal();
});
