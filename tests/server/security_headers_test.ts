import { assert, assertEquals } from "../assert.ts";
import { withSecurityHeaders } from "../../server/security_headers.ts";

Deno.test("every response forbids third-party scripts, frames and connections", () => {
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

/** A page as Fresh hands it over when it boots islands by an inline script. */
function pageWithNonce(nonce: unknown): Response {
  return Object.assign(new Response("<p>"), { [Symbol.for("__freshNonce")]: nonce });
}

const policyOf = (response: Response, embedders: string[] = []) =>
  withSecurityHeaders(response, embedders).headers.get("content-security-policy")?.split("; ") ??
    [];

Deno.test("the nonce of a page's own boot script is allowed on that page and on no other", () => {
  const nonce = "6f9619ff8b86d011b42d00cf4fc964ff";
  const strict = policyOf(new Response("<p>"));
  const allowed = policyOf(pageWithNonce(nonce));
  assertEquals(
    allowed,
    strict.map((part) => part.startsWith("script-src") ? `${part} 'nonce-${nonce}'` : part),
  );
  assert(strict.includes("script-src 'self'"));
  assertEquals(policyOf(new Response("<p>")), strict);
});

Deno.test("an invalid nonce does not change the policy", () => {
  const strict = policyOf(new Response("<p>"));
  const wrong = [undefined, null, "", 7, {}, "a b", "x' 'unsafe-inline", "x;y", "a\nb", "=", "é"];
  for (const nonce of wrong) assertEquals(policyOf(pageWithNonce(nonce)), strict, String(nonce));
});
