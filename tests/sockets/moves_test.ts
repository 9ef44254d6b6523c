// Moving to another device over real sockets: the others hear nothing of it.

import { createHash } from "node:crypto";
import { assertEquals } from "../assert.ts";
import { at } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

const claim = "c".repeat(43);
const offer = {
  type: "offer-move",
  claim: createHash("sha256").update(claim).digest("base64url"),
  parcel: "AAAA",
};
const join = { type: "join", room: "tea", name: "Ann" };

Deno.test("a member moves to the first device with its code, and the others hear nothing", async () => {
  await using server = new SignallingServer();
  const [bo, laptop, phone, other] = await Promise.all([1, 2, 3, 4].map(() => server.connect()));
  if (!bo || !laptop || !phone || !other) return;
  bo.say({ ...join, name: "Bo" });
  await bo.hear("welcome");
  laptop.say(join);
  const { peerId } = await laptop.hear("welcome");
  laptop.say(offer);
  await laptop.hear("move-offered");
  phone.say({ type: "claim-move", room: "tea", claim });
  const { parcel, resume } = await phone.hear("move-parcel");
  assertEquals(parcel, "AAAA");
  other.say({ type: "claim-move", room: "tea", claim });
  assertEquals(at(await other.hear("move-refused"), "reason"), "no-code");
  phone.say({ ...join, resume });
  const welcome = await phone.hear("welcome");
  assertEquals([at(welcome, "peerId"), at(welcome, "resumed")], [peerId, true]);
  assertEquals(await laptop.closed, 4502);
  assertEquals((await bo.allHeard()).map(({ type }) => type), ["welcome", "peer-joined"]);
  const back = await server.connect();
  back.say({ ...join, resume: at(await laptop.hear("move-taken"), "resume") });
  assertEquals(at(await back.hear("welcome"), "peerId"), peerId);
  assertEquals(await phone.closed, 4502);
  assertEquals((await bo.allHeard()).map(({ type }) => type), ["welcome", "peer-joined"]);
});
