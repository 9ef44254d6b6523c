import { assert, assertEquals } from "../assert.ts";
import { withSecurityHeaders } from "../../server/security_headers.ts";

Deno.test("every answer forbids scripts, frames and connections of strangers", () => {
  const { headers } = withSecurityHeaders(new Response("x"));
  const policy = headers.get("content-security-policy") ?? "";
  for (
    const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]
  ) assert(policy.split("; ").includes(part), part);
  assert(!policy.includes("unsafe") && !policy.includes("http"));
  assertEquals(headers.get("referrer-policy"), "no-referrer");
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assert(headers.get("permissions-policy")?.includes("camera=(self)"));
  assert(headers.get("permissions-policy")?.includes("geolocation=()"));
});

Deno.test("an answer with immutable headers gets them too and keeps its own", async () => {
  const redirect = withSecurityHeaders(Response.redirect("http://localhost/r/tea", 302));
  assertEquals(redirect.status, 302);
  assertEquals(redirect.headers.get("location"), "http://localhost/r/tea");
  assertEquals(redirect.headers.get("x-content-type-options"), "nosniff");
  const plain = withSecurityHeaders(new Response("body", { status: 404 }));
  assertEquals([plain.status, await plain.text()], [404, "body"]);
});
