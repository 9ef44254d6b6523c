import { signal } from "@preact/signals-core";
import { assertEquals } from "../../assert.ts";
import type { ClaimAnswer, Luggage } from "../../../mesh/move/mod.ts";
import { TakeStore } from "../../../app/take/take_store.ts";

const luggage = { peerId: "ann", name: "Ann", hand: true, muted: true, secret: "s" };
const parcel = { kind: "parcel", parcel: "p", resume: "token" } as const;

/** A page before joining; `answer`: that of the server. */
function page(answer: ClaimAnswer, opened: Luggage | undefined = luggage, seals = true) {
  const asked: string[] = [];
  const store = new TakeStore({
    call: {
      session: { presence: { change: ({ hand }) => void asked.push(`hand ${hand}`) } },
      showKeys: (room, keys) => void asked.push(`${room} ${JSON.stringify(keys)}`),
      join: (options) => void asked.push(JSON.stringify(options)),
    },
    room: "tea",
    means: {
      readCode: (typed) => typed === "code" ? typed : undefined,
      codeKeys: (code) => {
        asked.push(`keys of ${code}`);
        // deno-lint-ignore no-explicit-any -- an opaque key
        return Promise.resolve({ claim: "claim", key: {} as any });
      },
      openParcel: () => Promise.resolve(opened),
      claim: (claim) => {
        asked.push(claim);
        return Promise.resolve(answer);
      },
      seals,
    },
    signal,
  });
  return { store, asked };
}

const wish = { camera: true, microphone: true };

Deno.test("a call is taken over as the same person, as silent and with the same hand", async () => {
  const { store, asked } = page(parcel);
  store.prepare("code");
  await store.take("code", wish);
  assertEquals(asked, [
    "keys of code",
    "claim",
    `tea {"secret":"s"}`,
    "hand true",
    JSON.stringify({
      room: "tea",
      name: "Ann",
      wish: { ...wish, muted: true },
      resume: { token: "token", peerId: "ann" },
    }),
  ]);
  assertEquals(store.state.value.kind, "done");
});

Deno.test("what goes wrong is told, and can be tried again", async () => {
  const cases = [
    [page({ kind: "no-code" }), "code", "no-code"],
    [page({ kind: "too-soon" }), "code", "too-soon"],
    [page({ kind: "unanswered" }), "code", "unanswered"],
    [page(parcel), "cod", "unreadable"],
    [page(parcel, luggage, false), "code", "insecure"],
  ] as const;
  for (const [{ store }, typed, problem] of cases) {
    await store.take(typed, wish);
    assertEquals(store.state.value, { kind: "asking", problem });
  }
});

Deno.test("two presses claim once", async () => {
  const { store, asked } = page(parcel);
  await Promise.all([store.take("code", wish), store.take("code", wish)]);
  assertEquals(asked.filter((text) => text === "claim").length, 1);
});
