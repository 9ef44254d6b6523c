import { App, type Context, HttpError } from "../../fresh/mod.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";

interface State {
  seen: string[];
}

function mark(name: string) {
  return (ctx: Context<State>) => {
    (ctx.state.seen ??= []).push(name);
    return ctx.next();
  };
}

function seen(ctx: Context<State>): Response {
  return ctx.text((ctx.state.seen ?? []).join(" "));
}

async function ask(app: App<State>, path: string, init?: RequestInit) {
  const response = await app.handler()(new Request(`http://localhost${path}`, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

Deno.test("a route is wrapped by what was registered before it, and not by what came after", async () => {
  const app = new App<State>().use(mark("a")).get("/early", seen)
    .use(mark("b"), mark("c")).get("/late", seen);
  assertEquals((await ask(app, "/early")).text, "a");
  assertEquals((await ask(app, "/late")).text, "a b c");
});

Deno.test("a middleware with a path runs below that path, segment by segment", async () => {
  const app = new App<State>().use("/api", mark("api")).use("/u/:id", mark("user"))
    .get("/api/x", seen).get("/apix", seen).get("/u/:id/mail", seen).get("/u", seen);
  assertEquals((await ask(app, "/api/x")).text, "api");
  assertEquals((await ask(app, "/apix")).text, "");
  assertEquals((await ask(app, "/u/7/mail")).text, "user");
  assertEquals((await ask(app, "/u")).text, "");
});

Deno.test("middlewares also run for paths that lead nowhere", async () => {
  const app = new App<State>().use((ctx) =>
    ctx.url.pathname === "/old" ? ctx.redirect("/new") : ctx.next()
  );
  assertEquals((await ask(app, "/old")).status, 302);
  assertEquals((await ask(app, "/nowhere")).status, 404);
});

Deno.test("exact paths win over patterns, patterns over each other in their order", async () => {
  const app = new App<State>().get("/:any", (ctx) => ctx.text(`any ${ctx.params.any}`))
    .get("/:second", (ctx) => ctx.text("second")).get("/exact", (ctx) => ctx.text("exact"));
  assertEquals((await ask(app, "/exact")).text, "exact");
  assertEquals((await ask(app, "/other")).text, "any other");
});

Deno.test("parameters are decoded, and a malformed escape is the client's fault", async () => {
  const app = new App<State>().get("/r/:room", (ctx) => ctx.json([ctx.params.room, ctx.route]));
  assertEquals((await ask(app, "/r/caf%C3%A9%20x")).text, '["café x","/r/:room"]');
  for (const path of ["/r/%", "/r/%zz", "/r/%ff"]) assertEquals((await ask(app, path)).status, 400);
});

Deno.test("HEAD is GET without its body, unless HEAD has a handler", async () => {
  const app = new App<State>().get("/a", (ctx) => ctx.text("body", { headers: { "x-a": "1" } }))
    .get("/b", (ctx) => ctx.text("b")).head("/b", () => new Response(null, { status: 204 }));
  const { status, headers, text } = await ask(app, "/a", { method: "HEAD" });
  assertEquals([status, headers.get("x-a"), text], [200, "1", ""]);
  assertEquals((await ask(app, "/b", { method: "HEAD" })).status, 204);
});

Deno.test("a known path with another method is 405 with Allow, OPTIONS is 204", async () => {
  const app = new App<State>().get("/a", seen).post("/a", seen).delete("/:x", seen).all(
    "/all",
    seen,
  );
  const { status, headers } = await ask(app, "/a", { method: "PUT" });
  assertEquals([status, headers.get("allow")], [405, "GET, HEAD, POST, DELETE, OPTIONS"]);
  assertEquals((await ask(app, "/a", { method: "OPTIONS" })).status, 204);
  assertEquals((await ask(app, "/a", { method: "DELETE" })).status, 200);
  assertEquals((await ask(app, "/all", { method: "PATCH" })).status, 200);
  assertEquals((await ask(app, "/b/c", { method: "PUT" })).status, 404);
});

Deno.test("a redirect without a scheme stays on this host", async () => {
  const cases: [string, string][] = [
    ["/r/a?b#c", "/r/a?b#c"],
    ["//other.example/x", "/other.example/x"],
    ["/\\other.example", "/other.example"],
    ["\\\\other.example", "/other.example"],
    ["/\t/other.example", "/other.example"],
    [" //other.example", "/other.example"],
    ["/café\r\nx-evil: 1", "/caf%C3%A9x-evil:%201"],
    ["https://other.example/", "https://other.example/"],
  ];
  for (const [given, wanted] of cases) {
    const { status, headers } = await ask(
      new App<State>().get("/", (ctx) => ctx.redirect(given, 303)),
      "/",
    );
    assertEquals([status, headers.get("location")], [303, wanted]);
    if (given.includes("https:")) continue;
    const seen = new URL(headers.get("location") ?? "", "http://localhost/");
    assertEquals(seen.host, "localhost");
  }
  const script = new App<State>().get("/", (ctx) => ctx.redirect("javascript:alert(1)"));
  assertEquals((await ask(script, "/")).status, 500);
});

Deno.test("an unexpected error is a bare 500 in production and a stack in development", async () => {
  const fails = () => {
    throw new Error("secret");
  };
  const hidden = await ask(new App<State>().get("/", fails), "/");
  assertEquals([hidden.status, hidden.text], [500, "Internal Server Error"]);
  const shown = await ask(new App<State>({ mode: "development" }).get("/", fails), "/");
  assertStringIncludes(shown.text, "secret");
});

Deno.test("the nearest error page answers, and notFound answers every 404", async () => {
  const app = new App<State>()
    .onError("/in", (ctx) => ctx.text("near", { status: 503 }))
    .onError("*", (ctx) => ctx.text(`top ${ctx.error}`, { status: 500 }))
    .notFound((ctx) => ctx.text(`none ${ctx.url.pathname}`, { status: 404 }))
    .get("/in/x", () => Promise.reject(new Error("x")))
    .get("/out", () => Promise.reject("a string"))
    .get("/gone", () => {
      throw new HttpError(404);
    });
  assertEquals((await ask(app, "/in/x")).text, "near");
  assertEquals((await ask(app, "/out")).text, "top a string");
  assertEquals((await ask(app, "/gone")).text, "none /gone");
  assertEquals((await ask(app, "/nowhere")).text, "none /nowhere");
});

Deno.test("an HttpError with a success status and a result that is no Response are 500", async () => {
  for (const status of [99, 200, 600]) {
    const app = new App<State>().get("/", () => Promise.reject(new HttpError(status)));
    assertEquals((await ask(app, "/")).status, 500);
  }
  const silent = new App<State>().get("/", () => JSON.parse("null"));
  assertEquals((await ask(silent, "/")).status, 500);
});

Deno.test("an error page that fails itself leaves a plain answer", async () => {
  const app = new App<State>().onError("*", () => {
    throw new Error("again");
  }).get("/", () => Promise.reject(new HttpError(418, "short and stout")));
  const { status, text } = await ask(app, "/");
  assertEquals([status, text], [418, "short and stout"]);
});

Deno.test("everything lives below basePath", async () => {
  const app = new App<State>({ basePath: "/app/" }).get("/", (ctx) => ctx.text("root")).get(
    "/x",
    seen,
  );
  assertEquals((await ask(app, "/app")).text, "root");
  assertEquals((await ask(app, "/app/x")).status, 200);
  assertEquals((await ask(app, "/x")).status, 404);
  assertEquals((await ask(app, "/apple")).status, 404);
});

Deno.test("forwarded headers count only for an app that trusts its proxy", async () => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "chat.example, inner" };
  const show = (ctx: Context<State>) => ctx.text(ctx.url.origin);
  assertEquals(
    (await ask(new App<State>().get("/", show), "/", { headers })).text,
    "http://localhost",
  );
  const trusting = new App<State>({ trustProxy: true }).get("/", show);
  const request = new Request("http://localhost:8000/", { headers });
  assertEquals(await (await trusting.handler()(request)).text(), "https://chat.example");
  assertEquals((await ask(trusting, "/", { headers })).text, "https://chat.example");
});

Deno.test("ctx.next() may be called again, and rejects in the last handler", async () => {
  let runs = 0;
  const app = new App<State>().get("/twice", async (ctx) => {
    await ctx.next();
    return await ctx.next();
  }, (ctx) => ctx.text(String(++runs)));
  assertEquals((await ask(app, "/twice")).text, "2");
  assertEquals((await ask(new App<State>().get("/end", (ctx) => ctx.next()), "/end")).status, 500);
});

Deno.test("fsRoutes without a build throws an error that names the missing build", () => {
  let message = "";
  try {
    new App().fsRoutes().handler();
  } catch (error) {
    message = String(error);
  }
  assert(message.includes("build"), message);
});
