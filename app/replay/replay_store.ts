/**
 * Hearing what was missed, as signals: keeps the own voice for others, notices cuts of their voices
 * and replays them. Invariants:
 * 1 A live voice is held back from the moment its cut is noticed until its replay is over, but not
 *   while it is gone for longer than can be replayed.
 * 2 A peer gets nothing that was said before it came, or while the microphone was muted.
 * 3 Cuts that end together are replayed together, in the order of the conversation.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { PeerId } from "../../protocol/mod.ts";
import { browserClock, type RawChannel } from "../../mesh/mod.ts";
import {
  giveVoice,
  type Hole,
  HoleWatch,
  ReplayPlayer,
  ReplayQueue,
  VoiceRecorder,
  VoiceRing,
} from "../../mesh/replay/mod.ts";
import type { Call } from "../call/mod.ts";

/** Which voices are replayed, and how long that still takes. */
export interface Replaying {
  readonly peerIds: readonly PeerId[];
  readonly seconds: number;
}

/** How voices are played here. */
export interface VoiceOutput {
  /** 0 to 1. */
  readonly gainOf: (peerId: string) => number;
  /** Silences the live voices of these people, and of nobody else. */
  readonly hold: (peerIds: ReadonlySet<string>) => void;
}

interface Running {
  readonly player: ReplayPlayer;
  readonly peerIds: readonly PeerId[];
  ms: number;
}

/** The label of its channels. */
const label = "parley-replay";
const lookMs = 250;

/** What was missed in one call. */
export class ReplayStore {
  readonly #call: Call;
  readonly #output: VoiceOutput;
  readonly #clock = browserClock;
  readonly #ring = new VoiceRing();
  readonly #recorder = new VoiceRecorder({ ring: this.#ring, clock: this.#clock });
  readonly #watch = new HoleWatch();
  readonly #replaying = signal<Replaying | undefined>(undefined);
  readonly #running = new Set<Running>();
  /** When each peer came, by the clock. */
  readonly #arrivals = new Map<PeerId, number>();
  /** The channel of each peer that hears the own voice again. */
  readonly #given = new Map<PeerId, () => void>();
  readonly #undos: (() => void)[];
  readonly #queue = new ReplayQueue();
  #held = "";

  constructor(call: Call, output: VoiceOutput) {
    this.#call = call;
    this.#output = output;
    const timer = setInterval(() => this.#look(), lookMs);
    this.#undos = [
      () => clearInterval(timer),
      effect(() => this.#followMicrophone()),
      effect(() => this.#followPeers()),
    ];
  }

  /** What is being replayed; undefined: everything is live. */
  get replaying(): ReadonlySignal<Replaying | undefined> {
    return this.#replaying;
  }

  /** Ends all replays: the person wants to be live. */
  skip(): void {
    this.#queue.clear();
    for (const { player } of [...this.#running]) player.close();
  }

  /** A peer has opened a channel to hear what it missed. */
  give(peerId: PeerId, raw: RawChannel): void {
    this.#given.get(peerId)?.();
    const since = this.#arrivals.get(peerId) ?? this.#clock.now();
    this.#given.set(peerId, giveVoice(raw, { ring: this.#ring, clock: this.#clock, since }));
  }

  close(): void {
    this.skip();
    for (const undo of this.#undos) undo();
    for (const end of this.#given.values()) end();
    this.#recorder.close();
    this.#output.hold(new Set());
  }

  #followMicrophone(): void {
    const state = this.#call.media.source("microphone").value;
    const isHeard = state.kind === "on" && !this.#call.muted.value;
    void this.#recorder.follow(isHeard ? state.track : null);
  }

  /** Remembers when each peer came; a peer whose link is cut stays. */
  #followPeers(): void {
    const peers = this.#call.room.peers.value;
    const here = new Set(peers.map(({ peerId }) => peerId));
    for (const peerId of this.#arrivals.keys()) if (!here.has(peerId)) this.#forget(peerId);
    for (const { peerId, link } of peers) {
      if (link.value.kind !== "connected" || this.#arrivals.has(peerId)) continue;
      this.#arrivals.set(peerId, this.#clock.now());
    }
  }

  #forget(peerId: PeerId): void {
    this.#arrivals.delete(peerId);
    this.#given.get(peerId)?.();
    this.#given.delete(peerId);
  }

  #look(): void {
    const now = this.#clock.now();
    const { missing, ended } = this.#watch.look(this.#arriving(), now);
    const heard = ended.filter(({ peerId }) => this.#output.gainOf(peerId) > 0);
    const running = new Map(
      [...this.#running].flatMap(({ player, peerIds }) =>
        peerIds.map((peerId) => [peerId, player.hears(peerId)] as const)
      ),
    );
    const holes = this.#queue.take({ missing, ended: heard }, { now, running });
    if (holes.length > 0) this.#start(holes);
    this.#hold([...missing, ...this.#queue.waiting, ...this.#replayed()]);
  }

  #arriving() {
    return this.#call.room.peers.peek().map(({ peerId, peer, tracks }) => {
      const track = tracks.microphone.peek();
      const receiver = this.#call.session.links.receiversOf(peerId)
        .find((receiver) => receiver.track === track);
      const mark = receiver?.getSynchronizationSources()[0]?.rtpTimestamp;
      const { dialect, state } = peer.peek();
      return { peerId, mark: dialect === "parley" ? mark : undefined, speaks: state.microphone };
    });
  }

  #start(holes: readonly Hole[]): void {
    const running: Running = {
      peerIds: holes.map(({ peerId }) => peerId),
      ms: 0,
      player: new ReplayPlayer({
        clock: this.#clock,
        holes,
        openChannel: (peerId) => this.#call.session.links.openChannel(peerId, label),
        gainOf: this.#output.gainOf,
        speakerId: this.#call.media.speakerId.peek(),
        onLeft: (ms) => {
          if (ms === undefined) this.#running.delete(running);
          else running.ms = ms;
          this.#publish();
        },
      }),
    };
    this.#running.add(running);
    this.#publish();
  }

  #replayed(): readonly PeerId[] {
    return [...this.#running].flatMap(({ peerIds }) => peerIds);
  }

  #publish(): void {
    const peerIds = this.#replayed();
    const ms = Math.max(0, ...[...this.#running].map((running) => running.ms));
    const next = peerIds.length === 0 ? undefined : { peerIds, seconds: Math.ceil(ms / 1_000) };
    const before = this.#replaying.peek();
    if (next?.seconds === before?.seconds && next?.peerIds.join() === before?.peerIds.join()) {
      return;
    }
    this.#replaying.value = next;
    if (next === undefined) this.#hold([]);
  }

  #hold(peerIds: readonly PeerId[]): void {
    const held = [...new Set(peerIds)].sort();
    if (held.join() === this.#held) return;
    this.#held = held.join();
    this.#output.hold(new Set(held));
  }
}

/** The replays of one call; undefined: this browser cannot encode or decode voices. */
export function openReplays(call: Call, output: VoiceOutput): ReplayStore | undefined {
  return VoiceRecorder.isSupported() ? new ReplayStore(call, output) : undefined;
}
