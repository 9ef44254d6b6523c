/** A session that does nothing by itself: tests tell it what happens and read what it was asked. */
import type { ChatAddress, RoomEvent, SessionState, Shown } from "../../../mesh/mod.ts";
import { type OwnerMessage, type Peer, silentState } from "../../../protocol/mod.ts";
import type { Session } from "../../../app/call/call.ts";

export class FakeSession implements Session {
  state: SessionState = { kind: "idle" };
  peers: Peer[] = [];
  /** Every call in order, as text. */
  readonly asked: string[] = [];
  listeners = 0;
  relayKnown = false;
  relayOnly = false;
  readonly #listeners = new Set<(event: RoomEvent) => void>();

  subscribe(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener);
    this.listeners = this.#listeners.size;
    return () => {
      this.#listeners.delete(listener);
      this.listeners = this.#listeners.size;
    };
  }

  /** Makes something happen. */
  tell(event: RoomEvent): void {
    if (event.type === "state") this.state = event.state;
    if (event.type === "peer-joined") this.peers.push(event.peer);
    for (const listener of [...this.#listeners]) listener(event);
  }

  become(state: SessionState): void {
    this.tell({ type: "state", state });
  }

  /** Enters as "me". */
  enter(): void {
    this.become({ kind: "joined", room: "attic", selfId: "me", capacity: 8 });
  }

  join({ room, name }: { room: string; name: string }): void {
    this.asked.push(`join ${room} as ${name}`);
  }

  leave(): void {
    this.asked.push("leave");
    this.become({ kind: "left", room: "attic", reason: "left" });
  }

  close(): void {
    this.asked.push("close");
    if (this.state.kind === "joined") this.become({ kind: "left", room: "attic", reason: "left" });
  }

  watch(peerId: string, { camera }: Shown): void {
    this.asked.push(`${peerId} at ${camera.width}`);
  }

  setLight(light: boolean): void {
    if (light) this.asked.push("small pictures");
  }

  setRelayOnly(relayOnly: boolean): void {
    this.relayOnly = relayOnly;
    this.asked.push(relayOnly ? "relays only" : "any way");
  }

  setTrack(slot: string, track: MediaStreamTrack | null): void {
    this.asked.push(`${track === null ? "no" : "a"} track in ${slot}`);
  }

  setMuted(muted: boolean): void {
    this.asked.push(muted ? "mute" : "unmute");
  }

  setHand(raised: boolean): void {
    this.asked.push(raised ? "hand up" : "hand down");
  }

  decide(message: OwnerMessage): boolean {
    this.asked.push(`decide ${message.type}`);
    return this.state.kind === "joined";
  }

  react(reaction: string): boolean {
    this.asked.push(`react ${reaction}`);
    return this.state.kind === "joined";
  }

  sendChat(text: string, { to, answers }: ChatAddress = {}): string | undefined {
    const more = [to && ` to ${to}`, answers && ` on ${answers}`].filter(Boolean).join("");
    this.asked.push(`say ${text}${more}`);
    return text === "" ? undefined : "ref";
  }

  changeChat(ref: string, text: string | null): boolean {
    this.asked.push(`change ${ref} to ${text}`);
    return true;
  }

  openFileChannel() {
    return undefined;
  }

  linkOf() {
    return undefined;
  }

  retryLink(peerId: string): void {
    this.asked.push(`retry ${peerId}`);
  }
}

/** A peer with everything off. */
export function peer(peerId: string, name = peerId): Peer {
  return { peerId, name, dialect: "parley", state: silentState, away: false };
}

/** Stands for a track where nobody looks inside. */
export function fakeTrack(): MediaStreamTrack {
  const track: unknown = Object.create(null);
  // deno-lint-ignore no-explicit-any -- a track is only passed on here, never read
  return track as any;
}
