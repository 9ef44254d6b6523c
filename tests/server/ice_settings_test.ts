import { assert, assertEquals } from "../assert.ts";
import { readSettings } from "../../server/settings/settings.ts";
import { LiveSettings } from "../../server/settings/live_settings.ts";
import { accepted, refused } from "./ice_table.ts";

function read(flags: Record<string, string>) {
  const readText = () => "";
  return readSettings({ flags: new Map(Object.entries(flags)), env: {}, readText });
}

Deno.test("ICE servers that browsers accept are accepted", () => {
  for (const { about, servers } of accepted) {
    const settings = read({ "ice-servers": JSON.stringify(servers) });
    assert(settings.ok, `${about}: ${settings.ok || settings.refusals.join()}`);
  }
});

Deno.test("ICE servers that a browser throws on are one line at the start, which names them", () => {
  for (const { about, servers } of refused) {
    const settings = read({ "ice-servers": JSON.stringify(servers) });
    assert(!settings.ok, about);
    assertEquals(settings.refusals.length, 1, about);
    assert(/^--ice-servers: .* is not a list of ICE servers \(/.test(settings.refusals[0] ?? ""));
  }
});

Deno.test("the addresses of relays follow the same rules", () => {
  const relays = (urls: string) => read({ "turn-urls": urls, "turn-secret-file": "secret" });
  for (
    const urls of [
      "turn:a.example,turns:[2001:db8::1]:443?transport=tcp",
      "TURN:a.example ,",
    ]
  ) assert(relays(urls).ok, urls);
  for (
    const urls of [
      "stun:a.example",
      "turn:a.example?transport=tls",
      "turn:2001:db8::1",
      "turn:a.example:0",
      "turn:a example",
      "a.example:3478",
      Array.from({ length: 17 }, (_, n) => `turn:a${n}.example`).join(),
    ]
  ) assert(!relays(urls).ok, urls);
});

Deno.test("a welcome holds 16 servers, so fixed ones leave a place for the relays", () => {
  const servers = (count: number) =>
    JSON.stringify(Array.from({ length: count }, (_, n) => ({ urls: `stun:a${n}.example` })));
  const others = { "turn-urls": "turn:a.example", "turn-secret-file": "secret" };
  const noOwn = { turn: "false" };
  assert(read({ "ice-servers": servers(16), ...noOwn }).ok);
  assert(!read({ "ice-servers": servers(17), ...noOwn }).ok);
  assert(read({ "ice-servers": servers(15), ...noOwn, ...others }).ok);
  assert(!read({ "ice-servers": servers(16), ...noOwn, ...others }).ok);
  assert(read({ "ice-servers": servers(14), ...others }).ok);
  assert(!read({ "ice-servers": servers(15), ...others }).ok);
  assert(read({ "ice-servers": servers(15) }).ok);
  const refused = read({ "ice-servers": servers(16) });
  assertEquals(refused.ok || refused.refusals, [
    "--ice-servers has 16 servers; beside the relay of this server (see --no-turn) it may have 15",
  ]);
});

Deno.test("a refusal does not show the credential", () => {
  for (
    const text of [
      '[{"urls":"turn:a b","username":"u","credential":"hu\\"sh"}]',
      '[{"urls":"turn:a","username":"u","credential" : "hush"',
      '[{"urls":"turn:a","username":"u","credential":hush}]',
    ]
  ) {
    const settings = read({ "ice-servers": text });
    assert(!settings.ok && !settings.refusals.join().includes("hu"), text);
  }
});

Deno.test("a reload with a bad ICE server keeps the good one", () => {
  let servers = '[{"urls":"stun:a.example"}]';
  const reread = () => read({ "ice-servers": servers });
  const first = reread();
  assert(first.ok);
  const live = new LiveSettings(first.settings, reread);
  servers = '[{"urls":"turn:a.example"}]';
  const reloaded = live.reload();
  assert(!reloaded.ok && reloaded.refusals.length === 1);
  assertEquals(live.config.iceServers, [{ urls: "stun:a.example" }]);
});
