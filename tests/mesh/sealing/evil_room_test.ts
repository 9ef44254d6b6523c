// Lies about the members of a sealed room, its link, and what people write and show.

import { assert, assertEquals } from "../../assert.ts";
import type { Lie } from "../../evil/lying_server.ts";
import { roomLies } from "../../evil/room_lies.ts";
import { signalLies } from "../../evil/signal_lies.ts";
import { textLies } from "../../evil/text_lies.ts";
import { SealedTown, secret } from "./sealed_town.ts";

const four = ["ann", "bob", "cid", "dan"];
const three = four.slice(0, 3);
const altered = { kind: "alarm", alarm: "altered" } as const;
const replayed = { kind: "alarm", alarm: "replayed" } as const;
const wrongSecret = { kind: "unverified", doubt: "wrong-secret" } as const;
const changedLink = { kind: "left", room: "town", reason: "link-changed" } as const;
/** The keys of a former link count for 30 s, ms. */
const formerMs = 33_000;

async function called(names: readonly string[]): Promise<SealedTown> {
  const sealed = new SealedTown(names);
  for (const name of names) await sealed.join(name);
  await sealed.run(4);
  sealed.expectTrust(...names);
  return sealed;
}

/** The owner removes a member, and the link changes. */
async function remove(sealed: SealedTown, name: string): Promise<void> {
  const { session } = sealed.person("ann");
  session.send({ type: "remove", peerId: sealed.idOf(name), ban: false });
  await sealed.run(5);
}

Deno.test("split roster: each side sees that another member sees other people", async () => {
  const sealed = new SealedTown(three);
  roomLies.splitRoster.install(sealed.liar, sealed.liar);
  for (const name of three) await sealed.join(name);
  await sealed.run(25);
  for (const name of ["ann", "cid"]) {
    const { trust } = sealed.person(name).session;
    assertEquals(trust.viewsDiffer(sealed.idOf("bob")), true, name);
    assertEquals(sealed.person("bob").session.trust.viewsDiffer(sealed.idOf(name)), true, name);
  }
  sealed.expectTrust("ann", "bob");
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});

Deno.test("a changed link: everybody else has it, and nobody is verified anew", async () => {
  const sealed = await called(four);
  const { length } = sealed.thoughts;
  await remove(sealed, "dan");
  await sealed.run(60);
  const secrets = three.map((name) => sealed.person(name).session.trust.secret);
  assertEquals(new Set(secrets).size, 1);
  assert(secrets[0] !== secret);
  sealed.expectTrust(...three);
  assertEquals(sealed.thoughts.slice(length).filter(({ of }) => three.includes(of)), []);
  await sealed.close();
});

Deno.test("a new epoch withheld from one: the others do not trust it when the old keys end", async () => {
  const sealed = await called(four);
  roomLies.withheldEpoch.install(sealed.liar, sealed.liar);
  await remove(sealed, "dan");
  await sealed.run(formerMs / 1_000);
  for (const name of ["ann", "cid"]) {
    sealed.expectDoubt(name, "bob", { trust: wrongSecret, ms: formerMs, wasVerified: true });
  }
  assertEquals(sealed.person("bob").session.trust.secret, secret);
  sealed.expectTrust("ann", "cid");
  await sealed.close();
});

Deno.test("a new secret withheld from one: its page says that the link has changed", async () => {
  const sealed = await called(four);
  roomLies.withheldSecret.install(sealed.liar, sealed.liar);
  await remove(sealed, "dan");
  await sealed.run(formerMs / 1_000);
  assertEquals(sealed.person("bob").session.state, changedLink);
  sealed.expectTrust("ann", "cid");
  await sealed.close();
});

Deno.test("a removal hidden from one: it does not trust the removed one any longer", async () => {
  const sealed = await called(four);
  roomLies.hiddenRemoval.install(sealed.liar, sealed.liar);
  const removed = sealed.idOf("dan");
  await remove(sealed, "dan");
  assertEquals(sealed.trust("bob", removed), wrongSecret);
  sealed.expectTrust(...three);
  await sealed.close();
});

Deno.test("who was lost when the link changed gets the new one within 30 s", async () => {
  const sealed = await called(four);
  sealed.town.kill(sealed.person("bob"));
  await remove(sealed, "dan");
  assertEquals(sealed.person("bob").session.trust.secret, secret);
  sealed.person("bob").page.wake();
  await sealed.run(20);
  const [mine, theirs] = ["ann", "bob"].map((name) => sealed.person(name).session.trust.secret);
  assertEquals(mine, theirs);
  await sealed.run(60);
  sealed.expectTrust(...three);
  sealed.expectNoAlarm();
  await sealed.close();
});

Deno.test("after an alarm about a member it gets no new secret", async () => {
  const sealed = await called(four);
  signalLies.flippedBit.install(sealed.liar, sealed.liar);
  sealed.person("bob").turn("screen", true);
  await sealed.run(2);
  sealed.expectDoubt("ann", "bob", { trust: altered, wasVerified: true });
  await remove(sealed, "dan");
  await sealed.run(formerMs / 1_000);
  assertEquals(sealed.person("bob").session.state, changedLink);
  sealed.expectTrust("ann", "cid");
  await sealed.close();
});

Deno.test("stale epoch: a hello of the former link does not count when the old keys end", async () => {
  const sealed = new SealedTown(four);
  roomLies.staleEpoch.install(sealed.liar, sealed.liar);
  for (const name of four) await sealed.join(name);
  await remove(sealed, "dan");
  await sealed.run(formerMs / 1_000);
  sealed.expectDoubt("ann", "bob", { trust: wrongSecret, ms: formerMs, wasVerified: true });
  sealed.expectTrust("ann", "cid");
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});

/** What Ann has of the chat: lines, and how many are said to be missing. */
interface Read {
  texts: (string | null)[];
  missing: number;
}

/** Bob writes four lines while the server lies to Ann about them. */
async function wrote(lie: Lie): Promise<{ sealed: SealedTown; read: Read }> {
  const sealed = await called(three);
  lie.install(sealed.liar, sealed.liar);
  const read: Read = { texts: [], missing: 0 };
  const ann = sealed.person("ann");
  ann.session.chat.subscribe((event) => {
    if (event.type === "chat-missing") read.missing += event.count;
  });
  for (const text of ["one", "two", "three", "four"]) {
    sealed.person("bob").say(text);
    await sealed.run(1);
  }
  read.texts = ann.lines.map(({ text }) => text);
  assertEquals(sealed.person("cid").lines.map(({ text }) => text), ["one", "two", "three", "four"]);
  sealed.expectTrust("bob", "cid");
  return { sealed, read };
}

const { alteredLine, openLine, movedLine, deletedLine, renamedLine } = textLies;
for (const lie of [alteredLine, openLine, movedLine, deletedLine]) {
  Deno.test(`${lie.name}: an alarm, and it is told as missing`, async () => {
    const { sealed, read } = await wrote(lie);
    sealed.expectDoubt("ann", "bob", { trust: altered, wasVerified: true });
    assertEquals(read.texts, []);
    assert(read.missing >= 4);
    await sealed.close();
  });
}

Deno.test(`${renamedLine.name}: an alarm about the one it is said to be from`, async () => {
  const { sealed, read } = await wrote(renamedLine);
  sealed.expectDoubt("ann", "cid", { trust: altered, wasVerified: true });
  assertEquals(read.texts, []);
  await sealed.close();
});

Deno.test(`${textLies.droppedLine.name}: it is told as missing`, async () => {
  const { sealed, read } = await wrote(textLies.droppedLine);
  assertEquals(read, { texts: ["one", "three", "four"], missing: 1 });
  await sealed.close();
});

Deno.test(`${textLies.swappedLines.name}: the later one counts, and the other is told as missing`, async () => {
  const { sealed, read } = await wrote(textLies.swappedLines);
  assertEquals(read, { texts: ["two", "four"], missing: 1 });
  await sealed.close();
});

Deno.test(`${textLies.replayedLine.name}: it is shown once`, async () => {
  const { sealed, read } = await wrote(textLies.replayedLine);
  assertEquals(read, { texts: ["one", "two", "three", "four"], missing: 0 });
  await sealed.close();
});

for (
  const [lie, trust] of [[textLies.oldCard, replayed], [textLies.alteredCard, altered]] as const
) {
  Deno.test(`${lie.name}: an alarm, and the last one stays`, async () => {
    const sealed = await called(three);
    lie.install(sealed.liar, sealed.liar);
    const bob = sealed.person("bob").session.presence;
    for (const hand of [true, false, true]) {
      bob.change({ hand });
      await sealed.run(1);
    }
    sealed.expectDoubt("ann", "bob", { trust, wasVerified: true });
    const seen = sealed.person("ann").session.roster.find(sealed.idOf("bob"));
    assertEquals(seen?.state.hand, false);
    assertEquals(seen?.name, "bob");
    await sealed.close();
  });
}

const notes = [[textLies.alteredNote, altered, 0], [textLies.replayedNote, replayed, 1]] as const;
for (const [lie, trust, count] of notes) {
  Deno.test(`${lie.name}: an alarm, and the reaction is shown ${count} times`, async () => {
    const sealed = await called(three);
    lie.install(sealed.liar, sealed.liar);
    let seen = 0;
    sealed.person("ann").session.messages.subscribe(({ type }) => {
      if (type === "reaction") seen++;
    });
    sealed.person("bob").session.send({ type: "react", reaction: "heart" });
    await sealed.run(2);
    sealed.expectDoubt("ann", "bob", { trust, wasVerified: true });
    assertEquals(seen, count);
    await sealed.close();
  });
}

Deno.test(`${textLies.openText.name}: nothing of it is shown`, async () => {
  const sealed = await called(three);
  textLies.openText.install(sealed.liar, sealed.liar);
  const seen: string[] = [];
  sealed.person("ann").session.messages.subscribe(({ type }) => seen.push(type));
  sealed.person("bob").session.send({ type: "react", reaction: "heart" });
  await sealed.run(2);
  assertEquals(seen.filter((type) => ["reaction", "peer-report", "hands"].includes(type)), []);
  const bob = sealed.person("ann").session.roster.find(sealed.idOf("bob"));
  assertEquals([bob?.name, bob?.state.hand], ["bob", false]);
  await sealed.close();
});
