// Many who come and go, one after the other: nothing of them stays behind, on the server or in a
// page.

import type { Page } from "puppeteer-core";
import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  launchChromium,
  lightCamera,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";

const visits = 200;
const rejoins = 15;
const megabyte = 1024 * 1024;

async function health(server: RunningServer): Promise<unknown[]> {
  const { rooms, peers, sockets, faults } = await (await fetch(`${server.url}/healthz`)).json();
  return [rooms, peers, sockets, faults];
}

/** Open files and sockets of the server's process; undefined where the system does not tell. */
async function openFiles({ child }: RunningServer): Promise<number | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  return (await Array.fromAsync(Deno.readDir(`/proc/${child.pid}/fd`))).length;
}

async function visit(server: RunningServer, number: number): Promise<void> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  const room = number % 2 === 0 ? "hall" : `room-${number}`;
  client.say({ type: "join", room, name: `Visitor ${number}` });
  await client.hear("welcome");
  // Some say goodbye and stay a moment, some just close.
  if (number % 4 < 2) client.say({ type: "leave" });
  await client.leave();
}

Deno.test(`${visits} who come and go leave nothing behind at the server`, async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const host = new Client(`${server.url.replace("http", "ws")}/ws`);
  await host.opened;
  host.say({ type: "join", room: "hall", name: "Host" });
  await host.hear("welcome");
  // The first ones fill caches and pools of the runtime.
  for (let number = 0; number < 20; number++) await visit(server, number);
  await waitForValue(() => health(server), [1, 1, 1, 0], { what: "only the host to be left" });
  const files = await openFiles(server);
  const heard = (await host.allHeard()).length;

  for (let number = 0; number < visits; number++) await visit(server, number);
  await waitForValue(() => health(server), [1, 1, 1, 0], { what: "only the host to be left" });
  await waitForValue(() => openFiles(server), files, { what: "as many open files as before" });
  const told = (await host.allHeard()).slice(heard).map(({ type }) => type);
  const guests = visits / 2;
  assertEquals(told.filter((type) => type === "peer-joined").length, guests);
  assertEquals(told.filter((type) => type === "peer-left").length, guests);
  await host.leave();
  await waitForValue(() => health(server), [0, 0, 0, 0], { what: "nothing to be left" });
});

declare global {
  /** Timers of the page that are still to come. */
  var __timers: Set<number> | undefined;
}

/** Counts what is planned; runs in the page. */
function countTimers(): void {
  const pending = new Set<number>();
  globalThis.__timers = pending;
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  Object.assign(globalThis, {
    setTimeout: (action: unknown, ms?: number, ...given: unknown[]) => {
      const id: number = Reflect.apply(setTimeout, globalThis, [() => {
        pending.delete(id);
        if (typeof action === "function") action(...given);
      }, ms]);
      pending.add(id);
      return id;
    },
    setInterval: (...given: unknown[]) => {
      const id: number = Reflect.apply(setInterval, globalThis, given);
      pending.add(id);
      return id;
    },
    clearTimeout: (id: number) => {
      pending.delete(id);
      clearTimeout(id);
    },
    clearInterval: (id: number) => {
      pending.delete(id);
      clearInterval(id);
    },
  });
}

interface Leftovers {
  openConnections: number;
  timers: number;
  listeners: number;
  nodes: number;
  heap: number;
}

/** What a page holds after a collection of garbage, without what the rig itself keeps. */
async function leftovers(page: Page): Promise<Leftovers> {
  const [openConnections = 0, timers = 0] = await page.evaluate(() => {
    const open = (globalThis.__rtc ?? []).filter(({ connection }) =>
      connection.signalingState !== "closed"
    );
    globalThis.__rtc?.splice(0, Infinity, ...open);
    return [open.length, globalThis.__timers?.size ?? 0];
  });
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  const { JSEventListeners = 0, Nodes = 0, JSHeapUsedSize = 0 } = await page.metrics();
  return {
    openConnections,
    timers,
    listeners: JSEventListeners,
    nodes: Nodes,
    heap: JSHeapUsedSize,
  };
}

/**
 * Clicks from within: the rig's own handles on elements would keep the pages they were found in.
 */
async function click({ page }: Peer, name: string): Promise<void> {
  await waitFor(() =>
    page.evaluate((name) => {
      const named = [...document.querySelectorAll("button")].find((button) =>
        (button.getAttribute("aria-label") ?? button.textContent) === name
      );
      named?.click();
      return named !== undefined;
    }, name), { what: `a button named ${name}` });
}

Deno.test(`a page that leaves and rejoins ${rejoins} times holds no more than at first`, async () => {
  await using server = await startServer();
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const open = async (name: string) => {
    const peer = await openPeer(chromium, `${server.url}/healthz`);
    await peer.page.evaluateOnNewDocument(countTimers);
    await peer.page.goto(server.room("churn", { name, join: "1" }), { waitUntil: "load" });
    return peer;
  };
  await using ann = await open("Ann");
  await using bob = await open("Bob");
  const connected = async () => {
    await waitForTiles([ann, bob], 1);
    await waitFor(async () => {
      const tiles = [...await ann.media(), ...await bob.media()];
      return tiles.every(({ link, framesDecoded }) => link === "connected" && framesDecoded > 0);
    }, { what: "the two to be connected" });
  };
  await connected();
  const kept: Leftovers[][] = [];
  for (let round = 0; round <= rejoins; round++) {
    await click(bob, "Leave");
    await waitForTiles([ann], 0);
    const [anns, bobs] = [await leftovers(ann.page), await leftovers(bob.page)];
    assertEquals([anns.openConnections, bobs.openConnections], [0, 0], "connections not closed");
    kept.push([anns, bobs]);
    if (round === rejoins) break;
    await click(bob, "Rejoin");
    await connected();
  }
  // The first rounds load and compile what is loaded only once.
  const early = kept[5];
  const late = kept[rejoins];
  assert(early && late);
  console.log(`after 5 rejoins ${JSON.stringify(early)}\nafter ${rejoins} ${JSON.stringify(late)}`);
  for (const [index, then] of early.entries()) {
    const now = late[index];
    assert(now);
    // Fewer than one more each time: some timers of either moment end by themselves.
    assertLessOrEqual(now.timers, then.timers + 9);
    assertLessOrEqual(now.listeners, then.listeners + 9);
    assertLessOrEqual(now.heap, then.heap + 2 * megabyte);
  }
  assertLessOrEqual(late[1]?.nodes ?? Infinity, (early[1]?.nodes ?? 0) + 50);
  await ann.press("Leave");
  await waitForValue(() => health(server), [0, 0, 0, 0], { what: "nothing to be left" });
});
