import { assert, assertEquals } from "../../assert.ts";
import { AdminStore } from "../../../app/admin/admin_store.ts";

const rules = {
  locked: false,
  knocking: false,
  password: false,
  chat: "everyone",
  screen: "everyone",
  files: "everyone",
  capacity: 8,
  owners: [],
};
const brief = { name: "tea", url: "http://here/r/tea", sealed: false, peers: 1, rules };
const inFull = {
  ...{ name: "tea", url: "http://here/r/tea", sealed: false, rules },
  peers: [{ peerId: "p1", name: "Ann", dialect: "parley", away: false, owner: true }],
  invites: [],
  ownerUrl: "http://here/r/tea#owner=k",
};

/** A server that answers what the test says, in the order of asking. */
class Desk {
  readonly asked: string[] = [];
  readonly kept = new Map<string, string>();
  readonly nodes: unknown[] = [];
  answer: (path: string) => Response | Promise<Response> = () => json(200, { rooms: [brief] });

  store(): AdminStore {
    return new AdminStore({
      base: "/talk",
      storage: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, text) => void this.kept.set(key, text),
        removeItem: (key) => void this.kept.delete(key),
      },
      fetch: (input, init) => {
        const { method, headers } = new Request(new URL(String(input), "http://here"), init);
        if (String(input).endsWith("/nodes")) {
          return Promise.resolve(json(200, { nodes: this.nodes }));
        }
        this.asked.push(`${method} ${input} ${headers.get("authorization")}`);
        return Promise.resolve(this.answer(String(input)));
      },
    });
  }
}

function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers });
}

Deno.test("a token is kept once the server accepts it, and deleted when it no longer does", async () => {
  const desk = new Desk();
  const store = desk.store();
  desk.answer = () => json(401, { error: "show the admin token" });
  assertEquals([await store.enter("wrong"), desk.kept.size], [false, 0]);
  assertEquals([store.place.value.kind, store.trouble.value?.kind], ["door", "wrong-token"]);
  desk.answer = () => json(200, { rooms: [brief] });
  assert(await store.enter(" right "));
  assertEquals([...desk.kept.values()], ["right"]);
  assertEquals(store.trouble.value, undefined);
  const next = desk.store();
  await next.refresh();
  assertEquals(next.place.value, { kind: "rooms", rooms: [brief] } as typeof next.place.value);
  assertEquals(desk.asked.at(-1), "GET /talk/api/v1/rooms Bearer right");
  desk.answer = () => json(401, {});
  await next.refresh();
  assertEquals([next.place.value.kind, desk.kept.size], ["door", 0]);
});

Deno.test("a failure is shown, and the previous content stays", async () => {
  const desk = new Desk();
  const store = desk.store();
  await store.enter("right");
  const trouble = async (answer: Desk["answer"]) => {
    desk.answer = answer;
    await store.refresh();
    assertEquals(store.place.value.kind, "rooms");
    return store.trouble.value;
  };
  assertEquals(await trouble(() => Promise.reject(new TypeError("offline"))), {
    kind: "unreachable",
  });
  assertEquals(await trouble(() => json(429, {}, { "retry-after": "4" })), {
    kind: "hasty",
    seconds: 4,
  });
  assertEquals(await trouble(() => json(503, { error: "too busy" })), {
    kind: "refused",
    reason: "too busy",
  });
  assertEquals((await trouble(() => json(200, { rooms: "none" })))?.kind, "refused");
  assertEquals(await trouble(() => json(200, { rooms: [] })), undefined);
});

Deno.test("an answer that was overtaken changes nothing", async () => {
  const desk = new Desk();
  const store = desk.store();
  await store.enter("right");
  const late = Promise.withResolvers<Response>();
  desk.answer = () => late.promise;
  const slow = store.refresh();
  desk.answer = () => json(200, inFull);
  await store.open("tea");
  late.resolve(json(200, { rooms: [] }));
  await slow;
  assertEquals(
    store.place.value,
    { kind: "room", name: "tea", room: inFull } as typeof store.place.value,
  );
});

Deno.test("orders go to the room they are about, and a room that is gone is no failure", async () => {
  const desk = new Desk();
  const store = desk.store();
  await store.enter("right");
  desk.answer = () => json(200, inFull);
  await store.open("茶/1");
  await store.remove("茶/1", { peerId: "p1", ban: true });
  const room = encodeURIComponent("茶/1");
  assertEquals(desk.asked.at(-2), `DELETE /talk/api/v1/rooms/${room}/peers/p1?ban=1 Bearer right`);
  desk.answer = () => json(404, { error: "no such room" });
  await store.refresh();
  assertEquals(store.place.value, { kind: "room", name: "茶/1", room: null });
  desk.answer = () => json(200, { rooms: [] });
  await store.close("茶/1");
  assertEquals(store.place.value, { kind: "rooms", rooms: [] });
  desk.answer = () => json(202, { status: "draining" });
  await store.drain();
  assertEquals(store.place.value, { kind: "stopping" });
});

Deno.test("the nodes of a cluster are shown with the rooms", async () => {
  const desk = new Desk();
  const store = desk.store();
  await store.enter("right");
  assertEquals(store.nodes.value, []);
  const node = { node: "a1", version: "1.0.0", takesRooms: true, rooms: 3, answering: true };
  desk.nodes.push(node);
  await store.refresh();
  assertEquals(store.nodes.value, [node]);
});
