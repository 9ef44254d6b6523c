/**
 * What verified members tell each other. The code is loaded when the first link of a sealed room
 * carries messages; what happens meanwhile is kept for it.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { lateImport } from "../late_import.ts";
import type { MemberTalk, RoomTrust } from "./room_trust.ts";
import type { TalkEvent, TrustTalk, TrustTalkOptions } from "./trust_talk.ts";

/** ms from the first link until the code is loaded. */
const loadMs = 1_000;

/** What people have found out about one member. */
interface Found {
  words?: readonly number[];
  identity?: string;
  differs?: boolean;
}

/** Stands in for TrustTalk until it is loaded, and keeps what it has told. */
export class LateTrustTalk implements MemberTalk {
  selfIdentity: string | undefined;
  readonly #trust: RoomTrust;
  readonly #options: Omit<TrustTalkOptions, "tell" | "tellIdentity" | "send">;
  readonly #found = new Map<PeerId, Found>();
  readonly #unsubscribe: () => void;
  #talk: TrustTalk | undefined;
  /** Calls that wait for the code; undefined before the first link. */
  #pending: ((talk: TrustTalk) => void)[] | undefined;
  #cancelLoad = () => {};
  #closed = false;

  constructor(trust: RoomTrust, options: Omit<TrustTalkOptions, "tell" | "tellIdentity" | "send">) {
    this.#trust = trust;
    this.#options = options;
    this.#unsubscribe = trust.subscribe((event) => {
      // What another page of this member has shown counts no longer.
      if (event.type === "trust" && event.trust.kind === "checking") this.forget(event.peerId);
    });
  }

  words(peerId: PeerId): readonly number[] | undefined {
    return this.#found.get(peerId)?.words;
  }

  identity(peerId: PeerId): string | undefined {
    return this.#found.get(peerId)?.identity;
  }

  viewsDiffer(peerId: PeerId): boolean {
    return this.#found.get(peerId)?.differs ?? false;
  }

  opened(peerId: PeerId): void {
    this.#load();
    this.#run((talk) => void talk.opened(peerId));
  }

  lost(peerId: PeerId): void {
    this.#run((talk) => talk.lost(peerId));
  }

  receive(peerId: PeerId, message: unknown): void {
    this.#run((talk) => void talk.receive(peerId, message));
  }

  changed(): void {
    this.#run((talk) => talk.changed());
  }

  /** A member is gone for good. */
  forget(peerId: PeerId): void {
    this.#found.delete(peerId);
  }

  close(): void {
    this.#closed = true;
    this.#cancelLoad();
    this.#unsubscribe();
    this.#talk?.close();
    this.#talk = this.#pending = undefined;
  }

  #run(work: (talk: TrustTalk) => void): void {
    if (this.#talk === undefined) this.#pending?.push(work);
    else work(this.#talk);
  }

  #load(): void {
    if (this.#pending !== undefined) return;
    this.#pending = [];
    // The first pictures have priority.
    this.#cancelLoad = this.#options.clock.after(loadMs, () => {
      void lateImport(() => import("./trust_talk.ts")).then((late) => this.#begin(late));
    });
  }

  #begin(late: { TrustTalk: typeof TrustTalk }): void {
    if (this.#closed) return;
    const talk = this.#talk = new late.TrustTalk({
      ...this.#options,
      send: (peerId, message) => this.#trust.sendOverLink(peerId, message),
      tell: (event) => this.#tell(event),
      tellIdentity: (identity) => this.selfIdentity = identity,
    });
    this.#pending?.forEach((work) => work(talk));
  }

  #tell(event: TalkEvent): void {
    const found = this.#found.get(event.peerId) ?? {};
    this.#found.set(event.peerId, found);
    if (event.type === "safety-words") found.words = event.words;
    else if (event.type === "identity") found.identity = event.identity;
    else found.differs = event.differ;
    this.#trust.emit(event);
  }
}
