// The API's description, shown by Swagger UI from this very server: it works without the internet.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/openapi/gateway.json",
    dom_id: "#api",
    deepLinking: true,
    docExpansion: "none",
    // Own pages prove with this header that a change comes from them.
    requestInterceptor: (request) => {
      request.headers["X-Timetether-Request"] = "1";
      return request;
    },
  });
});
