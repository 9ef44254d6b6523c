/**
 * The code that this device shows so that another one takes the call over. Invariants:
 * 1 A code is offered only while the dialog is open; each opening, renewal or loss of the server
 *   makes another one.
 * 2 What was made for an earlier code changes nothing.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { KeptVisit, SessionState } from "../../mesh/mod.ts";
import type { Luggage, MadeOffer } from "../../mesh/move/mod.ts";
import type { ClientMessage, LateMessage, OwnershipUpdate } from "../../protocol/mod.ts";
import { moveLimits } from "../../protocol/moves.ts";
import type { After } from "../devices/mod.ts";
import type { Events, RoomStore } from "../room/mod.ts";

/** The part of a call that a move uses. */
export interface MovingCall {
  readonly session: {
    readonly state: SessionState;
    readonly subscribe: (
      listener: (event: { readonly type: string }) => void,
    ) => () => void;
    readonly late: Events<LateMessage>;
    readonly owners: Events<OwnershipUpdate> & {
      readonly credentials: Pick<Luggage, "ownerKey" | "invite">;
    };
    send(message: ClientMessage): boolean;
  };
  readonly room: Pick<RoomStore, "self">;
  readonly muted: ReadonlySignal<boolean>;
  readonly secret: ReadonlySignal<string | undefined>;
}

/** The dependencies. `signal` is from the page's copy of the library. */
export interface MoveOptions {
  readonly call: MovingCall;
  readonly makeOffer: (contents: Luggage, room: string) => Promise<MadeOffer>;
  /** Whether this page can seal: over plain http, browsers cannot. */
  readonly seals: boolean;
  readonly after: After;
  readonly signal: typeof signal;
}

/** What the dialog shows. */
export type MoveState =
  | { readonly kind: "closed" | "making" }
  | { readonly kind: "offered"; readonly code: string }
  /** Another device has used the code, and is about to join. */
  | { readonly kind: "taken" }
  /** The code was not used in time. */
  | { readonly kind: "late" }
  /** The server is not reached, or does not know moves. */
  | { readonly kind: "offline" | "unanswered" }
  | { readonly kind: "insecure" };

/** The server has answered by then, ms. */
const answerMs = 8_000;

/** The codes of one call. */
export class MoveStore {
  readonly state: ReadonlySignal<MoveState>;
  /** What takes the call back from the device that has it now; undefined: none was used. */
  readonly back: ReadonlySignal<KeptVisit | undefined>;
  readonly #state: Signal<MoveState>;
  readonly #back: Signal<KeptVisit | undefined>;
  readonly #options: MoveOptions;
  readonly #undos: (() => void)[];
  #cancelWait = () => {};
  /** The one that the server has not answered yet. */
  #made: MadeOffer | undefined;
  #count = 0;

  constructor(options: MoveOptions) {
    const { call: { session }, signal } = options;
    this.#options = options;
    this.state = this.#state = signal<MoveState>({ kind: "closed" });
    this.back = this.#back = signal<KeptVisit | undefined>(undefined);
    this.#undos = [
      session.late.subscribe((message) => this.#handle(message)),
      session.subscribe((event) => {
        if (event.type === "state") this.#follow(session.state.kind);
      }),
    ];
  }

  /** Shows a new code, instead of any other. */
  async open(): Promise<void> {
    const { call, seals, makeOffer } = this.#options;
    const { state } = call.session;
    const count = this.#begin({ kind: "making" });
    if (!seals) return this.#show({ kind: "insecure" });
    if (state.kind !== "joined") return this.#show({ kind: "offline" });
    const { room, selfId: peerId } = state;
    const { name, state: { hand } } = call.room.self.value;
    const { ownerKey, invite } = call.session.owners.credentials;
    const secret = call.secret.value;
    const made = await makeOffer({
      ...{ peerId, name, hand, muted: call.muted.value },
      ...ownerKey !== undefined && { ownerKey },
      ...invite !== undefined && { invite },
      ...secret !== undefined && { secret },
    }, room);
    if (count !== this.#count) return;
    this.#made = made;
    const { claim, parcel } = made;
    if (!call.session.send({ type: "offer-move", claim, parcel })) {
      return this.#show({ kind: "offline" });
    }
    this.#wait(answerMs, { kind: "unanswered" });
  }

  /** Withdraws the code. */
  dismiss(): void {
    if (this.#state.value.kind === "closed") return;
    this.#begin({ kind: "closed" });
    this.#options.call.session.send({ type: "cancel-move" });
  }

  close(): void {
    this.dismiss();
    for (const undo of this.#undos) undo();
  }

  #handle(message: LateMessage): void {
    const { session } = this.#options.call;
    if (message.type === "move-offered" && this.#made !== undefined) {
      const { code } = this.#made;
      this.#made = undefined;
      this.#show({ kind: "offered", code });
      this.#wait(message.lifetimeMs, { kind: "late" });
    }
    if (message.type !== "move-taken" || session.state.kind === "idle") return;
    if (!("selfId" in session.state)) return;
    this.#back.value = { token: message.resume, peerId: session.state.selfId };
    // Also if the dialog was closed at the same time: the code is used.
    this.#begin({ kind: "taken" });
    this.#wait(moveLimits.joinMs, { kind: "late" });
  }

  #follow(kind: SessionState["kind"]): void {
    const isOpen = this.#state.value.kind !== "closed";
    // Another visit; what has taken its place is another device, too.
    if (kind === "joining") this.#back.value = undefined;
    if (kind === "left") this.#begin({ kind: "closed" });
    else if (!isOpen) return;
    // With its socket, the server has dropped the code.
    else if (kind === "reconnecting") {
      this.#begin({ kind: "offline" });
    } else if (kind === "joined" && this.#state.value.kind === "offline") void this.open();
  }

  #begin(state: MoveState): number {
    this.#cancelWait();
    this.#made = undefined;
    this.#state.value = state;
    return ++this.#count;
  }

  #show(state: MoveState): void {
    this.#cancelWait();
    this.#state.value = state;
  }

  #wait(ms: number, then: MoveState): void {
    this.#cancelWait();
    this.#cancelWait = this.#options.after(ms, () => {
      this.#made = undefined;
      this.#state.value = then;
    });
  }
}
