// A node of a cluster in virtual time, while its store is away or a password is checked.

import { assertEquals } from "../../assert.ts";
import type { Join } from "../../../protocol/mod.ts";
import type { Outgoing } from "../../../signaling/core/core_types.ts";
import { ClusterHost } from "../../../signaling/cluster/cluster_host.ts";
import type { HostOptions } from "../../../signaling/shell/room_host.ts";
import { VirtualTime } from "../../cluster/virtual_time.ts";
import { SharedStore } from "../../server/cluster/shared_store.ts";
import { coreOptions } from "../core/core_options.ts";

/** A node with its store, and what its sockets were sent. */
function startNode() {
  const time = new VirtualTime();
  const store = new SharedStore();
  const sent = new Map<number, Outgoing[]>();
  let ids = 0;
  const options: HostOptions = {
    ...coreOptions(),
    sockets: {
      send: (socketId, message) => void sent.get(socketId)?.push(message),
      close: (socketId, reason) => {
        sent.get(socketId)?.push({ type: "error", code: reason, message: "closed" });
      },
    },
    observers: [],
    surroundings: {
      moment: () => ({ now: time.now(), at: time.date() }),
      after: (ms, work) => time.after(ms, work),
      newId: () => `${++ids}`.padStart(32, "0"),
    },
    onKeep: () => {},
    onFault: (error) => {
      throw error;
    },
  };
  const connection = store.connect("one", {
    onText: (text) => host.onText(text),
    onOnline: (isOnline) => host.onOnline(isOnline),
  });
  const observer = {
    tookHome: () => {},
    lostHome: () => {},
    committed: () => {},
    lostSockets: () => {},
  };
  const host = new ClusterHost(options, {
    ...{ node: "one", version: "1.0.0", store: connection, observer },
  });
  /** Opens a socket that joins; returns what it is sent. */
  const join = async (socketId: number, more: Omit<Join, "type" | "room">) => {
    const heard: Outgoing[] = [];
    sent.set(socketId, heard);
    const peerId = `${socketId}`.padStart(32, "f");
    host.connect({ socketId, peerId, address: undefined, guesser: "a" });
    const message = { type: "join", room: "tea", ...more } as const;
    host.receive(socketId, { dialect: "parley", message });
    await time.pass(100);
    return heard;
  };
  return { time, store, host, join };
}

/** The welcome in what a socket was sent. */
function welcomeIn(heard: readonly Outgoing[]) {
  const [welcome] = heard.flatMap((message) => message.type === "welcome" ? [message] : []);
  return welcome;
}

Deno.test("nobody's grace period ends while the store is away, and everybody has one after that", async () => {
  const { time, store, host, join } = startNode();
  const ann = await join(1, { name: "Ann" });
  const bob = await join(2, { name: "Bob" });
  host.closed(2, 1006);
  await time.pass(5_000);
  store.turn(false);
  await time.pass(60_000);
  store.turn(true);
  await time.pass(10_000);
  const back = await join(3, { name: "Bob", resume: welcomeIn(bob)?.resumeToken ?? "" });
  assertEquals(welcomeIn(back)?.resumed, true);
  assertEquals(ann.some(({ type }) => type === "peer-left"), false);
  host.closed(3, 1006);
  await time.pass(20_000);
  assertEquals(ann.some(({ type }) => type === "peer-left"), true);
  await host.close();
});

Deno.test("a room without members is kept while a newcomer's password is checked", async () => {
  const { time, host, join } = startNode();
  await host.execute("tea", { does: "reserve", rules: { password: "two sugars" } });
  await time.pass(10_000);
  assertEquals(host.clusterCounts().homes, 0);
  const { promise: slow, resolve } = Promise.withResolvers<void>();
  const { deriveBits } = crypto.subtle;
  const replace = (value: SubtleCrypto["deriveBits"]) =>
    Object.defineProperty(crypto.subtle, "deriveBits", { value, configurable: true });
  replace((...given) => slow.then(() => Reflect.apply(deriveBits, crypto.subtle, given)));
  const ann = await join(1, { name: "Ann", password: "two sugars" });
  // Longer than a room without members is kept, and not so long that its join is late.
  await time.pass(4_000);
  replace(deriveBits);
  resolve();
  await time.pass(1_000);
  assertEquals(ann[0]?.type, "welcome");
  await host.close();
});
