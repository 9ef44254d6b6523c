import { assert, assertEquals } from "../../assert.ts";
import type { Outgoing } from "../../../signaling/core/core_types.ts";
import { isSkyrtcFrame, Skyrtc } from "../../../signaling/dialects/skyrtc.ts";
import { silentState } from "../../../protocol/mod.ts";

const read = (eventName: unknown, data: unknown) =>
  new Skyrtc("Guest 1").decode(JSON.stringify({ eventName, data }));

function message(eventName: string, data: unknown) {
  const parsed = read(eventName, data);
  assert(parsed.ok, `${eventName} should be understood`);
  return parsed.message;
}

function event(said: Outgoing): unknown {
  const frame = new Skyrtc("Guest 1").encode(said);
  return frame === undefined ? undefined : JSON.parse(frame);
}

Deno.test("__join names a room as the origin's pages do", () => {
  const roomOf = (room: unknown) => {
    const join = message("__join", { room });
    assert(join.type === "join");
    assertEquals(join.name, "Guest 1");
    return join.room;
  };
  assertEquals(roomOf("tea"), "tea");
  assertEquals(roomOf(""), "__default");
  assertEquals(roomOf(undefined), "__default");
  assertEquals(roomOf("#tea"), "tea");
  assertEquals(roomOf("%E4%BC%9A"), "会");
  for (const name of ["__proto__", "constructor", "toString"]) assertEquals(roomOf(name), name);
});

Deno.test("__join names no room of characters that show nothing", () => {
  for (const room of ["\u3164", "#%E3%85%A4", "\u200b", "tea\ufe0f", "\u115f\u1160"]) {
    assertEquals(read("__join", { room }).ok, false, JSON.stringify(room));
  }
});

Deno.test("offers, answers and candidates become signals to their target", () => {
  const sdp = { type: "offer", sdp: "v=0" } as const;
  assertEquals(message("__offer", { sdp, socketId: "b" }), {
    type: "signal",
    to: "b",
    body: JSON.stringify({ kind: "description", description: sdp }),
  });
  assertEquals(message("__answer", { sdp: { ...sdp, type: "answer" }, socketId: "b" }), {
    type: "signal",
    to: "b",
    body: JSON.stringify({ kind: "description", description: { type: "answer", sdp: "v=0" } }),
  });
  assertEquals(message("__ice_candidate", { label: 1, candidate: "c", socketId: "b" }), {
    type: "signal",
    to: "b",
    body: JSON.stringify({
      kind: "candidate",
      candidate: { candidate: "c", sdpMid: null, sdpMLineIndex: 1, usernameFragment: null },
    }),
  });
  const full = message("__ice_candidate", {
    label: 0,
    sdpMLineIndex: 2,
    sdpMid: "x",
    id: "x",
    candidate: "c",
    socketId: "b",
  });
  assert(full.type === "signal");
  const { candidate } = JSON.parse(full.body);
  assertEquals([candidate.sdpMid, candidate.sdpMLineIndex], ["x", 2]);
});

Deno.test("frames that ended the origin's process are refused with a reason", () => {
  for (
    const [eventName, data] of [
      ["__join", undefined],
      ["__join", null],
      ["__join", { room: 5 }],
      ["__join", { room: "a b" }],
      ["__offer", {}],
      ["__offer", { sdp: null, socketId: "b" }],
      ["__answer", { sdp: { sdp: 1 }, socketId: "b" }],
      ["__ice_candidate", { label: "x", candidate: "c", socketId: "b" }],
      ["__chat", { text: "" }],
      ["error", {}],
      ["constructor", {}],
      [7, {}],
    ]
  ) assert(!read(eventName, data).ok, JSON.stringify([eventName, data]));
});

Deno.test("what the server says has the origin's names, and what it had no name for is not sent", () => {
  const peer = {
    peerId: "b",
    name: "Bo",
    dialect: "parley",
    state: silentState,
    away: false,
  } as const;
  assertEquals(
    event({
      type: "welcome",
      peerId: "a",
      room: "r",
      name: "Guest 1",
      roster: [peer],
      resumed: false,
      resumeToken: "t",
      iceServers: [],
      capacity: 8,
      epoch: 1,
      revision: 1,
      missed: [],
      recent: [],
      gap: false,
      at: 1,
    }),
    { eventName: "_peers", data: { connections: ["b"], you: "a" } },
  );
  assertEquals(event({ type: "peer-joined", revision: 1, peer }), {
    eventName: "_new_peer",
    data: { socketId: "b" },
  });
  assertEquals(event({ type: "peer-left", revision: 1, peerId: "b", reason: "lost" }), {
    eventName: "_remove_peer",
    data: { socketId: "b" },
  });
  const description = { type: "answer", sdp: "v=0", exchange: 3 } as const;
  assertEquals(
    event({
      type: "signal",
      from: "b",
      body: JSON.stringify({ kind: "description", description }),
    }),
    { eventName: "_answer", data: { sdp: { type: "answer", sdp: "v=0" }, socketId: "b" } },
  );
  const line = { id: 1, ref: "r", from: "b", name: "Bo", text: "hi", at: 5 };
  assertEquals(event({ type: "chat", line }), {
    eventName: "_chat",
    data: { socketId: "b", name: "Bo", text: "hi", at: 5 },
  });
  assertEquals(event({ type: "tick", at: 1 }), undefined);
  assertEquals(event({ type: "error", code: "rate", message: "x" }), {
    eventName: "_error",
    data: { code: "rate", message: "x" },
  });
});

Deno.test("a candidate goes out with label and sdpMid, the end of candidates does not", () => {
  const candidate = { candidate: "c", sdpMid: "0", sdpMLineIndex: 1, usernameFragment: null };
  const say = (text: string) =>
    event({
      type: "signal",
      from: "b",
      body: JSON.stringify({ kind: "candidate", candidate: { ...candidate, candidate: text } }),
    });
  assertEquals(say("c"), {
    eventName: "_ice_candidate",
    data: { label: 1, sdpMid: "0", candidate: "c", socketId: "b" },
  });
  assertEquals(say(""), undefined);
});

Deno.test("only a first frame with an own property eventName makes a SkyRTC client", () => {
  assert(isSkyrtcFrame({ eventName: "__join" }));
  for (const frame of [null, 1, "eventName", [], {}, { type: "join" }]) {
    assert(!isSkyrtcFrame(frame));
  }
});

Deno.test("its pages hear of no raised hands and no reactions", () => {
  assertEquals(event({ type: "hands", peerIds: ["a"] }), undefined);
  assertEquals(event({ type: "reaction", peerId: "a", reaction: "heart" }), undefined);
});
