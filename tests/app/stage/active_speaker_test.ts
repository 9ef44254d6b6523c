import { assert, assertEquals } from "../../assert.ts";
import { ActiveSpeaker, type Voice } from "../../../app/stage/active_speaker.ts";

/** Listens four times a second. */
function scene(...people: string[]) {
  const active = new ActiveSpeaker();
  let now = 0;
  /** For so long these are heard, at their levels; the others are silent. */
  const hear = (ms: number, loud: Record<string, number> = {}) => {
    for (const end = now + ms; now < end; now += 250) {
      const voices = people.map((peerId): Voice => {
        const level = loud[peerId] ?? 0;
        return { peerId, level, speaking: level > 0.35 };
      });
      active.update(voices, now);
    }
    return active.current;
  };
  return { active, hear, leave: (peerId: string) => people.splice(people.indexOf(peerId), 1) };
}

Deno.test("nobody is the active speaker until someone has spoken for two seconds", () => {
  const { hear } = scene("ana", "kenji");
  assertEquals(hear(5_000), undefined);
  assertEquals(hear(1_750, { ana: 0.8 }), undefined);
  assertEquals(hear(750, { ana: 0.8 }), "ana");
});

Deno.test("a cough, an mhm and a laugh do not change the active speaker", () => {
  const { hear } = scene("ana", "kenji", "noor");
  hear(3_000, { ana: 0.6 });
  for (let round = 0; round < 10; round++) {
    assertEquals(hear(500, { kenji: 1 }), "ana");
    assertEquals(hear(1_000, { ana: 0.6 }), "ana");
    assertEquals(hear(500, { ana: 0.6, noor: 0.9 }), "ana");
  }
});

Deno.test("a pause does not cost the floor, however long", () => {
  const { hear } = scene("ana", "kenji");
  hear(3_000, { ana: 0.6 });
  assertEquals(hear(60_000), "ana");
});

Deno.test("of two people at once the louder one is active, and a change takes two seconds", () => {
  const { hear } = scene("ana", "kenji");
  assertEquals(hear(4_000, { ana: 0.9, kenji: 0.6 }), "ana");
  assertEquals(hear(1_750, { ana: 0.5, kenji: 0.9 }), "ana");
  assertEquals(hear(2_000, { ana: 0.5, kenji: 0.9 }), "kenji");
});

Deno.test("the floor changes at most every two seconds, whatever is heard", () => {
  const { active, hear } = scene("ana", "kenji", "noor", "lin");
  const names = ["ana", "kenji", "noor", "lin"];
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let [last, since, changes] = [active.current, -10_000, 0];
  for (let at = 0; at < 600_000; at += 250) {
    const loud = Object.fromEntries(names.map((name) => [name, random()]));
    // Someone leads for a while now and then, or nothing would ever change.
    const current = hear(250, { ...loud, [names[Math.floor(at / 5_000) % 4] ?? ""]: 1.5 });
    if (current === last) continue;
    assert(at - since >= 1_750, `after ${at - since} ms`);
    [last, since, changes] = [current, at, changes + 1];
  }
  assert(changes > 20, `${changes} changes`);
});

Deno.test("who leaves lets go of the floor", () => {
  const { active, hear, leave } = scene("ana", "kenji");
  hear(3_000, { ana: 0.6 });
  leave("ana");
  assertEquals(hear(250), undefined);
  hear(3_000, { kenji: 0.6 });
  assertEquals(active.current, "kenji");
});

Deno.test("a long pause between updates does not count as speech", () => {
  const active = new ActiveSpeaker();
  const voice = (level: number): Voice => ({ peerId: "ana", level, speaking: level > 0.35 });
  active.update([voice(0.8)], 0);
  assertEquals(active.update([voice(0.8)], 60_000), undefined);
});
