/**
 * Candidates are sent together to a page that accepts that, one by one to all others; each once and
 * in order.
 */
import fc from "fast-check";
import {
  type Candidate,
  limits,
  type OpenSignal,
  RELAY_SUBPROTOCOL,
} from "../../../protocol/mod.ts";
import { readEnvelope, writeEnvelope } from "../../../protocol/relay.ts";
import { OwnCandidates, withMark } from "../../../mesh/link/own_candidates.ts";
import { assert, assertEquals } from "../../assert.ts";
import { LinkPair } from "./link_pair.ts";
import { VirtualClock } from "../virtual_clock.ts";

const sdp = "v=0\r\na=ice-ufrag:x\r\nm=audio 9 X 0\r\nm=video 9 X 0\r\n";

function candidate(text: string, usernameFragment = "x"): Candidate {
  return { candidate: text, sdpMid: "0", sdpMLineIndex: 0, usernameFragment };
}

function texts(signals: readonly OpenSignal[]): string[] {
  return signals.flatMap((signal) =>
    signal.kind === "candidate"
      ? [signal.candidate.candidate]
      : signal.kind === "candidates"
      ? signal.candidates.map((each) => each.candidate)
      : []
  );
}

/** Own candidates for a peer; `wire` has what was sent. */
function towards({ numbered = true } = {}) {
  const clock = new VirtualClock();
  const wire: OpenSignal[] = [];
  const again: OpenSignal[] = [];
  const own = new OwnCandidates({
    clock,
    numbered,
    emit: (event) => (event.again ? again : wire).push(event.signal),
  });
  return { clock, wire, again, own };
}

function find(own: OwnCandidates, count: number): string[] {
  const found = Array.from({ length: count }, (_, n) => `candidate ${n}`);
  for (const text of found) own.add(candidate(text));
  return found;
}

Deno.test("what is found in one moment goes together to a page that takes it", () => {
  const { clock, wire, own } = towards();
  own.handleDescription(withMark(sdp));
  const found = find(own, 50);
  assertEquals(wire, []);
  clock.advance(100);
  assertEquals(texts(wire), found);
  assertEquals(wire.length, Math.ceil(50 / limits.candidatesTogether));
  own.add(candidate("late"));
  own.add(candidate(""));
  assertEquals(texts(wire), [...found, "late", ""], "the end of candidates waits for nothing");
  assertEquals(clock.waiting, 0);
});

Deno.test("the first few go at once, the others wait for the peer's first description", () => {
  const { clock, wire, own } = towards();
  const first = find(own, 4);
  clock.advance(100);
  assertEquals(wire.length, 4, "one by one, as any page takes them");
  const more = find(own, 20);
  clock.advance(60_000);
  assertEquals(wire.length, 8, "a peer can check some of many addresses before it answers");
  own.handleDescription(withMark(sdp));
  own.flush();
  assertEquals(wire.length, 9);
  assertEquals(texts(wire), [...first, ...more]);
});

Deno.test("an older page, and one of SkyRTC, get one candidate in each signal", () => {
  const older = towards();
  older.own.handleDescription(sdp);
  const foreign = towards({ numbered: false });
  foreign.own.handleDescription(withMark(sdp));
  for (const { own, clock, wire } of [older, foreign]) {
    const found = find(own, 40);
    clock.advance(100);
    assertEquals(wire.length, found.length);
    assertEquals(texts(wire), found);
  }
});

Deno.test("a new round of ICE begins with nothing, and what is repeated is what was said", () => {
  const { clock, wire, again, own } = towards();
  own.handleDescription(withMark(sdp));
  find(own, 3);
  clock.advance(100);
  own.add(candidate("the last of the old one"));
  own.add(candidate("of the new round", "y"));
  own.resend();
  assertEquals(again, [], "nothing of the new round is said yet");
  clock.advance(100);
  own.resend();
  assertEquals(texts(again), ["of the new round"]);
  assertEquals(texts(wire).slice(3), ["the last of the old one", "of the new round"]);
});

Deno.test("in whatever moments they are found, each is said once and in order", () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.nat(30).map((count) => ({ do: "find" as const, count })) },
    { weight: 3, arbitrary: fc.nat(80).map((ms) => ({ do: "pass" as const, ms })) },
    { weight: 1, arbitrary: fc.boolean().map((marked) => ({ do: "hear" as const, marked })) },
    { weight: 1, arbitrary: fc.constant({ do: "say" as const }) },
  );
  fc.assert(fc.property(fc.array(act), fc.boolean(), (acts, numbered) => {
    const { clock, wire, own } = towards({ numbered });
    let count = 0;
    let takes = false;
    for (const step of acts) {
      const before = wire.length;
      if (step.do === "pass") clock.advance(step.ms);
      else if (step.do === "say") own.flush();
      else if (step.do === "hear") {
        own.handleDescription(step.marked ? withMark(sdp) : sdp);
        takes = step.marked && numbered;
      } else for (let n = 0; n < step.count; n++) own.add(candidate(`${count++}`));
      assert(takes || wire.slice(before).every(({ kind }) => kind === "candidate"));
    }
    own.handleDescription(sdp);
    own.flush();
    assertEquals(texts(wire), Array.from({ length: count }, (_, n) => `${n}`));
    assertEquals(clock.waiting, 0);
  }));
});

Deno.test("as many as go together fit into an envelope, however long they are", () => {
  const longest = {
    candidate: "c".repeat(limits.candidate),
    sdpMid: "m".repeat(64),
    sdpMLineIndex: 255,
    usernameFragment: "u".repeat(256),
  };
  const candidates = Array.from({ length: limits.candidatesTogether }, () => longest);
  const body = JSON.stringify({ kind: "candidates", candidates });
  assert(readEnvelope(writeEnvelope({ peerId: "p", body })) !== undefined, RELAY_SUBPROTOCOL);
});

Deno.test("one transport is offered to our pages, a SkyRTC page gets what it always got", async () => {
  for (const [dialect, policy] of [["parley", "max-bundle"], ["skyrtc", undefined]] as const) {
    const pair = new LinkPair({ dialect });
    const { b } = pair;
    b.link.configure({ iceTransportPolicy: "relay" });
    b.link.call();
    assertEquals(b.fake.configuration.bundlePolicy, policy);
    b.link.configure({ iceServers: [] });
    // A browser throws if this differs from the connection's first configuration.
    assertEquals(b.fake.configuration, {
      iceServers: [],
      ...policy && { bundlePolicy: policy },
    });
    await b.fake.tasks.drain();
    pair.close();
  }
});

Deno.test("the other side takes what came together, before its description too", async () => {
  const pair = new LinkPair();
  const { a, b } = pair;
  const candidates = [candidate("one", ""), candidate("two", "")]
    .map((each) => ({ ...each, usernameFragment: null }));
  b.link.receive({ kind: "candidates", candidates });
  a.link.call();
  await pair.settle();
  const { seen } = b.fake;
  assertEquals(seen.candidates.slice(0, 2), ["one", "two"]);
  b.link.receive({ kind: "candidates", candidates });
  await pair.settle();
  assertEquals(seen.candidates.filter((text) => text === "two").length, 2);
  pair.close();
});
