/**
 * Whether all members see the same members: a server could show each of two groups only itself.
 * Each page tells the others a hash of whom it sees verified, over links that the server cannot
 * change; hashes that stay different show a split.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { packed, sha256, toBase64url } from "./bytes.ts";

/** ms that two views may differ: members come and go, and messages take their time. */
const patienceMs = 15_000;

/** A member that is seen: its id and its certificate. */
export interface Seen {
  readonly id: PeerId;
  readonly fingerprint: string;
}

/** The hash of all members that one page sees, itself included. */
export async function viewOf(seen: readonly Seen[]): Promise<string> {
  const entries = seen.map(({ id, fingerprint }) => `${id} ${fingerprint}`).toSorted();
  return toBase64url(await sha256(packed("view", ...entries)));
}

interface Other {
  view: string;
  cancel: (() => void) | undefined;
  differs: boolean;
}

/** Compares the views of the other members with the own one. */
export class Views {
  readonly #clock: Clock;
  readonly #tell: (peerId: PeerId, differ: boolean) => void;
  readonly #others = new Map<PeerId, Other>();
  /** Empty: not known now. */
  #own = "";

  constructor(clock: Clock, tell: (peerId: PeerId, differ: boolean) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The own view from now on; empty: it is not known now. */
  setOwn(view: string): void {
    this.#own = view;
    for (const peerId of this.#others.keys()) this.#compare(peerId);
  }

  /** A member tells its view. */
  setOther(peerId: PeerId, view: string): void {
    const other = this.#others.get(peerId) ?? { view, cancel: undefined, differs: false };
    other.view = view;
    this.#others.set(peerId, other);
    this.#compare(peerId);
  }

  /** There is no way to a member now, so its view may be outdated. */
  forget(peerId: PeerId): void {
    if (this.#others.has(peerId)) this.setOther(peerId, "");
    this.#others.delete(peerId);
  }

  close(): void {
    for (const { cancel } of this.#others.values()) cancel?.();
    this.#others.clear();
  }

  #compare(peerId: PeerId): void {
    const other = this.#others.get(peerId);
    if (other === undefined) return;
    other.cancel?.();
    other.cancel = undefined;
    const isSame = this.#own === "" || other.view === "" || other.view === this.#own;
    if (isSame) return this.#become(peerId, false);
    other.cancel = this.#clock.after(patienceMs, () => this.#become(peerId, true));
  }

  #become(peerId: PeerId, differs: boolean): void {
    const other = this.#others.get(peerId);
    if (other === undefined || other.differs === differs) return;
    other.differs = differs;
    this.#tell(peerId, differs);
  }
}
