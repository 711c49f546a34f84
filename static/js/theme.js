// Light, dark or as the system says: the reader's choice, applied before the first paint.
(() => {
  const root = document.documentElement;

  const chosen = () => {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto";
    }
  };

  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-choose-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.chooseTheme === theme));
    }
  };

  show(chosen());

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-theme-switch]")) group.hidden = false;
    show(chosen());
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose-theme]");
    if (!button) return;
    try {
      localStorage.setItem("theme", button.dataset.chooseTheme);
    } catch {
      // Without storage the choice lasts for this page.
    }
    show(button.dataset.chooseTheme);
  });
})();
