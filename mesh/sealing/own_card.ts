/** The card of this page: drawn and sealed anew when the name, the devices or the hand change. */
import { type PeerState, silentState } from "../../protocol/mod.ts";
import type { MemberSeal } from "./card.ts";

/** What this page shows of itself. */
export interface Presence {
  readonly name: string;
  readonly state: PeerState;
}

/** The present card. */
export class OwnCard {
  /** What the next card shows. */
  presence: Presence = { name: "", state: silentState };
  readonly #serverNow: () => number;
  #raised: number | null = null;
  #count = 0;
  #sealed = "";
  /** What it says, and the seal that says it. */
  #drawn: { readonly text: string; readonly seal: MemberSeal } | undefined;

  /** `serverNow`: ms since the epoch by the server's clock, which all members share. */
  constructor(serverNow: () => number) {
    this.#serverNow = serverNow;
  }

  /** The last card, sealed; see MemberSeal. */
  get sealed(): string {
    return this.#sealed;
  }

  /** When the hand was raised, as in Card. */
  get raised(): number | null {
    return this.#raised;
  }

  /** Seals a card, unless the last one says the same. */
  async draw(seal: MemberSeal): Promise<void> {
    const { name, state } = this.presence;
    this.#raised = state.hand ? this.#raised ?? Math.round(this.#serverNow()) : null;
    const shown = { name, state, raised: this.#raised };
    const text = JSON.stringify(shown);
    if (text === this.#drawn?.text && seal === this.#drawn.seal) return;
    this.#drawn = { text, seal };
    this.#sealed = await seal.seal("card", { count: ++this.#count, ...shown });
  }
}
