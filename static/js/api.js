// The API's page: Swagger UI on our own schema, with the session and the colours of the reader.
(() => {
  const root = document.documentElement;
  const place = document.getElementById("api");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const colour = () => {
    const { theme = dark.matches ? "dark" : "light" } = root.dataset;
    root.classList.toggle("dark-mode", theme === "dark");
  };

  colour();
  dark.addEventListener("change", colour);
  new MutationObserver(colour).observe(root, { attributeFilter: ["data-theme"] });

  SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor(request) {
      if (place.dataset.csrf) request.headers["X-CSRFToken"] = place.dataset.csrf;
      return request;
    },
  });
})();
