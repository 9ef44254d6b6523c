import { type Peer, type PeerId, type PeerState, silentState } from "../protocol/mod.ts";
import { Emitter } from "./emitter.ts";
import { type Environment, environment } from "./environment.ts";
import type { LinkState, RoomEvent, SessionState, Slot } from "./events.ts";

/** `url`: the WebSocket address. The rest are outside facts; the browser's own by default. */
export interface RoomSessionOptions extends Partial<Environment> {
  readonly url: string;
}

/** One person's presence in one room: signalling, links, chat, own state. Usable again after a leave. */
export class RoomSession {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #events = new Emitter<RoomEvent>();

  constructor({ url, ...facts }: RoomSessionOptions) {
    this.#url = url;
    this.#environment = environment(facts);
  }

  get state(): SessionState {
    return { kind: "idle" };
  }

  /** What the others are told about oneself. */
  get selfState(): PeerState {
    return silentState;
  }

  /** Own name as the server has it, or as it was asked for. */
  get name(): string {
    return "";
  }

  /** The others, in join order. */
  get peers(): readonly Peer[] {
    return [];
  }

  linkOf(_peerId: PeerId): LinkState | undefined {
    return undefined;
  }

  /** The remote track of a slot; null when there is none. */
  trackOf(_peerId: PeerId, _slot: Slot): MediaStreamTrack | null {
    return null;
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Enters `room`; from another room it is a move. Names must be valid by protocol/names.ts, else it throws. */
  join(_wish: { readonly room: string; readonly name: string }): void {
  }

  /** At once and for good: says goodbye, closes every link. */
  leave(): void {
  }

  /** Returns the line's ref, or undefined for a text that no room takes (empty, too long). Lines wait while the socket is away. */
  sendChat(_text: string): string | undefined {
    return undefined;
  }

  /** What the others get in `slot` from now on. Works before joining too. The track stays the caller's to stop. */
  setTrack(_slot: Slot, _track: MediaStreamTrack | null): void {
  }

  /** A muted microphone keeps its track and its sender, but the track is disabled and `selfState.microphone` is false. */
  setMuted(_muted: boolean): void {
  }

  setHand(_raised: boolean): void {
  }

  /** Throws for a name protocol/names.ts refuses. */
  rename(_name: string): void {
  }

  /** Tries a failed link again, with a new connection. */
  retryLink(_peerId: PeerId): void {
  }

  /** The connection's statistics; undefined when there is none. */
  statsOf(_peerId: PeerId): Promise<RTCStatsReport | undefined> {
    return Promise.resolve(undefined);
  }

  /** Leaves and forgets every listener. */
  close(): void {
    this.leave();
    this.#events.clear();
  }
}
