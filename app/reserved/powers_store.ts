/**
 * What owners do to single people and lines, and the times of the room. Loaded with the first such
 * message, or by an owner. Invariants:
 * 1 Nothing of a person comes through here that was taken away from them, whatever they send.
 * 2 A device that was taken away from this person is off, whatever they press.
 * 3 The reason of a removal counts only if an owner gave it and the removal follows.
 */
import type { effect, ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { LeftReason, RoomEvent } from "../../mesh/mod.ts";
import type {
  Attendance,
  LateMessage,
  PeerId,
  PersonRight,
  Powers,
  PowerUpdate,
  RoomTimes,
} from "../../protocol/mod.ts";
import { saveFile } from "../../mesh/files/mod.ts";
import type { Call } from "../call/mod.ts";
import { type PowerNote, readPowerNote } from "./power_message.ts";

/** What the person is told about their rights. */
export interface RightNews {
  readonly kind: "taken" | "given";
  readonly rights: readonly PersonRight[];
}

/** What an owner has opened. */
export type OpenDialog =
  | { readonly kind: "person"; readonly peerId: PeerId; readonly name: string }
  | {
    readonly kind: "remove";
    readonly peerId: PeerId;
    readonly name: string;
    readonly ban: boolean;
  }
  | { readonly kind: "times" }
  | { readonly kind: "attendance" };

/** Why the visit has ended, if the server or an owner has said more than the close code. */
export interface LastWord {
  readonly reason?: string;
  readonly opens?: number | null;
  readonly ended?: boolean;
}

/** The part of a call that is used. */
export type ReservedCall = Pick<
  Call,
  "session" | "owners" | "devices" | "media" | "room" | "secret" | "toggleHand" | "chat"
>;

/** The dependencies; `signal` and `effect` are from the page's copy of the library. */
export interface PowersOptions {
  readonly call: ReservedCall;
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly signal: typeof signal;
  readonly effect: typeof effect;
}

/** How long an owner's page waits for the answer to a reason. */
const heardMs = 1_500;
const nothing: Powers = { type: "powers", taken: [], lent: [] };

/** The powers in one call. */
export class PowersStore {
  readonly dialog: Signal<OpenDialog | undefined>;
  readonly #call: ReservedCall;
  readonly #after: PowersOptions["after"];
  readonly #powers: Signal<Powers>;
  readonly #times: Signal<RoomTimes | undefined>;
  readonly #news: Signal<RightNews | undefined>;
  readonly #leftMs: Signal<number | undefined>;
  readonly #word: Signal<LastWord>;
  readonly #attendance: Signal<Attendance | undefined>;
  readonly #deleted: Signal<readonly { readonly from: PeerId; readonly ref: string }[]>;
  readonly #names = new Map<PeerId, string>();
  /** What is done once a person has heard why it is removed. */
  readonly #heard = new Map<PeerId, () => void>();
  readonly #undos: (() => void)[];
  /** The reason that an owner has told over the link. */
  #told: string | undefined;
  /** The notice has raised the hand. */
  #asks = false;

  constructor({ call, after, signal, effect }: PowersOptions) {
    this.#call = call;
    this.#after = after;
    this.dialog = signal<OpenDialog | undefined>(undefined);
    this.#powers = signal(nothing);
    this.#times = signal<RoomTimes | undefined>(undefined);
    this.#news = signal<RightNews | undefined>(undefined);
    this.#leftMs = signal<number | undefined>(undefined);
    this.#word = signal<LastWord>({});
    this.#attendance = signal<Attendance | undefined>(undefined);
    this.#deleted = signal<readonly { readonly from: PeerId; readonly ref: string }[]>([]);
    const { owners } = call.session;
    owners.taken = (peerId, right) => this.takenFrom(peerId).includes(right);
    this.#undos = [
      () => owners.taken = undefined,
      call.session.subscribe((event) => this.#follow(event)),
      effect(() => this.#holdDevices()),
      effect(() => {
        for (const { peer } of call.room.peers.value) {
          this.#names.set(peer.value.peerId, peer.value.name);
        }
      }),
    ];
  }

  /** Who is an owner for this call only. */
  get lent(): readonly PeerId[] {
    return this.#powers.value.lent;
  }

  /** The hours and the end; undefined: none were ever set. */
  get times(): RoomTimes | undefined {
    return this.#times.value;
  }

  /** What the person should know about their rights. */
  get news(): ReadonlySignal<RightNews | undefined> {
    return this.#news;
  }

  /** How long the room is open, as it was announced last. */
  get leftMs(): ReadonlySignal<number | undefined> {
    return this.#leftMs;
  }

  /** Who was here, as an owner was told last. */
  get attendance(): ReadonlySignal<Attendance | undefined> {
    return this.#attendance;
  }

  /** The lines that owners have deleted. */
  get deleted(): ReadonlySignal<readonly { readonly from: PeerId; readonly ref: string }[]> {
    return this.#deleted;
  }

  /** Why the visit has ended. */
  lastWord(reason: LeftReason): LastWord {
    const word = this.#word.value;
    const wasRemoved = reason === "kicked" || reason === "banned";
    if (wasRemoved && this.#told !== undefined) return { reason: this.#told };
    const fits = word.reason !== undefined && wasRemoved ||
      word.opens !== undefined && reason === "locked" || word.ended && reason === "closed";
    return fits ? word : {};
  }

  /** What was taken away from a member. */
  takenFrom(peerId: PeerId): readonly PersonRight[] {
    return this.#powers.value.taken.find((each) => each.peerId === peerId)?.rights ?? [];
  }

  /** The name of somebody who is or was here; empty if it is not known. */
  nameOf(peerId: PeerId): string {
    if (peerId === this.#selfId) return this.#call.room.self.value.name;
    return this.#names.get(peerId) ?? "";
  }

  /** Whether this person can make others owners: who is one for this call only cannot. */
  get canLend(): boolean {
    return !this.lent.includes(this.#selfId);
  }

  /** Handles a message of the server. */
  receive(message: LateMessage): void {
    if (isPowerUpdate(message)) this.#receive(message);
  }

  /** Handles a message of a peer. */
  receiveFrom(peerId: PeerId, body: unknown): void {
    const note = readPowerNote(body);
    if (note?.type === "heard") this.#heard.get(peerId)?.();
    // Anybody could say so.
    if (note?.type !== "reason" || !this.#call.owners.isOwner(peerId)) return;
    this.#told = note.reason;
    this.#tell(peerId, { type: "heard" });
  }

  /** Removes a member; an empty reason is none. */
  remove({ peerId, ban, reason }: { peerId: PeerId; ban: boolean; reason: string }): void {
    const { session, secret } = this.#call;
    const remove = () => void session.send({ type: "remove", peerId, ban });
    if (reason === "") return remove();
    if (secret.value === undefined) {
      return void session.send({ type: "remove-for", peerId, ban, reason });
    }
    // The server of a sealed room reads no reason; without a link it is left out.
    if (!this.#tell(peerId, { type: "reason", reason })) return remove();
    const act = () => {
      undo();
      if (this.#heard.delete(peerId)) remove();
    };
    const undo = this.#after(heardMs, act);
    this.#heard.set(peerId, act);
  }

  /** Asks for a right by raising the hand. */
  ask(): void {
    this.#asks = true;
    if (!this.#call.room.self.value.state.hand) this.#call.toggleHand();
  }

  dismissNews(): void {
    this.#news.value = undefined;
  }

  dismissEnding(): void {
    this.#leftMs.value = undefined;
  }

  /** Asks the server who was here. */
  askAttendance(): void {
    this.#call.session.send({ type: "ask-attendance" });
  }

  /** Saves the list of who was here. */
  save(name: string, csv: string): void {
    saveFile(new File([csv], name, { type: "text/csv;charset=utf-8" }));
  }

  close(): void {
    for (const undo of this.#undos) undo();
  }

  get #selfId(): PeerId {
    const { state } = this.#call.session;
    return "selfId" in state ? state.selfId : "";
  }

  #tell(peerId: PeerId, note: PowerNote): boolean {
    return this.#call.session.links.tell(peerId, "powers", note);
  }

  #follow(event: RoomEvent): void {
    if (event.type !== "state") return;
    const { kind } = event.state;
    if (kind === "joining") {
      this.#told = undefined;
      this.#word.value = {};
      this.#deleted.value = [];
    }
    if (kind !== "left" && kind !== "joining") return;
    this.#setPowers(nothing);
    this.#news.value = undefined;
    this.#leftMs.value = undefined;
    this.#times.value = undefined;
    this.#attendance.value = undefined;
    this.dialog.value = undefined;
  }

  #receive(message: PowerUpdate): void {
    switch (message.type) {
      case "powers":
        return this.#setPowers(message);
      case "lines-deleted":
        this.#deleted.value = [...this.#deleted.value, ...message.lines];
        return;
      case "removed-for":
        this.#word.value = { reason: message.reason };
        return;
      case "outside-hours":
        this.#word.value = { opens: message.opens };
        return;
      case "ended":
        this.#word.value = { ended: true };
        return;
      case "times":
        this.#times.value = message;
        // It was put off, or taken back.
        this.#leftMs.value = undefined;
        return;
      case "ending":
        this.#leftMs.value = message.leftMs;
        return;
      case "attendance":
        this.#attendance.value = message;
        return;
      default:
        message satisfies never;
    }
  }

  #setPowers(powers: Powers): void {
    const { owners, session } = this.#call;
    const before = owners.taken.peek();
    this.#powers.value = powers;
    const now = this.takenFrom(this.#selfId);
    owners.taken.value = now;
    // The links show and hide what peers send.
    const { rules } = owners;
    if (rules !== undefined) session.owners.handle(rules);
    const taken = now.filter((right) => !before.includes(right));
    const given = before.filter((right) => !now.includes(right));
    if (taken.length > 0) this.#news.value = { kind: "taken", rights: now };
    else if (given.length > 0) this.#give(given);
  }

  #give(rights: readonly PersonRight[]): void {
    this.#news.value = { kind: "given", rights };
    if (this.#asks && this.#call.room.self.value.state.hand) this.#call.toggleHand();
    this.#asks = false;
  }

  #holdDevices(): void {
    const { owners, media, devices } = this.#call;
    const taken = owners.taken.value;
    for (const device of ["microphone", "camera"] as const) {
      if (!taken.includes(device)) continue;
      const { kind } = media.source(device).value;
      if (kind === "off" || kind === "failed") continue;
      devices.turn(device, false);
      this.#news.value = { kind: "taken", rights: taken };
    }
  }
}

const updates: ReadonlySet<string> = new Set<PowerUpdate["type"]>([
  "powers",
  "lines-deleted",
  "removed-for",
  "times",
  "ending",
  "ended",
  "outside-hours",
  "attendance",
]);

function isPowerUpdate(message: LateMessage): message is PowerUpdate {
  return updates.has(message.type);
}
