// The API's page: Swagger UI on our own schema, with the session of whoever looks.
(() => {
  const place = document.getElementById("api");
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
