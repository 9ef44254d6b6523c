import { assert, assertEquals, assertMatch } from "../../assert.ts";
import { roomName } from "../../../protocol/mod.ts";
import { readJoinLink } from "../../../app/enter/join_link.ts";
import { randomRoomName } from "../../../app/home/room_names.ts";

Deno.test("a random room name is readable, valid and without letters that look alike", () => {
  for (let index = 0; index < 500; index++) {
    const name = randomRoomName();
    assertMatch(name, /^[a-z]{2,8}-[a-z]{2,8}-[a-hjkmnp-z2-9]{6}$/);
    assertEquals(roomName(name), name);
  }
});

Deno.test("a random name holds at least 40 bits, every choice as likely as the next", () => {
  const parts = Array.from({ length: 8 }, () => new Map<string, number>());
  const rounds = 20_000;
  for (let round = 0; round < rounds; round++) {
    const [mood = "", place = "", tail = ""] = randomRoomName().split("-");
    for (const [index, choice] of [mood, place, ...tail].entries()) {
      parts[index]?.set(choice, (parts[index].get(choice) ?? 0) + 1);
    }
  }
  const bits = parts.reduce((sum, choices) => sum + Math.log2(choices.size), 0);
  assert(bits >= 40, `${bits} bits`);
  for (const choices of parts) {
    const even = rounds / choices.size;
    // Seven standard deviations: fails by chance less than once in a billion runs.
    for (const times of choices.values()) assert(Math.abs(times - even) < 7 * Math.sqrt(even));
  }
});

Deno.test("bytes that would favour some choices are thrown away", () => {
  const given = [255, 254, 0, 255, 0, 255, 248, 0, 0, 0, 0, 0, 0, 0, 0];
  const name = randomRoomName((bytes) => {
    bytes[0] = given.shift() ?? 0;
    return bytes;
  });
  assertMatch(name, /-aaaaaa$/);
});

Deno.test("a link may say the name and which devices to use", () => {
  assertEquals(readJoinLink("?name=Ann&join=1&camera=0&microphone=0&relay=1"), {
    name: "Ann",
    join: true,
    camera: false,
    microphone: false,
    relay: true,
  });
  assertEquals(readJoinLink(""), {
    name: undefined,
    join: false,
    camera: true,
    microphone: true,
    relay: false,
  });
});

Deno.test("a name from a link is cleaned and never longer than names are", () => {
  assertEquals(readJoinLink("?name=%20A%00n%E2%80%AEn%20").name, "A n n");
  assertEquals(readJoinLink(`?name=${"x".repeat(99)}`).name, "x".repeat(32));
  assertEquals(readJoinLink("?name=%20%20").name, undefined);
  assertEquals(readJoinLink("?name=%3Cb%3EAnn").name, "<b>Ann");
});
