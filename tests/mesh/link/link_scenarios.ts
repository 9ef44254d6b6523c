/**
 * Scenarios with two linked people, which run over the fake connection and in real browsers. They
 * use only the W3C interface; the pair hides the differences.
 */
import { type Slot, slots } from "../../../mesh/events.ts";
import type { PeerLink } from "../../../mesh/link/peer_link.ts";
import { ufragOf } from "../../../mesh/link/sdp_lines.ts";

export interface ScenarioSide extends LinkEnd {
  readonly link: PeerLink;
  /** Offers sent so far. */
  offers: number;
  /** Gives the slot a new track, or none. */
  turn(slot: Slot, on: boolean): void;
  /** Once, as soon as an offer has been sent; the answer is not there yet. */
  onOffer: (() => void) | undefined;
}

export interface ScenarioPair {
  /** The polite one. */
  readonly a: ScenarioSide;
  readonly b: ScenarioSide;
  /** Resolves when neither side has anything left to negotiate. */
  settle(): Promise<void>;
  /** Resolves when both are connected, or throws. */
  connected(): Promise<void>;
  /** Resolves when media arrives at `side` in `slot`, or throws. */
  flows(side: ScenarioSide, slot: Slot): Promise<void>;
}

/** Counts an offer that is being sent; `onOffer` runs once the sender has done with it. */
export function noteOffer(side: ScenarioSide): void {
  side.offers++;
  const { onOffer } = side;
  side.onOffer = undefined;
  if (onOffer !== undefined) queueMicrotask(onOffer);
}

function expect(truth: boolean, words: string): asserts truth {
  if (!truth) throw new Error(`expected: ${words}`);
}

function isBase(slot: Slot): boolean {
  return slot === "microphone" || slot === "camera";
}

/** The part of one end that both sides must agree on. */
export interface LinkEnd {
  readonly link: Pick<PeerLink, "trackOf">;
  readonly connection: RTCPeerConnection;
  readonly wanted: ReadonlyMap<Slot, MediaStreamTrack | null>;
}

/** Both are stable, and each gets exactly what the other sends, in the right slot. */
export function expectAgreement(pair: { readonly a: LinkEnd; readonly b: LinkEnd }): void {
  for (const [receiver, sender] of [[pair.a, pair.b], [pair.b, pair.a]] as const) {
    const { connection } = receiver;
    expect(connection.signalingState === "stable", `stable, not ${connection.signalingState}`);
    const media = connection.localDescription?.sdp.match(/^m=(audio|video)/gm) ?? [];
    expect(media.length <= 4, `at most four m-lines, not ${media.join()}`);
    for (const slot of slots) expectSlot(slot, { receiver, sender });
  }
}

function expectSlot(
  slot: Slot,
  { receiver, sender }: { receiver: LinkEnd; sender: LinkEnd },
): void {
  const wanted = sender.wanted.get(slot) ?? null;
  const track = receiver.link.trackOf(slot);
  // The first two slots always exist; the peer's state says whether they have media.
  const there = isBase(slot) || wanted !== null;
  expect((track !== null) === there, `${slot} is ${there ? "" : "not "}heard of`);
  if (track === null) return;
  const at = receiver.connection.getTransceivers().find((each) => each.receiver.track === track);
  expect(typeof at?.mid === "string", `${slot} has an m-line`);
  const opposite = sender.connection.getTransceivers().find(({ mid }) => mid === at.mid);
  expect(opposite?.currentDirection?.startsWith("send") === true, `${slot} is sent`);
  expect(opposite.sender.track === wanted, `${slot} carries what was wanted`);
}

async function call(pair: ScenarioPair): Promise<void> {
  pair.a.link.call();
  await pair.settle();
}

export const scenarios: Readonly<Record<string, (pair: ScenarioPair) => Promise<void>>> = {
  "two people without any track connect"(pair) {
    return call(pair).then(() => pair.connected());
  },

  async "tracks that were there before are sent after one round"(pair) {
    const { a, b } = pair;
    for (const slot of ["microphone", "camera"] as const) {
      a.turn(slot, true);
      b.turn(slot, true);
    }
    await call(pair);
    expect(a.offers + b.offers === 1, `one offer, not ${a.offers + b.offers}`);
    await pair.connected();
    for (const side of [a, b]) {
      for (const slot of ["microphone", "camera"] as const) await pair.flows(side, slot);
    }
  },

  async "camera and microphone come and go without an offer"(pair) {
    const { a, b } = pair;
    await call(pair);
    await pair.connected();
    for (const on of [true, false, true]) {
      for (const side of [a, b]) {
        side.turn("camera", on);
        side.turn("microphone", on);
      }
      await pair.settle();
    }
    expect(a.offers + b.offers === 1, `one offer, not ${a.offers + b.offers}`);
    await pair.flows(a, "camera");
    await pair.flows(b, "microphone");
  },

  async "a pending offer is replaced by one that restarts ICE and offers the same"(pair) {
    const { a, b } = pair;
    await call(pair);
    await pair.connected();
    const before = ufragOf(b.connection.localDescription?.sdp ?? "");
    const offered: string[] = [];
    b.onOffer = () => {
      offered.push(ufragOf(b.connection.pendingLocalDescription?.sdp ?? "") ?? "");
      b.link.resume();
    };
    b.turn("screen", true);
    b.link.restartIce();
    b.link.observe({ flow: "flowing", isRelayedHere: true });
    b.link.configure({}, true);
    await pair.settle();
    expectAgreement(pair);
    const now = ufragOf(b.connection.localDescription?.sdp ?? "");
    expect(offered.length === 1 && offered[0] !== "", "an offer was pending");
    expect(now !== before && now !== offered[0], "the credentials are those of the second offer");
    await pair.connected();
    await pair.flows(a, "screen");
  },

  async "a screen is shared, stopped and shared again over the same m-line"(pair) {
    const { a, b } = pair;
    await call(pair);
    await pair.connected();
    for (const side of [a, b, a]) {
      side.turn("screen", true);
      await pair.settle();
      expectAgreement(pair);
      await pair.flows(side === a ? b : a, "screen");
      side.turn("screen", false);
      await pair.settle();
      expectAgreement(pair);
    }
  },

  async "both share a screen at the same moment, one with sound"(pair) {
    const { a, b } = pair;
    await call(pair);
    await pair.connected();
    a.turn("screen", true);
    b.turn("screen", true);
    a.turn("screen-audio", true);
    await pair.settle();
    expectAgreement(pair);
    await pair.flows(a, "screen");
    await pair.flows(b, "screen");
    await pair.flows(b, "screen-audio");
  },

  async "a screen is shared while the camera is off"(pair) {
    const { a, b } = pair;
    a.turn("screen", true);
    await call(pair);
    await pair.connected();
    await pair.flows(b, "screen");
    a.turn("camera", true);
    await pair.settle();
    await pair.flows(b, "camera");
  },

  async "both stop one share and start another at the same moment"(pair) {
    const { a, b } = pair;
    await call(pair);
    a.turn("screen", true);
    await pair.settle();
    a.turn("screen", false);
    b.turn("screen", true);
    b.turn("screen-audio", true);
    await pair.settle();
    expectAgreement(pair);
    await pair.connected();
    await pair.flows(a, "screen");
  },

  async "both call each other at the same moment"(pair) {
    const { a, b } = pair;
    a.turn("camera", true);
    b.turn("camera", true);
    a.link.call();
    b.link.call();
    await pair.settle();
    expectAgreement(pair);
    await pair.connected();
    await pair.flows(a, "camera");
    await pair.flows(b, "camera");
  },

  async "both ask for new ICE credentials at the same moment"(pair) {
    const { a, b } = pair;
    b.turn("camera", true);
    await call(pair);
    await pair.connected();
    const before = ufrag(a.connection);
    a.connection.restartIce();
    b.connection.restartIce();
    await pair.settle();
    expect(ufrag(a.connection) !== before, "new credentials");
    await pair.connected();
    await pair.flows(a, "camera");
  },

  async "either starts over with a new connection"(pair) {
    const { a, b } = pair;
    b.turn("camera", true);
    await call(pair);
    await pair.connected();
    for (const side of [b, a]) {
      const before = [a.connection, b.connection];
      side.link.call();
      await pair.settle();
      expectAgreement(pair);
      expect(!before.includes(a.connection) && !before.includes(b.connection), "new connections");
      await pair.connected();
      await pair.flows(a, "camera");
    }
  },
};

function ufrag(connection: RTCPeerConnection): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(connection.currentLocalDescription?.sdp ?? "")?.[1];
}
