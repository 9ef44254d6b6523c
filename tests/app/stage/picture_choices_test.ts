import { assertEquals } from "../../assert.ts";
import { PictureChoices } from "../../../app/stage/picture_choices.ts";
import { RoomStore } from "../../../app/room/mod.ts";
import { FakeSession, peer } from "../call/fake_session.ts";

class Memory {
  stored: string | null = null;
  getItem = () => this.stored;
  setItem = (_key: string, value: string) => void (this.stored = value);
}

function visit(memory: Memory, room = "attic") {
  const session = new FakeSession();
  const store = new RoomStore(session, {
    watchLevel: () => () => {},
    after: () => () => {},
    now: () => 0,
  });
  session.emit({ type: "state", state: { kind: "joined", room, selfId: "me", capacity: 16 } });
  const join = (name: string, peerId = name) =>
    session.emit({ type: "peer-joined", peer: { ...peer(name), peerId } });
  const leave = (name: string) =>
    session.emit({ type: "peer-left", peer: peer(name), reason: "left" });
  join("ana");
  join("kenji");
  const choices = new PictureChoices({ room: store }, memory);
  return { choices, join, leave, close: () => store.close() };
}

Deno.test("a choice for one person precedes the one for all, until the next one for all", () => {
  const { choices, close } = visit(new Memory());
  assertEquals(choices.of("ana"), "auto");
  choices.choose("small");
  choices.choose("large", "ana");
  assertEquals([choices.of("ana"), choices.of("kenji")], ["large", "small"]);
  choices.choose("sound");
  assertEquals([choices.of("ana"), choices.of("kenji")], ["sound", "sound"]);
  close();
});

Deno.test("choices survive a reload of the tab, and wait for those who come back", () => {
  const memory = new Memory();
  const before = visit(memory);
  before.choices.choose("small");
  before.choices.choose("sound", "ana");
  before.leave("ana");
  before.join("ana", "new");
  assertEquals(before.choices.of("new"), "sound");
  before.close();

  const after = visit(memory);
  assertEquals([after.choices.of("ana"), after.choices.of("kenji")], ["sound", "small"]);
  after.close();
});

Deno.test("another room, or a memory that cannot be read, begins with the default", () => {
  const memory = new Memory();
  const attic = visit(memory);
  attic.choices.choose("sound");
  attic.close();
  const unreadable = ["", "null", "7", '{"room":"attic","all":"loud","people":[["ana"],3]}'];
  const visits = [
    visit(memory, "cellar"),
    ...unreadable.map((stored) => {
      return visit(Object.assign(new Memory(), { stored }));
    }),
  ];
  for (const { choices, close } of visits) {
    assertEquals([choices.forAll.value, choices.of("ana")], ["auto", "auto"]);
    close();
  }
});
