import { assert, assertEquals } from "../../assert.ts";
import { KnownPeople, knownPeopleEntry, mostPeople } from "../../../app/trust/known_people.ts";
import type { KeyStorage } from "../../../app/ui/preferences.ts";
import { identity } from "./fake_trust.ts";

function storage(content?: string): KeyStorage & { content: string | null } {
  return {
    content: content ?? null,
    getItem(key) {
      return key === knownPeopleEntry ? this.content : null;
    },
    setItem(key, value) {
      if (key === knownPeopleEntry) this.content = value;
    },
  };
}

const blocked: KeyStorage = {
  getItem: () => {
    throw new DOMException("blocked", "SecurityError");
  },
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
};

const [ann, other, bob] = [identity("a"), identity("b"), identity("c")];
const alone = { at: 1, present: [] };

Deno.test("a person is known again by another page, and stays compared", () => {
  const shared = storage();
  const first = new KnownPeople(shared);
  assertEquals(first.meet({ identity: ann, name: "Ann", ...alone }), false);
  first.compare(ann, true);
  const second = new KnownPeople(shared);
  assertEquals(second.meet({ identity: ann, name: "Ann", at: 2, present: [] }), false);
  assertEquals(second.of(ann), { identity: ann, name: "Ann", at: 2, compared: true });
  second.compare(ann, false);
  assertEquals(new KnownPeople(shared).of(ann)?.compared, false);
});

Deno.test("a known name from another browser is news once", () => {
  const people = new KnownPeople(storage());
  people.meet({ identity: ann, name: "Ann", ...alone });
  assertEquals(people.meet({ identity: other, name: "Ann", ...alone }), true);
  assertEquals(people.meet({ identity: other, name: "Ann", ...alone }), false);
  assertEquals(people.of(ann)?.name, "Ann", "the first one is still known");
  assertEquals(people.of(other)?.compared, false);
});

Deno.test("somebody known who takes the name of somebody else is news", () => {
  const people = new KnownPeople(storage());
  people.meet({ identity: ann, name: "Ann", ...alone });
  people.meet({ identity: bob, name: "Bob", ...alone });
  assertEquals(people.meet({ identity: bob, name: "Ann", ...alone }), true);
});

Deno.test("two people of one name in one room are no news", () => {
  const people = new KnownPeople(storage());
  people.meet({ identity: ann, name: "Ann", ...alone });
  assertEquals(people.meet({ identity: other, name: "Ann", at: 1, present: [ann, other] }), false);
  assertEquals(people.meet({ identity: other, name: "Ann", ...alone }), false);
});

Deno.test("a blocked or missing storage only means that nothing outlives the page", () => {
  for (const people of [new KnownPeople(blocked), new KnownPeople(undefined)]) {
    people.meet({ identity: ann, name: "Ann", ...alone });
    people.meet({ identity: bob, name: "Bob", ...alone });
    people.compare(ann, true);
    assertEquals([people.of(ann)?.compared, people.of(bob)?.name], [true, "Bob"]);
  }
});

Deno.test("whatever the storage holds, only whole people come out of it", () => {
  const whole = { identity: ann, name: " Ann ", at: 5, compared: 1, more: true };
  const broken = [
    { ...whole, identity: "A".repeat(64) },
    { ...whole, identity: "a" },
    { ...whole, name: "" },
    { ...whole, at: null },
    7,
    null,
    [],
  ];
  for (const content of ["", "{", "null", "7", "{}", JSON.stringify(broken)]) {
    const people = new KnownPeople(storage(content));
    const found = [ann, ann.toUpperCase(), "a"].map((each) => people.of(each));
    assertEquals(found, [undefined, undefined, undefined], content);
  }
  const people = new KnownPeople(storage(JSON.stringify([...broken, whole])));
  assertEquals(people.of(ann), { identity: ann, name: "Ann", at: 5, compared: false });
});

Deno.test("of too many people the one met longest ago is forgotten, compared ones last", () => {
  const shared = storage();
  const people = new KnownPeople(shared);
  const nth = (index: number) => index.toString(16).padStart(64, "0");
  const meet = (index: number) =>
    people.meet({ identity: nth(index), name: `Person ${index}`, at: index, present: [] });
  meet(0);
  people.compare(nth(0), true);
  for (let index = 1; index <= mostPeople; index++) meet(index);
  assertEquals([people.of(nth(0))?.compared, people.of(nth(1))], [true, undefined]);
  assert(people.of(nth(2)) !== undefined);
  const stored: unknown = JSON.parse(shared.content ?? "");
  assert(Array.isArray(stored));
  assertEquals(stored.length, mostPeople);
});

Deno.test("what another tab remembers is kept", () => {
  const shared = storage();
  const [here, there] = [new KnownPeople(shared), new KnownPeople(shared)];
  here.meet({ identity: ann, name: "Ann", ...alone });
  there.meet({ identity: bob, name: "Bob", ...alone });
  const later = new KnownPeople(shared);
  assertEquals([later.of(ann)?.name, later.of(bob)?.name], ["Ann", "Bob"]);
});
