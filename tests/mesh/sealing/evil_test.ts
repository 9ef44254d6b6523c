// Every lie of tests/evil/, told to real sessions around the server's real core.

import { assertEquals } from "../../assert.ts";
import { ghosts, heldMs, helloLies } from "../../evil/hello_lies.ts";
import type { Lie } from "../../evil/lying_server.ts";
import { roomLies } from "../../evil/room_lies.ts";
import { signalLies } from "../../evil/signal_lies.ts";
import { SealedTown } from "./sealed_town.ts";

const three = ["ann", "bob", "cid"];
const wrongSecret = { kind: "unverified", doubt: "wrong-secret" } as const;
const noHello = { kind: "unverified", doubt: "no-hello" } as const;
const unconfirmed = { kind: "unverified", doubt: "unconfirmed" } as const;
const replayed = { kind: "alarm", alarm: "replayed" } as const;
/** A member has so long to prove its hello, ms. */
const proofMs = 11_000;

/** The three come one after the other; the server lies from the start. */
async function lied(lie: Lie, names = three): Promise<SealedTown> {
  const sealed = new SealedTown([...three, "dan"]);
  lie.install(sealed.liar, sealed.liar);
  for (const name of names) await sealed.join(name);
  await sealed.run(2);
  return sealed;
}

/** The three are in a call; the server lies from now on. */
async function liedTo(lie: Lie): Promise<SealedTown> {
  const sealed = new SealedTown(three);
  for (const name of three) await sealed.join(name);
  await sealed.run(2);
  sealed.expectTrust(...three);
  lie.install(sealed.liar, sealed.liar);
  return sealed;
}

/** Makes the two send each other signals. */
async function share(sealed: SealedTown, ...names: readonly string[]): Promise<void> {
  for (const on of [true, false, true]) {
    for (const name of names) sealed.person(name).turn("screen", on);
    await sealed.run(1);
  }
}

Deno.test("three people in a sealed room verify and see each other", async () => {
  const sealed = new SealedTown(three);
  for (const name of three) await sealed.join(name);
  await sealed.run(2);
  sealed.expectTrust(...three);
  await share(sealed, "ann", "bob");
  sealed.expectTrust(...three);
  await sealed.close();
});

for (const lie of [helloLies.swappedFingerprint, helloLies.swappedKey, helloLies.reflectedHello]) {
  Deno.test(`${lie.name}: nobody is taken for its owner, and the others stay verified`, async () => {
    const sealed = await lied(lie);
    sealed.expectDoubt("ann", "bob", { trust: wrongSecret });
    await sealed.run(proofMs / 1_000);
    sealed.expectDoubt("bob", "ann", { trust: unconfirmed, ms: proofMs });
    sealed.expectTrust("ann", "cid");
    sealed.expectTrust("bob", "cid");
    await sealed.close();
  });
}

Deno.test("invented member: it is shown as not verified, and gets nothing", async () => {
  const sealed = await lied(helloLies.inventedMember);
  const [noise = "", silent = ""] = ghosts;
  sealed.expectDoubt("ann", noise, { trust: wrongSecret });
  sealed.expectDoubt("ann", silent, { trust: noHello });
  await sealed.run(proofMs / 1_000);
  sealed.expectDoubt("ann", noise, { trust: wrongSecret });
  sealed.expectTrust(...three);
  await sealed.close();
});

Deno.test("hello of another room with the same secret: it does not count in this room", async () => {
  const sealed = await lied(helloLies.helloOfAnotherRoom);
  await sealed.join("dan", { room: "other" });
  await sealed.run(2);
  sealed.expectDoubt("ann", "dan", { trust: wrongSecret });
  sealed.expectTrust(...three);
  await sealed.close();
});

Deno.test("a member with the own id and hello is nobody", async () => {
  const sealed = await lied(helloLies.mirror);
  await sealed.run(proofMs / 1_000);
  assertEquals(
    sealed.thoughtsOf("ann", "ann").filter(({ trust }) => trust.kind === "verified"),
    [],
  );
  sealed.expectTrust(...three);
  await sealed.close();
});

Deno.test("a hello held back for 60 s: no media until it comes", async () => {
  const sealed = await lied(helloLies.heldHello);
  sealed.expectDoubt("ann", "bob", { trust: noHello });
  await sealed.run(heldMs / 1_000 - 10);
  sealed.expectDoubt("ann", "bob", { trust: noHello });
  sealed.expectDoubt("bob", "ann", { trust: unconfirmed, ms: proofMs });
  await sealed.run(30);
  sealed.expectTrust(...three);
  await sealed.close();
});

for (const lie of [roomLies.joinOpened, roomLies.doorRemoved]) {
  Deno.test(`${lie.name}: the page leaves and says so`, async () => {
    const sealed = await lied(lie, ["ann"]);
    const { state } = sealed.person("ann").session;
    assertEquals(state, { kind: "left", room: "town", reason: "unsealed" });
    await sealed.close();
  });
}

Deno.test(`${roomLies.joinOpenedQuietly.name}: the page leaves and says so`, async () => {
  const sealed = await lied(roomLies.joinOpenedQuietly, ["ann"]);
  const { state } = sealed.person("ann").session;
  assertEquals(state, { kind: "left", room: "town", reason: "sealed" });
  await sealed.close();
});

Deno.test("order changed across pairs: it does no harm, and raises no alarm", async () => {
  const sealed = await lied(signalLies.crossed);
  await share(sealed, ...three);
  await sealed.run(5);
  sealed.expectTrust(...three);
  assertEquals(sealed.thoughts.filter(({ trust }) => trust.kind !== "verified"), []);
  await sealed.close();
});

const alarms = [
  [signalLies.flippedBit, "altered"],
  [signalLies.replay, "replayed"],
  [signalLies.drop, "withheld"],
  [signalLies.reflectedSignal, "altered"],
  [signalLies.plainSignal, "unsealed"],
  [signalLies.reordered, "replayed"],
] as const;
for (const [lie, alarm] of alarms) {
  Deno.test(`${lie.name}: an alarm, and no more media to that peer`, async () => {
    const sealed = await liedTo(lie);
    await share(sealed, "ann", "bob");
    sealed.expectDoubt("ann", "bob", { trust: { kind: "alarm", alarm }, wasVerified: true });
    await sealed.run(proofMs / 1_000);
    sealed.expectDoubt("ann", "bob", { trust: { kind: "alarm", alarm }, wasVerified: true });
    sealed.expectTrust("ann", "cid");
    sealed.expectTrust("bob", "cid");
    await sealed.close();
  });
}

Deno.test("renamed sender: an alarm about the one it is said to be from", async () => {
  const sealed = await liedTo(signalLies.renamedSender);
  await share(sealed, "ann", "bob");
  const trust = { kind: "alarm", alarm: "altered" } as const;
  sealed.expectDoubt("ann", "cid", { trust, wasVerified: true });
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});

for (const usesTabs of [true, false]) {
  const how = usesTabs ? "with the same id" : "as somebody new";
  Deno.test(`who reloads the page is verified again, ${how}`, async () => {
    const sealed = new SealedTown(three, { hasTabs: usesTabs });
    for (const name of three) await sealed.join(name);
    await share(sealed, "ann", "bob");
    const before = sealed.idOf("bob");
    sealed.person("bob").reload();
    await sealed.join("bob");
    await sealed.run(30);
    assertEquals(sealed.idOf("bob") === before, usesTabs);
    sealed.expectTrust(...three);
    sealed.expectNoAlarm();
    await sealed.close();
  });
}

Deno.test("who was lost for two minutes comes back with the same page, and is verified", async () => {
  const sealed = new SealedTown(three);
  for (const name of three) await sealed.join(name);
  await share(sealed, "ann", "bob");
  const bob = sealed.person("bob");
  bob.isOffline = true;
  for (const name of ["ann", "cid"]) sealed.town.paths.cut(bob, sealed.person(name));
  sealed.town.cut(bob);
  await sealed.run(120);
  assertEquals(sealed.person("ann").session.roster.peers.map(({ name }) => name), ["cid"]);
  bob.isOffline = false;
  sealed.town.paths.heal();
  await sealed.run(60);
  sealed.expectTrust(...three);
  sealed.expectNoAlarm();
  await sealed.close();
});

Deno.test("old hello after a rejoin: an alarm, and nothing for the new page", async () => {
  const sealed = new SealedTown(three, { hasTabs: true });
  helloLies.oldHello.install(sealed.liar, sealed.liar);
  for (const name of three) await sealed.join(name);
  sealed.expectTrust(...three);
  sealed.liar.liedAt = sealed.clock.now();
  sealed.person("bob").reload();
  await sealed.join("bob");
  await sealed.run(15);
  const trust = { kind: "alarm", alarm: "altered" } as const;
  sealed.expectDoubt("ann", "bob", { trust, wasVerified: true });
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});

Deno.test("a member that has left, played again from what it sent: an alarm", async () => {
  const lie = helloLies.relivedPast();
  const sealed = await lied(lie);
  await share(sealed, "ann", "bob");
  sealed.person("bob").session.leave();
  await sealed.run(1);
  lie.act(sealed.liar);
  await sealed.run(15);
  const by = sealed.thoughts.filter(({ at, of }) =>
    at >= (sealed.liar.liedAt ?? 0) && of !== "cid"
  );
  assertEquals(by.map(({ trust }) => trust), [replayed]);
  sealed.expectTrust("ann", "cid");
  await sealed.close();
});

Deno.test("a page that was reloaded, with what it had sent last: not verified", async () => {
  const lie = helloLies.relivedPage();
  const sealed = new SealedTown(three, { hasTabs: true });
  lie.keeps = false;
  lie.install(sealed.liar, sealed.liar);
  for (const name of three) await sealed.join(name);
  lie.holds = true;
  sealed.person("bob").turn("screen", true);
  await sealed.run(1);
  lie.holds = false;
  sealed.person("bob").reload();
  await sealed.join("bob");
  await sealed.run(15);
  sealed.expectTrust(...three);
  lie.act(sealed.liar);
  await sealed.run(2);
  sealed.expectDoubt("ann", "bob", { trust: unconfirmed, wasVerified: true });
  await sealed.close();
});

Deno.test("a page that was reloaded, played again from what it sent: an alarm", async () => {
  const lie = helloLies.relivedPage();
  const sealed = new SealedTown(three, { hasTabs: true });
  lie.install(sealed.liar, sealed.liar);
  for (const name of three) await sealed.join(name);
  await share(sealed, "ann", "bob");
  sealed.person("bob").reload();
  await sealed.join("bob");
  await sealed.run(15);
  sealed.expectTrust(...three);
  lie.act(sealed.liar);
  await sealed.run(2);
  sealed.expectDoubt("ann", "bob", { trust: replayed, wasVerified: true });
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});
