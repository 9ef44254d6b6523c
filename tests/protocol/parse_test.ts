import fc from "fast-check";
import { assert, assertEquals } from "../assert.ts";
import {
  cleanPersonName,
  closeCode,
  closeReason,
  errorCodes,
  limits,
  parseServerMessage,
  parseSignal,
  personName,
  readEnvelope,
  retryAfterClose,
  roomName,
  serverLimits,
  writeEnvelope,
} from "../../protocol/mod.ts";
import { parseClientMessage } from "../../protocol/parse_client.ts";

const join = { type: "join", room: "a", name: "Ann" };
const offer = { kind: "description", description: { type: "offer", sdp: "v=0" } };

function accepts(value: unknown): boolean {
  return parseClientMessage(JSON.stringify(value)).ok;
}

Deno.test("every client message in its simplest form is accepted", () => {
  const candidate = { candidate: "", sdpMid: null, sdpMLineIndex: 0, usernameFragment: null };
  const state = { microphone: true, camera: false, screen: false, hand: false };
  for (
    const message of [
      join,
      { ...join, state, resume: "t", followed: { epoch: 5, revision: 0 } },
      { type: "leave" },
      { type: "signal", to: "p", signal: offer },
      { type: "signal", to: "p", signal: { kind: "candidate", candidate } },
      { type: "signal", to: "p", signal: { kind: "candidates", candidates: [candidate] } },
      { type: "chat", ref: "r-1", text: "hi" },
      { type: "chat", ref: "r-1", text: "hi", to: "p", answers: "r-0" },
      { type: "edit", ref: "r-1", text: "ho" },
      { type: "edit", ref: "r-1", text: null },
      { type: "state", state },
      { type: "rename", name: "Bo" },
      { type: "react", reaction: "heart" },
      {
        type: "report",
        links: [{
          peerId: "p",
          state: "failed",
          path: "unknown",
          protocol: "unknown",
          rtt: null,
          loss: 3,
          kbps: 0,
          cause: "no-relay",
        }],
      },
      { type: "ping" },
    ]
  ) assert(accepts(message), JSON.stringify(message));
});

Deno.test("unknown fields, missing fields, wrong types and wrong tags are refused with a reason", () => {
  for (
    const value of [
      { ...join, from: "someone" },
      { ...join, at: 1 },
      { type: "join", room: "a" },
      { ...join, name: 5 },
      { ...join, state: { microphone: true } },
      { type: "chat", ref: "has space", text: "hi" },
      { type: "chat", ref: "r", text: "  " },
      { type: "signal", to: "p", signal: { ...offer, candidate: {} } },
      {
        type: "signal",
        to: "p",
        signal: { kind: "description", description: { type: "rollback" } },
      },
      { type: "constructor" },
      { type: "__proto__" },
      { type: ["join"] },
      {},
      [],
      null,
      7,
      "join",
    ]
  ) {
    const parsed = parseClientMessage(JSON.stringify(value));
    assert(!parsed.ok, JSON.stringify(value));
    assert(parsed.reason.length > 0 && parsed.reason.length <= 200);
  }
  assertEquals(parseClientMessage("{"), { ok: false, reason: "not JSON" });
});

Deno.test("a field called __proto__ or constructor is an unknown field, not a way into the prototype", () => {
  assert(!parseClientMessage('{"type":"leave","__proto__":{"type":"x"}}').ok);
  assert(!accepts({ type: "leave", constructor: 1 }));
});

Deno.test("each length is accepted at its limit and refused one past it", () => {
  const cases: [number, (length: number) => unknown][] = [
    [limits.roomName, (n) => ({ ...join, room: "𠮷".repeat(n) })],
    [limits.personName, (n) => ({ ...join, name: "😀".repeat(n) })],
    [limits.chatText, (n) => ({ type: "chat", ref: "r", text: "语".repeat(n) })],
    [limits.sdp, (n) => ({
      type: "signal",
      to: "p",
      signal: { kind: "description", description: { type: "offer", sdp: "s".repeat(n) } },
    })],
    [limits.candidate, (n) => ({
      type: "signal",
      to: "p",
      signal: {
        kind: "candidate",
        candidate: {
          candidate: "c".repeat(n),
          sdpMid: null,
          sdpMLineIndex: null,
          usernameFragment: null,
        },
      },
    })],
    [limits.candidatesTogether, (n) => ({
      type: "signal",
      to: "p",
      signal: {
        kind: "candidates",
        candidates: Array.from({ length: n }, () => ({
          candidate: "c",
          sdpMid: null,
          sdpMLineIndex: null,
          usernameFragment: null,
        })),
      },
    })],
    [limits.peerId, (n) => ({ type: "remove", peerId: "p".repeat(n), ban: false })],
    [limits.chatRef, (n) => ({ type: "chat", ref: "r".repeat(n), text: "x" })],
    [limits.resumeToken, (n) => ({ ...join, resume: "t".repeat(n) })],
    [limits.ownerKey, (n) => ({ ...join, ownerKey: "k".repeat(n) })],
    [limits.invite, (n) => ({ ...join, invite: "i".repeat(n) })],
    [limits.door, (n) => ({ type: "change-door", from: "d", to: "d".repeat(n) })],
    [limits.hello, (n) => ({ type: "hello", hello: "h".repeat(n), card: "c" })],
    [limits.card, (n) => ({ type: "card", card: "c".repeat(n) })],
    [limits.note, (n) => ({ type: "note", note: "n".repeat(n) })],
    [limits.sealedLine, (n) => ({ type: "sealed-line", ref: "r", text: "t".repeat(n) })],
    [limits.relayBody, (n) => ({
      type: "signal",
      to: "p",
      signal: { kind: "sealed", body: "b".repeat(n) },
    })],
    [limits.password, (n) => ({ ...join, password: "p".repeat(n) })],
    [limits.roomCapacityMost, (capacity) => ({ type: "set-rules", capacity })],
    [serverLimits.inviteMs, (lifetimeMs) => ({ type: "make-invite", role: "member", lifetimeMs })],
  ];
  for (const [limit, message] of cases) {
    assert(accepts(message(limit)), `${limit} should be allowed`);
    assert(!accepts(message(limit + 1)), `${limit + 1} should not`);
  }
});

Deno.test("an envelope is one line with one name, and whatever is below it", () => {
  const peerId = "p".repeat(limits.peerId);
  const body = "b".repeat(limits.relayBody);
  assertEquals(readEnvelope(writeEnvelope({ peerId, body })), { peerId, body });
  assertEquals(readEnvelope(writeEnvelope({ peerId, body: "\n{}" })), { peerId, body: "\n{}" });
  const none = [
    "relay",
    "relay \n{}",
    "relay p",
    "relay p\n",
    "Relay p\n{}",
    " relay p\n{}",
    '{"type":"relay"}',
    writeEnvelope({ peerId: `${peerId}p`, body }),
    writeEnvelope({ peerId, body: `${body}b` }),
  ];
  for (const frame of none) assertEquals(readEnvelope(frame), undefined, frame.slice(0, 40));
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    readEnvelope(text);
    readEnvelope(`relay ${text}`);
    parseSignal(text);
  }));
});

Deno.test("no text makes the parsers throw", () => {
  const message = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.object().map((value) => JSON.stringify({ ...join, ...value })),
    fc.constantFrom("[".repeat(60_000), '{"a":'.repeat(10_000)),
  );
  let refused = 0;
  fc.assert(
    fc.property(message, (text) => {
      if (!parseClientMessage(text).ok) refused++;
      parseServerMessage(text);
    }),
    { numRuns: 3_000 },
  );
  assert(refused > 2_000, `only ${refused} of 3,000 were garbage`);
});

Deno.test("room names are letters and digits of any script, hyphen and underscore, in NFC", () => {
  for (
    const name of ["a", "__default", "__proto__", "constructor", "会议室", "café-7", "कमरा", "-_"]
  ) {
    assertEquals(roomName(name), name.normalize("NFC"));
  }
  assertEquals(roomName("cafe\u0301"), "café");
  for (const name of ["", "a b", "a/b", "a.b", "\u0301a", "a\u0000", "😀", "a".repeat(65)]) {
    assertEquals(roomName(name), undefined, name);
  }
});

Deno.test("person names refuse controls and bidirectional overrides, and cleaning keeps what it can", () => {
  assertEquals(personName("  Zoë 张伟 "), "Zoë 张伟");
  for (const name of ["", "   ", "a\u202eb", "a\nb", "\u200f", "x".repeat(33)]) {
    assertEquals(personName(name), undefined, JSON.stringify(name));
  }
  assertEquals(cleanPersonName("<b>\u202eAnn\n\u0000 Lee</b>"), "<b> Ann Lee</b>");
  assertEquals(cleanPersonName("x".repeat(40)), "x".repeat(32));
  assertEquals(cleanPersonName("\u202e \n"), undefined);
});

Deno.test("the close table is one to one, and everything outside it is a lost connection", () => {
  const replies = ["bad-message", "not-joined", "no-such-peer", "no-such-line", "no-private"]
    .concat("rooms-rate", "not-owner", "not-allowed", "too-many", "door");
  let closing = 0;
  for (let code = 1000; code < 5000; code++) {
    const reason = closeReason(code);
    if (reason === undefined) continue;
    closing++;
    assertEquals(closeCode(reason), code);
  }
  assertEquals(closing, errorCodes.length - replies.length);
  for (const code of [0, 1005, 1006, 3999, 4999]) assertEquals(retryAfterClose(code), "back");
  assertEquals(retryAfterClose(4502), "never");
  assertEquals(retryAfterClose(1012), "soon");
  assertEquals(retryAfterClose(1013), "later");
});
