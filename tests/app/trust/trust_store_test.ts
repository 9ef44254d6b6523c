import { effect, signal } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import type { Trust } from "../../../mesh/mod.ts";
import { knownPeopleEntry } from "../../../app/trust/known_people.ts";
import { TrustStore } from "../../../app/trust/trust_store.ts";
import type { KeyStorage } from "../../../app/ui/preferences.ts";
import { FakeSession, peer } from "../call/fake_session.ts";
import { FakeTrust, identity } from "./fake_trust.ts";

const [annsBrowser, otherBrowser] = [identity("a"), identity("b")];
const alarm: Trust = { kind: "alarm", alarm: "altered" };

function scene({ storage, before }: {
  storage?: KeyStorage;
  before?: (trust: FakeTrust) => void;
} = {}) {
  const session = new FakeSession();
  const trust = new FakeTrust();
  session.enter();
  session.emit({ type: "peer-joined", peer: peer("ann", "Ann") });
  session.emit({ type: "peer-joined", peer: peer("bob", "Bob") });
  before?.(trust);
  const store = new TrustStore({
    session: Object.assign(session, { trust }),
    storage,
    date: () => 1,
    signal,
  });
  const kindOf = (peerId: string) => store.of(peerId).shown.kind;
  const kinds = () => store.notices.map(({ kind }) => kind);
  const leave = (peerId: string, reason: "left" | "kicked" = "left") => {
    const gone = session.roster.peers.find((each) => each.peerId === peerId) ?? peer(peerId);
    session.roster.peers = session.roster.peers.filter((each) => each !== gone);
    session.emit({ type: "peer-left", peer: gone, reason });
  };
  return { session, trust, store, kindOf, kinds, leave };
}

function memory(): KeyStorage {
  let content: string | null = null;
  return {
    getItem: (key) => key === knownPeopleEntry ? content : null,
    setItem: (_, value) => void (content = value),
  };
}

Deno.test("what the session says of a peer is what is shown, also if it was said before", () => {
  const { trust, kindOf } = scene({ before: (trust) => trust.verify("ann", annsBrowser) });
  assertEquals([kindOf("ann"), kindOf("bob")], ["verified", "checking"]);
  trust.emit({ type: "trust", peerId: "bob", trust: { kind: "unverified", doubt: "no-hello" } });
  assertEquals(kindOf("bob"), "unverified");
});

Deno.test("a change of one peer is news for the readers of that peer only", () => {
  const { trust, store } = scene();
  const seen: string[] = [];
  const undos = ["ann", "bob"].map((peerId) =>
    effect(() => void seen.push(`${peerId} ${store.of(peerId).shown.kind}`))
  );
  trust.verify("ann", annsBrowser);
  assertEquals(seen.filter((each) => each.startsWith("bob")), ["bob checking"]);
  assertEquals(seen.at(-1), "ann verified");
  undos.forEach((undo) => undo());
});

Deno.test("compared words are remembered for the browser of that person, and for no other", () => {
  const storage = memory();
  const first = scene({ storage });
  first.trust.verify("ann", annsBrowser);
  first.store.setCompared("ann", true);
  assertEquals(first.kindOf("ann"), "compared");
  const later = scene({ storage });
  later.trust.verify("bob", otherBrowser);
  later.trust.verify("ann", annsBrowser);
  assertEquals([later.kindOf("ann"), later.kindOf("bob")], ["compared", "verified"]);
});

Deno.test("only a verified peer is shown as compared", () => {
  const storage = memory();
  const { trust, store, kindOf } = scene({ storage });
  trust.verify("ann", annsBrowser);
  store.setCompared("ann", true);
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  assertEquals(kindOf("ann"), "alarm");
  const later = scene({ storage });
  later.trust.emit({ type: "identity", peerId: "ann", identity: annsBrowser });
  assertEquals(later.kindOf("ann"), "checking");
});

Deno.test("words that differ are not safe, until they are found to be the same", () => {
  const { trust, store, kindOf } = scene();
  trust.verify("ann", annsBrowser);
  store.setCompared("ann", true);
  store.setCompared("ann", false);
  assertEquals(kindOf("ann"), "differs");
  store.setCompared("ann", true);
  assertEquals(kindOf("ann"), "compared");
});

Deno.test("an alarm is told once, until it is over or the peer is gone", () => {
  const { session, trust, store, leave } = scene();
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  const [notice] = store.notices;
  assertEquals(notice, {
    key: "alarm ann",
    kind: "alarm",
    peerId: "ann",
    name: "Ann",
    alarm: "altered",
  });
  store.dismiss("alarm ann");
  session.emit({ type: "peer-changed", peer: peer("ann", "Ann") });
  assertEquals(store.notices, [], "it was dismissed");
  trust.emit({ type: "trust", peerId: "ann", trust: { kind: "verified" } });
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  trust.emit({ type: "trust", peerId: "bob", trust: { kind: "alarm", alarm: "replayed" } });
  assertEquals(store.notices.map(({ key }) => key), ["alarm ann", "alarm bob"]);
  trust.emit({ type: "trust", peerId: "ann", trust: { kind: "verified" } });
  leave("bob");
  assertEquals(store.notices, []);
});

Deno.test("an alarm before the store was loaded is told", () => {
  const { store } = scene({
    before: (trust) => trust.emit({ type: "trust", peerId: "ann", trust: alarm }),
  });
  assertEquals(store.notices.map(({ key }) => key), ["alarm ann"]);
});

Deno.test("different views are told while they last", () => {
  const { trust, store, kinds } = scene();
  trust.emit({ type: "views", peerId: "ann", differ: true });
  assertEquals([kinds(), store.of("ann").viewsDiffer], [["views"], true]);
  trust.emit({ type: "views", peerId: "ann", differ: false });
  assertEquals([kinds(), store.of("ann").viewsDiffer], [[], false]);
});

Deno.test("a known name from another browser is told, calmly and once", () => {
  const storage = memory();
  scene({ storage }).trust.verify("ann", annsBrowser);
  const { trust, store, kinds } = scene({ storage });
  trust.verify("ann", otherBrowser);
  assertEquals([kinds(), store.of("ann").shown.kind], [["other-browser"], "verified"]);
  const again = scene({ storage });
  again.trust.verify("ann", otherBrowser);
  assertEquals(again.kinds(), []);
});

Deno.test("if the known person of that name comes too, they are two of one name", () => {
  const storage = memory();
  scene({ storage }).trust.verify("ann", annsBrowser);
  const { session, trust, kinds } = scene({ storage });
  trust.verify("ann", otherBrowser);
  session.emit({ type: "peer-joined", peer: peer("ann 2", "Ann") });
  trust.verify("ann 2", annsBrowser);
  assertEquals(kinds(), []);
});

Deno.test("a person whose name comes after the check is remembered by it", () => {
  const storage = memory();
  const { session, trust } = scene({ storage });
  session.emit({ type: "peer-joined", peer: peer("noor", "") });
  trust.verify("noor", otherBrowser);
  const [named, others] = [peer("noor", "Noor"), session.roster.peers];
  session.roster.peers = [...others.filter(({ peerId }) => peerId !== "noor"), named];
  session.emit({ type: "peer-changed", peer: named });
  assert(storage.getItem(knownPeopleEntry)?.includes("Noor"));
});

Deno.test("who is not verified is not remembered", () => {
  const storage = memory();
  const { trust } = scene({ storage });
  trust.emit({ type: "identity", peerId: "ann", identity: annsBrowser });
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  assertEquals(storage.getItem(knownPeopleEntry), null);
});

Deno.test("a changed link is told with who was removed, and by whom", () => {
  const { trust, store, leave } = scene();
  leave("bob", "kicked");
  trust.emit({ type: "secret", secret: "t", by: "ann" });
  const link = { key: "link", kind: "link-changed" } as const;
  assertEquals(store.notices, [{ ...link, by: "Ann", removed: ["Bob"] }]);
  trust.emit({ type: "secret", secret: "u", by: "me" });
  assertEquals(store.notices, [{ ...link, by: undefined, removed: [] }]);
});

Deno.test("the first link of a visit is no news, and tells whether the room is sealed", () => {
  const { trust, store } = scene();
  assertEquals(store.sealed, true);
  trust.emit({ type: "secret", secret: undefined });
  assertEquals([store.sealed, store.notices], [false, []]);
});

Deno.test("safety words are there when the session has them, and close with the peer", () => {
  const { trust, store, leave } = scene();
  trust.verify("ann", annsBrowser);
  assertEquals(store.of("ann").words, undefined);
  store.openWords("ann");
  trust.emit({ type: "safety-words", peerId: "ann", words: [1, 2, 3, 4, 5, 6, 63] });
  assertEquals([store.comparing, store.of("ann").words?.length], ["ann", 7]);
  leave("ann");
  assertEquals(store.comparing, undefined);
});

Deno.test("after the visit nothing is left", () => {
  const { session, trust, store } = scene();
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  store.openWords("ann");
  session.leave();
  assertEquals([store.notices, store.comparing], [[], undefined]);
});

Deno.test("a closed store listens to nothing", () => {
  const { session, trust, store } = scene();
  store.close();
  trust.emit({ type: "trust", peerId: "ann", trust: alarm });
  assertEquals([store.notices, session.listeners], [[], 0]);
});
