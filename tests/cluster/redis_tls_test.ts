// The store on a Redis that is protected by a password and TLS.

import { selfSigned } from "../../server/tls/self_signed.ts";
import { assertEquals } from "../assert.ts";
import { type Redis, startRedis, waitFor } from "../rig/mod.ts";
import { connect, tryToConnect } from "./store_world.ts";

const password = "a word";

/** Starts a server; `cert`: its own certificate, PEM. */
async function withTls(run: (redis: Redis, cert: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const machine = () => ({ names: ["localhost"], addresses: ["127.0.0.1"] });
  const { cert, key } = await selfSigned(undefined, machine).read();
  const tls = { certFile: `${folder}/cert.pem`, keyFile: `${folder}/key.pem` };
  await Deno.writeTextFile(tls.certFile, cert);
  await Deno.writeTextFile(tls.keyFile, key);
  try {
    await using redis = await startRedis({ password, tls });
    await run(redis, cert);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("handshakes that a Redis that hung answers late leave no connection open", () =>
  withTls(async (redis, cert) => {
    await using store = await connect(redis.url, { password, ca: cert });
    redis.pause();
    await store.until(false);
    await waitFor(() => store.lines.some((line) => line.includes("took too long")), {
      what: `an attempt to end in ${store.lines}`,
    });
    redis.resume();
    await store.until(true);
    // The store has two, redis-cli has one.
    await waitFor(async () => (await redis.cli("CLIENT", "LIST")).split("\n").length === 3, {
      what: "the other connections to close",
    });
  }));

Deno.test("a password and TLS protect Redis; a wrong one is logged as the reason", () =>
  withTls(async (redis, cert) => {
    await using right = await connect(redis.url, { password, ca: cert });
    assertEquals((await right.take("tea")).kind, "taken");
    const wrong: [Parameters<typeof tryToConnect>[1], RegExp][] = [
      [{ password: "another word", ca: cert }, /WRONGPASS/],
      [{ ca: cert }, /NOAUTH/],
      [{ password }, /UnknownIssuer|certificate/],
    ];
    await Promise.all(wrong.map(async ([options, reason]) => {
      await using store = await tryToConnect(redis.url, options);
      await waitFor(() => store.lines.some((line) => reason.test(line)), {
        what: `${reason} in ${store.lines}`,
      });
      assertEquals(store.isOnline, false);
    }));
  }));
