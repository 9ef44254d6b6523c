import { LinkMonitor } from "../../../mesh/link/monitor.ts";
import type { LinkState, OwnReport } from "../../../mesh/events.ts";
import type { PictureSender } from "../../../mesh/media/whole_picture.ts";
import type { Observation } from "../../../mesh/link/peer_link.ts";
import {
  type IceServer,
  type LinkReport,
  type PeerState,
  silentState,
} from "../../../protocol/mod.ts";
import type { Watch } from "../../../mesh/link/peer_message.ts";
import { assert, assertEquals } from "../../assert.ts";
import { microtasks } from "./fake_tasks.ts";
import { peer } from "../room_rig.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** A monitor of one link, whose state and statistics the test sets. */
class MonitorRig {
  readonly clock = new VirtualClock();
  readonly observed: Observation[] = [];
  readonly emitted: (readonly OwnReport[])[] = [];
  readonly sent: (readonly LinkReport[])[] = [];
  state: LinkState = { kind: "connected" };
  peerState: PeerState = { ...silentState, camera: true };
  stats = new Map<string, unknown>();
  iceServers: IceServer[] = [];
  nudges = 0;
  pair = "P";
  readonly senders: PictureSender[] = [];
  suspicions = 0;
  wakes = 0;
  present = true;
  shown: Watch | undefined;
  readonly monitor = new LinkMonitor({
    clock: this.clock,
    links: () =>
      this.present
        ? [{
          peer: peer("bob", { state: this.peerState }),
          watch: undefined,
          shown: this.shown,
          link: this.#link,
        }]
        : [],
    emit: (event) => {
      if (event.type === "links") this.emitted.push(event.links);
    },
    relays: () => ({ iceServers: this.iceServers, server: new URL("ws://here/ws") }),
    room: {
      send: ({ links }) => this.sent.push(links) > 0,
      checkSocket: (reason) => reason === "slept" ? this.wakes++ : this.suspicions++,
    },
    track: () => null,
  });
  /** The transport and the URL of the own relay, as the browser tells them. */
  relay: Record<string, string> = { relayProtocol: "tcp" };
  #bytes = 0;

  get flows(): Observation["flow"][] {
    return this.observed.map(({ flow }) => flow);
  }

  get #link() {
    const { state } = this;
    return {
      state,
      stats: () => Promise.resolve(this.stats),
      observe: (observation: Observation) => void this.observed.push(observation),
      nudge: () => void this.nudges++,
      senders: this.senders,
      limit: () => {},
    };
  }

  /** `seconds` pass, with or without packets. */
  async pass(seconds: number, { bytes = 0, lost = 0 } = {}): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.#bytes += bytes;
      this.#count(lost * (second + 1));
      this.clock.advance(1_000);
      await microtasks();
    }
  }

  #count(packetsLost: number): void {
    const entries = [
      {
        id: "T",
        type: "transport",
        selectedCandidatePairId: this.pair,
        bytesReceived: this.#bytes,
      },
      { id: this.pair, type: "candidate-pair", localCandidateId: "L", currentRoundTripTime: 0.048 },
      { id: "L", type: "local-candidate", candidateType: "relay", ...this.relay },
      { id: "I", type: "inbound-rtp", packetsReceived: this.#bytes / 100, packetsLost },
    ];
    this.stats = new Map(entries.map((entry) => [entry.id, entry]));
  }
}

/** A sender whose settings of `active` are kept in `set`. */
class FakeVideoSender implements PictureSender {
  readonly track = { kind: "video" };
  readonly set: boolean[] = [];
  #active: boolean;

  constructor(active = true) {
    this.#active = active;
  }

  getParameters(): RTCRtpSendParameters {
    const encodings = [{ active: this.#active }];
    return { transactionId: "t", encodings, codecs: [], headerExtensions: [], rtcp: {} };
  }

  setParameters({ encodings: [encoding] }: RTCRtpSendParameters): Promise<void> {
    this.#active = encoding?.active ?? true;
    this.set.push(this.#active);
    return Promise.resolve();
  }
}

Deno.test("a link that was heard and is silent for two looks has stalled, and the socket is asked too", async () => {
  const rig = new MonitorRig();
  rig.monitor.changed();
  await rig.pass(6, { bytes: 1_000 });
  assertEquals(rig.flows.includes("stalled"), false);
  await rig.pass(1);
  assertEquals(rig.flows.includes("stalled"), false, "one silent look is not enough");
  await rig.pass(1);
  assertEquals(rig.flows.filter((flow) => flow === "stalled").length, 1);
  assertEquals(rig.suspicions > 0, true);
  rig.monitor.close();
  assertEquals(rig.clock.waiting, 0);
});

Deno.test("on another way the video senders begin anew with a whole picture, and only then", async () => {
  const rig = new MonitorRig();
  const sender = new FakeVideoSender();
  const idle = new FakeVideoSender(false);
  rig.senders.push(sender, idle);
  rig.monitor.changed();
  await rig.pass(3, { bytes: 1_000 });
  assertEquals(sender.set, []);
  rig.pair = "Q";
  await rig.pass(3, { bytes: 1_000 });
  assertEquals([sender.set, idle.set], [[false, true], []]);
  rig.monitor.close();
});

Deno.test("who has nothing to send may be silent", async () => {
  const rig = new MonitorRig();
  rig.peerState = silentState;
  rig.monitor.changed();
  await rig.pass(30);
  assertEquals([rig.flows.includes("stalled"), rig.suspicions], [false, 0]);
  rig.monitor.close();
});

Deno.test("in another network one silent second is enough, and links in trouble are tried at once", async () => {
  const rig = new MonitorRig();
  rig.peerState = silentState;
  rig.monitor.changed();
  await rig.pass(4, { bytes: 1_000 });
  rig.monitor.wake("network");
  await microtasks();
  await rig.pass(1);
  assertEquals(rig.flows.at(-1), "stalled");
  rig.state = { kind: "failed", reason: "no-path" };
  rig.monitor.wake("visible");
  assertEquals(rig.nudges, 1);
  rig.monitor.close();
});

Deno.test("a machine that slept is noticed by a look that comes too late", async () => {
  const rig = new MonitorRig();
  rig.monitor.changed();
  await rig.pass(4, { bytes: 1_000 });
  rig.clock.jump(60_000);
  await rig.pass(2, { bytes: 1_000 });
  assertEquals(rig.wakes, 1);
  rig.monitor.close();
});

Deno.test("figures come from two looks: path, protocol, round trip, loss and rate", async () => {
  const rig = new MonitorRig();
  rig.monitor.changed();
  await rig.pass(9, { bytes: 12_500, lost: 25 });
  const [link] = rig.emitted.at(-1) ?? [];
  assert(link);
  assertEquals([link.path, link.protocol, link.rtt, link.kbps], ["relayed", "tcp", 48, 100]);
  assertEquals(link.loss, 167);
  rig.monitor.close();
});

Deno.test("why a link has failed is told as far as this end can know it", async () => {
  const rig = new MonitorRig();
  const cause = () => rig.emitted.at(-1)?.[0]?.cause;
  rig.state = { kind: "failed", reason: "no-path" };
  rig.monitor.changed();
  assertEquals(cause(), "no-relay");
  rig.iceServers = [{ urls: "turn:here" }];
  rig.monitor.changed();
  assertEquals(cause(), "relay-unreachable");
  await rig.pass(3, { bytes: 1 });
  assertEquals(cause(), "no-path");
  rig.state = { kind: "failed", reason: "no-answer" };
  rig.monitor.changed();
  assertEquals(cause(), "no-answer");
  rig.monitor.close();
});

Deno.test("the server hears of a change at once but not twice in two seconds, of mere figures every ten", async () => {
  const rig = new MonitorRig();
  rig.monitor.changed();
  assertEquals(rig.sent.length, 1);
  rig.state = { kind: "reconnecting", since: 0 };
  rig.monitor.changed();
  assertEquals(rig.sent.length, 1);
  await rig.pass(3, { bytes: 1_000 });
  assertEquals(rig.sent.at(-1)?.[0]?.state, "reconnecting");
  rig.state = { kind: "connected" };
  rig.monitor.changed();
  await rig.pass(8, { bytes: 1_000 });
  const told = rig.sent.length;
  for (let second = 0; second < 40; second++) await rig.pass(1, { bytes: 10_000 * (second % 7) });
  assert(rig.sent.length - told <= 4 && rig.sent.length > told, `${rig.sent.length - told}`);
  rig.monitor.handleSession();
  assertEquals(rig.sent.length > told, true);
  rig.monitor.close();
});

Deno.test("without links there is no timer", () => {
  const rig = new MonitorRig();
  rig.monitor.changed();
  assertEquals(rig.clock.waiting, 1);
  rig.present = false;
  rig.monitor.changed();
  assertEquals([rig.clock.waiting, rig.emitted.at(-1)], [0, []]);
});

Deno.test("a peer whose pictures are shown nowhere here owes no packets", async () => {
  const rig = new MonitorRig();
  const hidden = { width: 0, height: 0, rank: "rest" } as const;
  const shown = { ...hidden, width: 640, height: 360 };
  rig.monitor.changed();
  await rig.pass(2, { bytes: 1_000 });
  rig.shown = { type: "watch", camera: hidden, screen: shown };
  await rig.pass(5);
  assert(!rig.flows.includes("stalled"), "the camera is not sent, and there is no screen");
  rig.peerState = { ...rig.peerState, screen: true };
  await rig.pass(5);
  assert(rig.flows.includes("stalled"), "the screen should come");
});

Deno.test("the own relay is the server's unless the ICE servers or the browser say otherwise", async () => {
  const rig = new MonitorRig();
  rig.iceServers = [{ urls: ["turn:here:8000", "turn:here:8000?transport=tcp"] }];
  rig.monitor.changed();
  const look = async () => {
    await rig.pass(1, { bytes: 1_000 });
    return [rig.observed.at(-1)?.isRelayedHere, rig.emitted.at(-1)?.[0]?.relay];
  };
  assertEquals(await look(), [true, "here"]);
  rig.iceServers = [...rig.iceServers, { urls: "turn:there:1?transport=tcp" }];
  assertEquals(await look(), [true, "unknown"], "Firefox tells no URL");
  rig.relay = { ...rig.relay, url: "turn:there:1?transport=tcp" };
  assertEquals(await look(), [false, "elsewhere"]);
  assertEquals(rig.sent.flat().some((report) => "relay" in report), false, "for this page only");
  rig.monitor.close();
});
