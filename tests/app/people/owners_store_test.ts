import { assertEquals } from "../../assert.ts";
import type { OwnershipUpdate, Rules } from "../../../protocol/mod.ts";
import { OwnersStore } from "../../../app/people/owners_store.ts";
import { FakeSession } from "../call/fake_session.ts";

const rules: Rules = {
  type: "rules",
  locked: false,
  knocking: false,
  password: false,
  chat: "owners",
  screen: "everyone",
  files: "everyone",
  capacity: 8,
  owners: ["me"],
};

function scene() {
  const session = new FakeSession();
  const kept: string[] = [];
  const store = new OwnersStore(session, (room, key) => kept.push(`${room}: ${key}`));
  const receive = (message: OwnershipUpdate) => session.emit(message);
  return { session, store, receive, kept };
}

Deno.test("an owner may what others may not, and a key is kept", () => {
  const { session, store, receive, kept } = scene();
  assertEquals([store.owns, store.may("chat")], [false, true], "nothing is known yet");
  session.enter();
  receive(rules);
  receive({ type: "owner-key", key: "k" });
  assertEquals([store.owns, store.may("chat"), store.key, kept], [true, true, "k", ["attic: k"]]);
  receive({ ...rules, owners: ["ana"] });
  assertEquals([store.owns, store.isOwner("ana"), store.may("chat"), store.may("files")], [
    false,
    true,
    false,
    true,
  ]);
});

Deno.test("a welcome clears what the server sends again, leaving clears everything", () => {
  const { session, store, receive } = scene();
  receive({ type: "knocking", heard: true });
  assertEquals(store.knocking?.heard, true);
  session.enter();
  assertEquals(store.knocking, undefined);
  receive(rules);
  receive({ type: "knocks", knocks: [{ knockId: "n", name: "Noor" }] });
  session.become({ kind: "reconnecting", room: "attic", selfId: "me", since: 0 });
  assertEquals([store.knocks.length, store.owns], [1, true], "as before, until told otherwise");
  session.enter();
  assertEquals([store.knocks.length, store.owns], [0, true]);
  session.leave();
  assertEquals([store.rules, store.owns], [undefined, false]);
});
