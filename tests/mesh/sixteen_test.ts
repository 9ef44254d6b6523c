/** Sixteen people whose machines have twelve addresses each, around the server's real core. */
import { assert, assertEquals, assertLess } from "../assert.ts";
import { ManyAddresses } from "./link/many_addresses.ts";
import { areJoined } from "./town_paths.ts";
import { Town } from "./town.ts";

/** Candidates of a bundled connection: 12 addresses by UDP, TCP, STUN and three relays. */
const candidates = 12 * 6;

function town(): Town {
  const names = Array.from({ length: 16 }, (_, n) => `p${String(n).padStart(2, "0")}`);
  return new Town(names, {
    makeConnection: (configuration) => new ManyAddresses(configuration, candidates),
  });
}

function expectAllCandidates({ people }: Town): void {
  for (const one of people) {
    for (const mine of one.living()) {
      const [its] = people.flatMap((other) => other.living().filter((it) => areJoined(mine, it)));
      assert(its);
      const { ufrag } = its.currentLocal ?? {};
      const heard = mine.seen.candidates.filter((text) => text.startsWith(`candidate:${ufrag}`));
      assertEquals(new Set(heard).size, candidates);
    }
  }
}

Deno.test("sixteen with twelve addresses each come in at once, and nobody is slowed down or thrown out", async () => {
  const street = town();
  for (const { session, name } of street.people) session.join({ room: "town", name });
  await street.run(20);
  street.expectHarmony();
  expectAllCandidates(street);
  assertEquals(street.refused, []);
  // 120 links: two descriptions each, and the candidates of both ends in a few signals.
  assertLess(street.frames, 120 * 20);

  // One changes the network: all its links restart ICE together.
  const [one] = street.people;
  assert(one);
  const before = street.frames;
  street.paths.move(one);
  one.page.wake("network");
  await street.run(30);
  street.expectHarmony();
  expectAllCandidates(street);
  assertLess(street.frames - before, 15 * 40);

  // The server is new and knows nobody.
  street.crash();
  await street.run(2);
  street.start();
  await street.run(40);
  street.expectHarmony();
  assertEquals(street.refused, []);
  street.close();
});
