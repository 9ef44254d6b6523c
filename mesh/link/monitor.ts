/**
 * Measures all links with one timer: detects losses that the browser does not report, and reports
 * the state of each link. Invariants:
 * 1 There is one timer, and none without links; after close() nothing runs.
 * 2 A link counts as stalled only after two measurements in a row without any packet, although the
 *   peer has something to send.
 * 3 The server gets a report at most every 2 s, and at most every 10 s if only figures have
 *   changed.
 */
import {
  type NamedRelays,
  type Peer,
  type PeerId,
  type RelayEnd,
  type RelayPlace,
  relayPlace,
  type Report,
} from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { MonitorEvent } from "../events.ts";
import type { Wake } from "../platform.ts";
import { type Measurements, reportOf, ReportPace } from "./report.ts";
import { figuresOf, type LinkFigures } from "./statistics.ts";
import type { PeerLink } from "./peer_link.ts";
import type { Want, Watch } from "./peer_message.ts";
import { efficientCodecs } from "../quality/codecs.ts";
import { type PictureSlot, Quality } from "../quality/quality.ts";
import { type PictureSender, sendWholePicture } from "../media/whole_picture.ts";

/** One link with its peer. */
export interface WatchedLink {
  readonly peer: Peer;
  /** How the peer shows the own pictures: its last `watch` message. */
  readonly watch: Watch | undefined;
  /** How the peer's pictures are shown here: the last `watch` message to it. */
  readonly shown: Watch | undefined;
  readonly link: Pick<PeerLink, "state" | "stats" | "observe" | "nudge" | "limit"> & {
    readonly senders: readonly PictureSender[];
  };
}

/** What a monitor needs. */
export interface LinkMonitorOptions {
  readonly clock: Clock;
  readonly links: () => readonly WatchedLink[];
  /** The relays that the server has named. */
  readonly relays: () => NamedRelays;
  readonly emit: (event: MonitorEvent) => void;
  /**
   * The RoomClient: sends reports, and checks its socket when a link may be dead, or the machine
   * has slept.
   */
  readonly room: {
    send(report: Report): boolean;
    checkSocket(reason?: "slept"): void;
  };
  /** The own picture in a slot; null: none. */
  readonly track: (slot: PictureSlot) => MediaStreamTrack | null;
}

/** Milliseconds. */
export const monitorTimes = {
  interval: 1_000,
  /**
   * While a link is silent or reconnecting, to notice its first packets. A divisor of `interval`.
   */
  healing: 250,
  /** A measurement that is this much later than planned shows that the machine has slept. */
  late: 10_000,
} as const;

interface LinkWatch {
  measurements: Measurements;
  /** When the last of them was made, ms. */
  at: number;
  /** Measurements in a row without a packet. */
  silent: number;
  /** The next measurement decides alone, for this reason. */
  probing: Wake | undefined;
  connected: boolean;
  pair: string | undefined;
}

/** Watches the links of one room. */
export class LinkMonitor {
  readonly #options: LinkMonitorOptions;
  readonly #watches = new Map<PeerId, LinkWatch>();
  readonly #pace = new ReportPace();
  #emitted = "[]";
  #cancel: (() => void) | undefined;
  #due = 0;
  #dueDate = 0;
  readonly #quality: Quality;
  #strained = false;

  constructor(options: LinkMonitorOptions) {
    this.#options = options;
    this.#quality = new Quality(options);
    void efficientCodecs("encode").then((codecs) => this.#quality.setEfficient(codecs));
  }

  /** See Quality. */
  get quality(): Pick<Quality, "decide" | "setLight"> {
    return this.#quality;
  }

  /** Whose relay one end of a link uses. */
  relayPlace(end: RelayEnd): RelayPlace {
    return relayPlace(end, this.#options.relays());
  }

  /** A link is new, gone, or has another state. */
  changed(): void {
    const links = this.#options.links();
    const ids = new Set(links.map(({ peer }) => peer.peerId));
    for (const peerId of this.#watches.keys()) if (!ids.has(peerId)) this.#watches.delete(peerId);
    let fresh = false;
    for (const { peer: { peerId }, link } of links) {
      const watch = this.#watches.get(peerId) ?? newWatch();
      const connected = link.state.kind === "connected";
      fresh ||= connected && !watch.connected;
      watch.connected = connected;
      this.#watches.set(peerId, watch);
    }
    if (links.length === 0) this.#stop();
    else if (this.#cancel === undefined || fresh) this.#plan();
    this.#publish();
  }

  /**
   * Checks all links now: a connected link without a packet at the next measurement has stalled.
   */
  wake(reason: Wake): void {
    if (this.#watches.size === 0) return;
    for (const { link, peer } of this.#options.links()) {
      if (link.state.kind !== "connected") link.nudge();
      const watch = this.#watches.get(peer.peerId);
      if (watch !== undefined) watch.probing = reason;
    }
    this.#measure({ decides: false });
    this.#plan();
  }

  /** There is a new session: the server may know nothing of earlier reports. */
  handleSession(): void {
    this.#pace.forget();
    this.#publish();
  }

  close(): void {
    this.#stop();
    this.#watches.clear();
    this.#quality.clear();
    this.#pace.forget();
    this.#emitted = "[]";
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #plan(): void {
    const { clock } = this.#options;
    const heals = [...this.#watches.values()].some(({ silent }) => silent > 0) ||
      this.#options.links().some(({ link }) => link.state.kind === "reconnecting");
    const ms = heals ? monitorTimes.healing : monitorTimes.interval;
    this.#cancel?.();
    this.#due = clock.now() + ms;
    this.#dueDate = clock.date() + ms;
    this.#cancel = clock.after(ms, () => this.#tick());
  }

  #tick(): void {
    const { clock, room } = this.#options;
    // In some browsers the monotonic clock stops while the machine sleeps.
    const late = Math.max(clock.now() - this.#due, clock.date() - this.#dueDate);
    this.#plan();
    if (late > monitorTimes.late) {
      room.checkSocket("slept");
      return this.wake("slept");
    }
    this.#measure({ decides: true });
  }

  #measure({ decides }: { readonly decides: boolean }): void {
    const measured = this.#options.links().map((watched) => this.#measureLink(watched, decides));
    void Promise.all(measured).then(() => {
      if (decides) this.#adapt();
      this.#publish();
    });
  }

  #adapt(): void {
    this.#quality.adapt();
    const { strained } = this.#quality;
    if (strained === this.#strained) return;
    this.#strained = strained;
    this.#options.emit({ type: "strained", strained });
  }

  async #measureLink({ peer, link, shown }: WatchedLink, decides: boolean): Promise<void> {
    const watch = this.#watches.get(peer.peerId);
    const report = await link.stats();
    if (watch === undefined || report === undefined) return;
    if (this.#watches.get(peer.peerId) !== watch) return;
    if (decides) this.#quality.addStatistics(peer.peerId, report);
    const figures = figuresOf(report);
    const counted = figures.arrivals !== null;
    const grew = counted && figures.arrivals > (watch.measurements.last?.arrivals ?? -1);
    const early = this.#options.clock.now() - watch.at < monitorTimes.interval;
    const silent = counted && !early && !grew;
    // On a path without packets, a restart of the senders would only lower their rate.
    if (grew) this.#followPair(watch, { figures, link });
    this.#note(watch, figures);
    if (!decides) return;
    if (early && link.state.kind === "connected") return;
    const { state } = peer;
    // The peer does not send pictures that are not shown here.
    const sends = state.microphone || (state.camera && isShown(shown?.camera)) ||
      (state.screen && isShown(shown?.screen));
    const { probing } = watch;
    watch.probing = undefined;
    const counts = link.state.kind === "connected" && (sends || probing === "network");
    watch.silent = silent && counts ? watch.silent + 1 : 0;
    if (watch.silent === 1) this.#options.room.checkSocket();
    const stalled = watch.silent >= 2 || (watch.silent > 0 && probing !== undefined);
    if (stalled) watch.silent = 0;
    const flow = stalled ? "stalled" : grew ? "flowing" : "unknown";
    const { relay } = figures;
    const isRelayedHere = relay !== undefined && this.relayPlace(relay) !== "elsewhere";
    link.observe({ flow, isRelayedHere });
  }

  /**
   * Packets on the old path are lost, and the other end would request a key frame only after some
   * seconds.
   */
  #followPair(
    watch: LinkWatch,
    { figures: { pair }, link }: { figures: LinkFigures; link: WatchedLink["link"] },
  ): void {
    if (pair === undefined) return;
    if (watch.pair !== undefined && watch.pair !== pair) void sendWholePicture(link.senders);
    watch.pair = pair;
  }

  #note(watch: LinkWatch, figures: LinkFigures): void {
    const now = this.#options.clock.now();
    const { last } = watch.measurements;
    // After less than an interval the rates would be inexact.
    if (now - watch.at < monitorTimes.interval && last !== undefined) {
      watch.measurements = { ...watch.measurements, last: { ...last, arrivals: figures.arrivals } };
      return;
    }
    watch.measurements = { last: figures, before: last, ms: now - watch.at };
    watch.at = now;
  }

  #publish(): void {
    const { relays, emit, room, clock } = this.#options;
    const links = this.#options.links().map(({ peer: { peerId }, link }) => {
      const { measurements } = this.#watches.get(peerId) ?? newWatch();
      return reportOf({ peerId, state: link.state, measurements, relays: relays() });
    });
    const written = JSON.stringify(links);
    if (written !== this.#emitted) {
      this.#emitted = written;
      emit({ type: "links", links });
    }
    const now = clock.now();
    if (!this.#pace.isDue(links, now)) return;
    const reports = links.map(({ relay: _own, ...report }) => report);
    if (room.send({ type: "report", links: reports })) this.#pace.handleSent(links, now);
  }
}

/** Without a `watch` message a peer sends every picture. */
function isShown(want: Want | undefined): boolean {
  return want === undefined || want.width > 0;
}

function newWatch(): LinkWatch {
  return {
    measurements: { last: undefined, before: undefined, ms: 0 },
    at: -Infinity,
    silent: 0,
    probing: undefined,
    connected: false,
    pair: undefined,
  };
}
