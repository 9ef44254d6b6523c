/**
 * This person's name and state as the others see them. Invariants:
 * 1 What differs from what the server knows is sent as soon as there is a session.
 * 2 Sending the same twice is harmless, so after each loss, which may have swallowed a change, the
 *   state is sent again.
 */
import {
  type PeerState,
  personName,
  type Rename,
  type SetState,
  silentState,
  type Welcome,
} from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { PresenceEvent, Slot } from "../events.ts";

/** What the server knows; undefined: it may have been lost. */
interface Known {
  readonly name: string | undefined;
  readonly state: PeerState | undefined;
}

/** Own name and state, kept in step with the server. */
export class OwnPresence extends Emitter<PresenceEvent> {
  readonly #send: (message: SetState | Rename) => boolean;
  #name = "";
  #state: PeerState = silentState;
  #known: Known = { name: "", state: silentState };
  #introduced: Known = this.#known;
  #microphone: MediaStreamTrack | null = null;
  #muted = false;

  /** `send` returns false while there is no session. */
  constructor(send: (message: SetState | Rename) => boolean) {
    super();
    this.#send = send;
  }

  /** The name that was asked for. */
  get name(): string {
    return this.#name;
  }

  /** The own devices and hand, as the others see them. */
  get state(): PeerState {
    return this.#state;
  }

  /** Throws a RangeError for a name that protocol/names.ts refuses. */
  rename(wanted: string): void {
    const name = checkedName(wanted);
    if (name === this.#name) return;
    this.#name = name;
    this.#changed();
  }

  /**
   * What is sent in a slot from now on; call it before the track is sent. A muted microphone's
   * track is disabled.
   */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    if (slot === "camera" || slot === "screen") return this.change({ [slot]: track !== null });
    if (slot !== "microphone") return;
    this.#microphone = track;
    this.setMuted(this.#muted);
  }

  /**
   * A muted microphone keeps its track and its sender, but the track is disabled and
   * `state.microphone` is false.
   */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#microphone !== null) this.#microphone.enabled = !muted;
    this.change({ microphone: this.#microphone !== null && !muted });
  }

  /** Changes what the others see of devices and hand. */
  change(part: Partial<PeerState>): void {
    const state = { ...this.#state, ...part };
    if (isSameState(state, this.#state)) return;
    this.#state = state;
    this.#changed();
  }

  /** The part of a join. A resumed session keeps what the server had instead. */
  introduce(): { readonly name: string; readonly state: PeerState } {
    const introduced = { name: this.#name, state: this.#state };
    this.#introduced = introduced;
    return introduced;
  }

  /** The join is answered. */
  handleWelcome({ resumed, name }: Welcome): void {
    this.#known = resumed ? { name, state: undefined } : this.#introduced;
    this.#publish();
  }

  #changed(): void {
    this.emit({ type: "self", name: this.#name, state: this.#state });
    this.#publish();
  }

  #publish(): void {
    const [name, state] = [this.#name, this.#state];
    // What could not be sent to the server may have been sent directly, so its opposite must be
    // sent too.
    if (name !== this.#known.name) {
      const isSent = this.#send({ type: "rename", name });
      this.#known = { ...this.#known, name: isSent ? name : undefined };
    }
    if (this.#known.state !== undefined && isSameState(state, this.#known.state)) return;
    const isSent = this.#send({ type: "state", state });
    this.#known = { ...this.#known, state: isSent ? state : undefined };
  }
}

/** The canonical name. Throws a RangeError for one that protocol/names.ts refuses. */
export function checkedName(wanted: string): string {
  const name = personName(wanted);
  if (name === undefined) throw new RangeError(`"${wanted}" is not a valid name`);
  return name;
}

/** Whether two states are the same. */
export function isSameState(one: PeerState, other: PeerState): boolean {
  return one.microphone === other.microphone && one.camera === other.camera &&
    one.screen === other.screen && one.hand === other.hand;
}
