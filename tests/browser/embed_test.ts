// A room within another page, on another site.

import { assert, assertEquals } from "../assert.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { launchChromium, openPeer, type Peer, startServer, waitFor } from "../rig/mod.ts";

/** A page of another origin that shows a room by the element; `secret`: of a sealed room. */
function pageAround(server: string, name: string, secret = ""): string {
  return `<!doctype html><style>parley-room{display:block;width:900px;height:600px}</style>
<script src="${server}/parley-room.js"></script>
<parley-room server="${server}" room="tea" ${
    secret && `secret="${secret}"`
  } name="${name}" join="1" camera="0" microphone="0"></parley-room>
<script>
  const told = globalThis.told = [];
  document.querySelector("parley-room").addEventListener("parley-state", ({ detail }) => told.push(detail));
</script>`;
}

/** What the page around was told last. */
function told({ page }: Peer): Promise<Record<string, unknown>> {
  return page.evaluate(() => Reflect.get(globalThis, "told").at(-1) ?? {});
}

function call({ page }: Peer, method: string, ...given: string[]): Promise<void> {
  return page.evaluate(
    (method, given) =>
      Reflect.get(document.querySelector("parley-room") ?? {}, method)
        .apply(document.querySelector("parley-room"), given),
    method,
    given,
  );
}

for (const [kind, secret] of [["open", undefined], ["sealed", newSecret()]] as const) {
  Deno.test(`a listed site shows ${kind} rooms by the element, hears who is there, and can leave`, async () => {
    let server = "";
    await using site = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
      const name = new URL(request.url).searchParams.get("name") ?? "Ann";
      return new Response(pageAround(server, name, secret), {
        headers: { "content-type": "text/html" },
      });
    });
    const origin = `http://127.0.0.1:${site.addr.port}`;
    await using running = await startServer({ args: ["--embed-origins", origin] });
    server = running.url;
    await using chromium = await launchChromium();
    await using ann = await openPeer(chromium, `${origin}/?name=Ann`);
    await using bob = await openPeer(chromium, `${origin}/?name=Bob`);
    await waitFor(async () => (await told(ann)).state === "joined", { what: "Ann to be inside" });
    await waitFor(async () => JSON.stringify((await told(ann)).people).includes("Bob"), {
      what: "Ann's page to hear of Bob",
    });
    const frame = ann.page.frames().find((frame) => frame.url().includes("/r/tea"));
    const kept = await frame?.evaluate(() => localStorage.getItem("parley.keys") ?? "");
    assertEquals(kept?.includes(secret ?? "k="), secret !== undefined, "the secret is used");
    assert(!JSON.stringify(await told(ann)).includes(secret ?? "k="), "and not told");
    await call(bob, "leave");
    await waitFor(async () => (await told(bob)).state === "left", { what: "Bob to be gone" });
    await waitFor(async () => JSON.stringify((await told(ann)).people) === "[]", {
      what: "Ann's page to hear of it",
    });
  });
}

Deno.test("a site that is not listed sees no room", async () => {
  await using running = await startServer({ args: ["--embed-origins", "https://example.org"] });
  await using site = Deno.serve(
    { port: 0, onListen: () => {} },
    () =>
      new Response(pageAround(running.url, "Ann"), { headers: { "content-type": "text/html" } }),
  );
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `http://127.0.0.1:${site.addr.port}`);
  await waitFor(
    () => ann.page.evaluate(() => document.querySelector("parley-room iframe") !== null),
    {
      what: "the frame",
    },
  );
  await waitFor(
    () => ann.complaints.some(({ text }) => text.includes("frame-ancestors")) || undefined,
    {
      what: "the browser's refusal",
    },
  );
  assertEquals(await told(ann), {});
  assert(!ann.page.frames().some((frame) => frame.url().includes("/r/tea") && frame.isDetached()));
});
