/**
 * Oneself as the others are told: name and state, and the telling. Invariants:
 * 1 What differs from what the server has heard is said as soon as there is a session to say it in.
 * 2 Saying the same twice is harmless, so after every loss, which may have swallowed a change, the state is said again.
 */
import {
  type PeerState,
  personName,
  type Rename,
  type SetState,
  silentState,
  type Welcome,
} from "../../protocol/mod.ts";
import type { Slot } from "../events.ts";

interface OwnPresenceOptions {
  /** False while there is no session. */
  readonly send: (message: SetState | Rename) => boolean;
  readonly changed: () => void;
}

/** Undefined is what may have been lost on the way. */
interface Told {
  readonly name: string | undefined;
  readonly state: PeerState | undefined;
}

/** Own name and state, kept in step with the server. */
export class OwnPresence {
  readonly #options: OwnPresenceOptions;
  #name = "";
  #state: PeerState = silentState;
  #told: Told = { name: "", state: silentState };
  #introduced: Told = this.#told;
  #microphone: MediaStreamTrack | null = null;
  #muted = false;

  constructor(options: OwnPresenceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#name;
  }

  get state(): PeerState {
    return this.#state;
  }

  /** Throws for a name that protocol/names.ts refuses. */
  rename(wished: string): void {
    const name = checkedName(wished);
    if (name === this.#name) return;
    this.#name = name;
    this.#options.changed();
    this.#tell();
  }

  /** What is sent in a slot from now on; to be called before it is. A muted microphone's track is disabled. */
  carry(slot: Slot, track: MediaStreamTrack | null): void {
    if (slot === "camera" || slot === "screen") return this.change({ [slot]: track !== null });
    if (slot !== "microphone") return;
    this.#microphone = track;
    this.setMuted(this.#muted);
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#microphone !== null) this.#microphone.enabled = !muted;
    this.change({ microphone: this.#microphone !== null && !muted });
  }

  change(part: Partial<PeerState>): void {
    const state = { ...this.#state, ...part };
    if (isSame(state, this.#state)) return;
    this.#state = state;
    this.#options.changed();
    this.#tell();
  }

  /** What a join says. A resumed session keeps what the server had instead. */
  introduce(): { readonly name: string; readonly state: PeerState } {
    const introduced = { name: this.#name, state: this.#state };
    this.#introduced = introduced;
    return introduced;
  }

  /** The join is answered. */
  welcomed({ resumed, name }: Welcome): void {
    this.#told = resumed ? { name, state: undefined } : this.#introduced;
    this.#tell();
  }

  #tell(): void {
    const { send } = this.#options;
    const [name, state] = [this.#name, this.#state];
    // What could not be said to the server was perhaps said directly, so its opposite must be said too.
    if (name !== this.#told.name) {
      const said = send({ type: "rename", name });
      this.#told = { ...this.#told, name: said ? name : undefined };
    }
    if (this.#told.state !== undefined && isSame(state, this.#told.state)) return;
    const said = send({ type: "state", state });
    this.#told = { ...this.#told, state: said ? state : undefined };
  }
}

/** The name as it will be told. Throws for one that protocol/names.ts refuses. */
export function checkedName(wished: string): string {
  const name = personName(wished);
  if (name === undefined) throw new RangeError(`"${wished}" is no name a person can have here`);
  return name;
}

function isSame(one: PeerState, other: PeerState): boolean {
  return one.microphone === other.microphone && one.camera === other.camera &&
    one.screen === other.screen && one.hand === other.hand;
}
