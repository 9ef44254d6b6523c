// What the clients of a world may do, at random.

import fc from "fast-check";
import { rooms } from "./world.ts";

const index = fc.nat({ max: 30 });
const room = fc.constantFrom(...rooms);

const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/**
 * The link in a join, and what a client of a sealed room says of itself. Mostly the link fits the
 * room, and the id is a new one.
 */
const link = fc.record({
  sealed: seldom(fc.boolean()),
  door: seldom(fc.nat({ max: 2 })),
  id: seldom(index),
  said: fc.nat({ max: 3 }),
});

/** One thing a client does; indices are taken modulo what exists. */
export const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("connect"), skyrtc: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant("join"),
      who: index,
      room,
      token: fc.option(index, { nil: undefined }),
      key: fc.option(index, { nil: undefined, freq: 2 }),
      invite: fc.option(index, { nil: undefined, freq: 3 }),
      knows: fc.boolean(),
      link,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom("lock", "knocking", "password", "chat", "remove", "ban", "close room"),
      who: index,
      whom: fc.nat({ max: 4 }),
      on: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom("answer", "mute all", "invite", "revoke"),
      who: index,
      whom: fc.nat({ max: 4 }),
      on: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom("take", "lend", "delete line", "remove for", "hours", "end", "list"),
      who: index,
      which: fc.nat({ max: 30 }),
      gives: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("come back"), token: index, room, link }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("leave"), who: index }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("chat"),
      who: index,
      ref: index,
      privately: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("edit"),
      who: index,
      line: index,
      takesBack: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom("mark", "mark", "pin", "ask"),
      who: index,
      of: fc.nat({ max: 5 }),
      on: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("signal"), who: index, to: fc.nat({ max: 12 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("change"), who: index, hand: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom("card", "hello", "line", "note"),
      who: index,
      said: fc.nat({ max: 30 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant("door"), who: index, isLate: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom("offer", "cancel", "claim", "claim"),
      who: index,
      back: fc.nat({ max: 2 }),
      joins: fc.boolean(),
      link,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("react"), who: index }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("report"), who: index }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("garbage"), who: index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("close"),
      who: index,
      code: fc.constantFrom(0, 1000, 1001, 1005, 1006, 1006, 1006),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: "move home" } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ bell: fc.nat({ max: 9 }), at: room, by: index, on: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ letIn: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("tick"), ms: fc.nat({ max: 9_000 }) }) },
);

/** One thing that a client does. */
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
