/**
 * What verified members tell each other. The code is loaded when the first link of a sealed room
 * carries messages; what happens meanwhile is kept for it.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { lateImport } from "../late_import.ts";
import type { TrustMessage } from "./trust_message.ts";
import type { TrustTalk, TrustTalkOptions } from "./trust_talk.ts";

/** Stands in for TrustTalk until it is loaded. */
export class LateTrustTalk {
  readonly #options: Omit<TrustTalkOptions, "keys">;
  #talk: TrustTalk | undefined;
  /** Calls that wait for the code; undefined before the first link. */
  #pending: ((talk: TrustTalk) => void)[] | undefined;

  constructor(options: Omit<TrustTalkOptions, "keys">) {
    this.#options = options;
  }

  /** See TrustTalk. */
  opened(peerId: PeerId): void {
    const { keys } = this.#options.trust;
    if (keys === undefined) return;
    this.#load(keys);
    this.#run((talk) => void talk.opened(peerId));
  }

  /** See TrustTalk. */
  lost(peerId: PeerId): void {
    this.#run((talk) => talk.lost(peerId));
  }

  /** See TrustTalk. */
  receive(peerId: PeerId, message: TrustMessage): void {
    this.#run((talk) => void talk.receive(peerId, message));
  }

  /** See TrustTalk. */
  changed(): void {
    this.#run((talk) => talk.changed());
  }

  /** The visit is over. */
  reset(): void {
    this.#talk?.close();
    this.#talk = this.#pending = undefined;
  }

  #run(work: (talk: TrustTalk) => void): void {
    if (this.#talk === undefined) this.#pending?.push(work);
    else work(this.#talk);
  }

  #load(keys: TrustTalkOptions["keys"]): void {
    if (this.#pending !== undefined) return;
    const pending = this.#pending = [];
    void lateImport(() => import("./trust_talk.ts")).then(({ TrustTalk }) => {
      // The visit may be over.
      if (this.#pending !== pending) return;
      const talk = this.#talk = new TrustTalk({ ...this.#options, keys });
      this.#pending.forEach((work) => work(talk));
    });
  }
}
