// Every lie that a server can tell, told to real browsers.

import { assert, assertEquals } from "../assert.ts";
import { ghosts, helloLies } from "../evil/hello_lies.ts";
import type { Lie } from "../evil/lying_server.ts";
import { roomLies } from "../evil/room_lies.ts";
import { manInTheMiddle, signalLies } from "../evil/signal_lies.ts";
import {
  type EvilServer,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  lightCamera,
  type Peer,
  startEvilServer,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { isLong } from "../seeds.ts";
import { BrowserIntruder, EvilRoom, look, stir } from "./evil_room.ts";

/** One lie from the opening of its pages to its end. */
interface Case {
  readonly name: string;
  run(room: EvilRoom): Promise<void>;
}

/** Nobody has had a connection, so nobody was sent anything. */
async function expectNothingSent(...peers: readonly Peer[]): Promise<void> {
  for (const peer of peers) assertEquals((await look(peer)).everConnected, 0);
}

/** The server lies about Bob's hello from the start, and Ann sends Bob nothing. */
function aboutHello(lie: Lie, shown = "unverified"): Case {
  return {
    name: lie.name,
    async run(room) {
      lie.install(room.liar, room.elsewhere);
      const [ann, bob] = await room.joinAll("Ann", "Bob");
      assert(ann && bob);
      await room.shows(ann, shown);
      await expectNothingSent(ann, bob);
    },
  };
}

/** Ann and Bob are in a call when the server begins to lie: Ann ends the link. */
function inCall(lie: Lie, { stirs = 1, names = ["Ann", "Bob"], about = 1 } = {}): Case {
  return {
    name: lie.name,
    async run(room) {
      const peers = await room.joinAll(...names);
      const [ann] = peers;
      const stirred = peers[stirs];
      assert(ann && stirred);
      await room.verified(peers);
      lie.install(room.liar, room.elsewhere);
      const stirring = setInterval(() => void stir(stirred).catch(() => {}), 1_000);
      try {
        await room.shows(ann, "alarm", room.liar.members[about]);
      } finally {
        clearInterval(stirring);
      }
      await waitFor(async () => (await look(ann)).connected === names.length - 2, {
        what: "the link to end",
      });
    },
  };
}

/** A page with the link that does not talk to a server without sealing. */
function ends(lie: Lie): Case {
  return {
    name: lie.name,
    async run(room) {
      lie.install(room.liar, room.elsewhere);
      const [ann] = await room.joinAll("Ann");
      assert(ann);
      await waitFor(async () => (await look(ann)).hasEnded, { what: "the visit to end" });
      await expectNothingSent(ann);
    },
  };
}

/** Bob has the link and lies about his certificate. */
function lyingMember(name: string, disguise: () => void): Case {
  return {
    name,
    async run(room) {
      const ann = await room.join("Ann");
      await room.open("Bob", disguise);
      await room.join("Bob");
      await room.shows(ann, "alarm");
      await expectNothingSent(ann);
    },
  };
}

/** The owner removes Dan. */
async function changeLink(ann: Peer): Promise<void> {
  await ann.press("People");
  await ann.press("Actions for Dan");
  await ann.press("Remove and keep out…");
  await ann.press("Remove and keep out");
}

const firstEight: readonly Case[] = [
  aboutHello(helloLies.swappedFingerprint),
  {
    name: helloLies.inventedMember.name,
    async run(room) {
      helloLies.inventedMember.install(room.liar, room.elsewhere);
      const [ann, bob] = await room.joinAll("Ann", "Bob");
      assert(ann && bob);
      for (const ghost of ghosts) await room.shows(ann, "unverified", ghost);
      await room.shows(ann, "verified", room.liar.members[1]);
      await waitFor(async () => (await look(ann)).connected === 1, { what: "the link to Bob" });
      assertEquals((await look(ann)).everConnected, 1);
    },
  },
  aboutHello(helloLies.swappedKey),
  {
    name: helloLies.helloOfAnotherRoom.name,
    async run(room) {
      helloLies.helloOfAnotherRoom.install(room.liar, room.elsewhere);
      const ann = await room.join("Ann");
      await room.join("Dan", { isElsewhere: true });
      await room.shows(ann, "unverified", room.elsewhere.members[0]);
      await expectNothingSent(ann);
    },
  },
  aboutHello(helloLies.reflectedHello),
  inCall(signalLies.renamedSender, { names: ["Ann", "Bob", "Cid"], about: 2 }),
  inCall(signalLies.flippedBit),
  inCall(signalLies.replay),
];

const others: readonly Case[] = [
  {
    name: roomLies.withheldEpoch.name,
    async run(room) {
      const [ann, bob, ...rest] = await room.joinAll("Ann", "Bob", "Dan");
      assert(ann && bob);
      await room.verified([ann, bob, ...rest]);
      roomLies.withheldEpoch.install(room.liar, room.elsewhere);
      await changeLink(ann);
      await room.shows(ann, "unverified");
      await waitFor(async () => (await look(ann)).connected === 0, { what: "the link to end" });
    },
  },
  {
    name: roomLies.staleEpoch.name,
    async run(room) {
      roomLies.staleEpoch.install(room.liar, room.elsewhere);
      const [ann, bob, ...rest] = await room.joinAll("Ann", "Bob", "Dan");
      assert(ann && bob);
      await room.verified([ann, bob, ...rest]);
      await changeLink(ann);
      // The old hello comes with an old card: an alarm, if Bob has shown a newer one since.
      await room.shows(ann, ["unverified", "alarm"]);
      await waitFor(async () => (await look(ann)).connected === 0, { what: "the link to end" });
    },
  },
  {
    name: roomLies.splitRoster.name,
    async run(room) {
      roomLies.splitRoster.install(room.liar, room.elsewhere);
      const peers = await room.joinAll("Ann", "Bob", "Cid");
      for (const peer of [peers[0], peers[2]]) {
        assert(peer);
        await waitFor(
          () =>
            peer.page.evaluate(() => /do not see the same people/.test(document.body.innerText)),
          {
            what: "words about different people",
            timeout: 60_000,
          },
        );
      }
    },
  },
  {
    name: helloLies.oldHello.name,
    async run(room) {
      helloLies.oldHello.install(room.liar, room.elsewhere);
      const [ann, bob] = await room.joinAll("Ann", "Bob");
      assert(ann && bob);
      await room.verified([ann, bob]);
      await bob.page.reload({ waitUntil: "load" });
      await waitFor(async () => (await look(ann)).connected === 0, { what: "the link to end" });
      const { trusts } = await look(ann);
      assert(trusts.every(({ trust }) => trust !== "verified"), JSON.stringify(trusts));
    },
  },
  inCall(signalLies.drop),
  inCall(signalLies.reflectedSignal, { stirs: 0 }),
  inCall(signalLies.plainSignal),
  inCall(signalLies.reordered),
  lyingMember("SDP whose fingerprint is not the hello's", () => {
    const Honest = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Honest {
      constructor({ certificates: _, ...configuration }: RTCConfiguration = {}) {
        super(configuration);
      }
    };
  }),
  lyingMember("two fingerprints in one SDP", () => {
    // The rig's class comes before the browser's own.
    const prototype = Object.getPrototypeOf(RTCPeerConnection.prototype);
    const honest = Object.getOwnPropertyDescriptor(prototype, "localDescription")?.get;
    Object.defineProperty(prototype, "localDescription", {
      get() {
        const { type, sdp = "" } = honest?.call(this) ?? {};
        return type && { type, sdp: sdp.replace(/^a=fingerprint.*\r\n/m, `$&${other}`) };
      },
    });
    const other = `a=fingerprint:sha-256 ${"EE:".repeat(31)}EE\r\n`;
  }),
  ends(roomLies.joinOpened),
  ends(roomLies.doorRemoved),
  aboutHello(helloLies.heldHello),
  {
    name: signalLies.crossed.name,
    async run(room) {
      signalLies.crossed.install(room.liar, room.elsewhere);
      await room.verified(await room.joinAll("Ann", "Bob", "Cid"));
    },
  },
  {
    name: "a man in the middle with two connections",
    async run(room) {
      const intruder = new BrowserIntruder(await room.open("nobody"));
      manInTheMiddle(intruder).install(room.liar, room.elsewhere);
      const [ann, bob] = await room.joinAll("Ann", "Bob");
      assert(ann && bob);
      await room.shows(ann, "alarm");
      await room.shows(bob, "alarm", room.liar.members[0]);
      await waitFor(async () => (await intruder.bytes()).connections === 2, {
        what: "both connections",
      });
      assertEquals(await intruder.bytes(), { received: 0, connections: 2 });
      await expectNothingSent(ann, bob);
    },
  },
];

/** Runs all cases, some at a time; a failure names its lie. */
async function runAll(
  cases: readonly Case[],
  { browser, evil, lanes }: { browser: LaunchedBrowser; evil: EvilServer; lanes: number },
): Promise<void> {
  const left = [...cases];
  const failures: string[] = [];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { name, run } = next;
      try {
        await using room = new EvilRoom(browser, evil);
        await run(room);
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  assertEquals(failures, []);
}

// A long run tells all of them, and Firefox too; `tests/mesh/sealing/` tells them in each run.
for (const name of ["chromium", "firefox"] as const) {
  const cases = name === "chromium" && isLong ? [...others, ...firstEight] : firstEight;
  Deno.test({
    name: `${cases.length} lies of a server, all seen through by ${name}`,
    ignore: name === "firefox" && !isLong,
    async fn() {
      await using server = await startServer({ args: ["--allow-origin", "*"] });
      await using evil = startEvilServer(server.url);
      await using camera = await lightCamera();
      await using browser = name === "chromium"
        ? await launchChromium({ flags: camera.flags })
        : await launchFirefox();
      await runAll(cases, { browser, evil, lanes: 2 });
    },
  });
}
