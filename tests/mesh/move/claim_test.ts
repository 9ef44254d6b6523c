import { assertEquals } from "../../assert.ts";
import { claimMove } from "../../../mesh/move/claim.ts";
import { FakeSocket } from "../signaling/fake_socket.ts";
import { VirtualClock } from "../virtual_clock.ts";

const claim = "c".repeat(43);

function claiming() {
  const socket = new FakeSocket();
  const clock = new VirtualClock();
  const means = { url: "ws://example.org/ws", openSocket: () => socket.asReal, clock };
  return { socket, clock, answer: claimMove({ room: "tea", claim }, means) };
}

const frame = (message: unknown) => ({ data: JSON.stringify(message) });

Deno.test("a claim is the first message of its socket, which ends with the answer", async () => {
  const { socket, clock, answer } = claiming();
  socket.open();
  assertEquals(socket.said, [{ type: "claim-move", room: "tea", claim }]);
  socket.onmessage?.(frame({ type: "tick", at: 1 }));
  socket.onmessage?.(frame({ type: "move-parcel", parcel: "AAAA", resume: "token" }));
  assertEquals(await answer, { kind: "parcel", parcel: "AAAA", resume: "token" });
  assertEquals([socket.closedWith, clock.waiting], [1000, 0]);
});

Deno.test("a refusal has its reason", async () => {
  const { socket, answer } = claiming();
  socket.open();
  socket.onmessage?.(frame({ type: "move-refused", reason: "too-soon" }));
  assertEquals(await answer, { kind: "too-soon" });
});

Deno.test("an older server, a lost one and a silent one have not answered", async () => {
  const older = claiming();
  older.socket.onmessage?.(frame({ type: "error", code: "bad-message", message: "no such type" }));
  assertEquals(await older.answer, { kind: "unanswered" });
  const lost = claiming();
  lost.socket.onclose?.({ code: 1006 });
  assertEquals(await lost.answer, { kind: "unanswered" });
  const silent = claiming();
  silent.clock.advance(10_000);
  assertEquals(await silent.answer, { kind: "unanswered" });
});
