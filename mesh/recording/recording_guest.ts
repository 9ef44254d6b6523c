/**
 * This person in a recording by somebody else. Invariants:
 * 1 Nothing is recorded before the person has said yes. If they take it back, what was recorded
 *   is removed, here and at the recorder.
 * 2 A yes is for one recording by one person; after a reload of this page, and of the recorder's,
 *   it still counts. A recorder that is another member now proves with the secret of this guest
 *   that it is the same one.
 * 3 The tracks stay on the disk until the recorder says that it has every byte, or the person
 *   removes them.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { ClockOffset } from "./clock_offset.ts";
import { Delivery } from "./delivery.ts";
import { OwnTracks } from "./own_tracks.ts";
import type { RecordingFolder } from "./recording_disk.ts";
import type { RecordingMessage, Standing } from "./recording_message.ts";
import type { RecordingContext } from "./recording_parts.ts";
import type { TrackFailure } from "./track_recorder.ts";

/** The state of a guest. */
export type GuestState =
  /** `isLate`: the recording has ended; the recorder asks for what is on the disk. */
  | { readonly kind: "asked"; readonly isLate: boolean }
  | { readonly kind: "opening" }
  | { readonly kind: "recorded" }
  /** The person is not recorded, and the recording goes on. */
  | { readonly kind: "refused"; readonly why: "no" | "unable" }
  /** The disk gave up; what was recorded until then goes at the end. */
  | { readonly kind: "stopped"; readonly why: TrackFailure }
  /** `left`: bytes that the recorder does not have yet. */
  | { readonly kind: "sending"; readonly left: number }
  /**
   * The recorder has everything, or has left before, or the person does not send it, or there was
   * nothing to send.
   */
  | { readonly kind: "over"; readonly why: "delivered" | "kept" | "declined" | "nothing" };

/** What a guest needs besides the context. `by`: the recorder's name. */
export interface GuestOptions extends RecordingContext {
  readonly id: string;
  readonly recorder: PeerId;
  readonly by: string;
  /** Names the tracks; 32 hexadecimal digits. */
  readonly owner: string;
  /** What a page that is gone has recorded for this recording. */
  readonly folder: RecordingFolder | undefined;
  /** Whether that page was this one, before it was reloaded a moment ago. */
  readonly returns: boolean;
}

const pingMs = 5_000;
/** ms for which a recorder may be away, as after a crash, before nobody gets the tracks. */
const awayMs = 20_000;

/** One recording by one other member. */
export class RecordingGuest {
  readonly id: string;
  readonly owner: string;
  readonly #options: GuestOptions;
  readonly #clock = new ClockOffset();
  /** In its place before the person has answered: the owner's id is a proof, too. */
  readonly #alias: string;
  /** What only this page and the recorder know, once the person has said yes. */
  readonly #secret: string;
  #recorder: PeerId;
  #by: string;
  #folder: RecordingFolder | undefined;
  #tracks: OwnTracks | undefined;
  #delivery: Delivery | undefined;
  #state: GuestState = { kind: "asked", isLate: false };
  /** Whether the recording has ended for everybody. */
  #ended = false;
  #wasRunning = false;
  #closed = false;
  /** Counts the answers; a folder that is made for an earlier one is not used. */
  #turn = 0;
  /** What opens and removes the folder, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #cancelPing = () => {};
  #cancelAway = () => {};

  constructor(options: GuestOptions) {
    this.#options = options;
    this.id = options.id;
    this.#recorder = options.recorder;
    this.#by = options.by;
    this.#secret = options.randomId();
    this.#alias = options.randomId();
    this.#folder = options.folder;
    this.owner = options.owner;
  }

  get state(): GuestState {
    return this.#state;
  }

  get recorder(): PeerId {
    return this.#recorder;
  }

  /** The recorder's name. */
  get by(): string {
    return this.#by;
  }

  /** Whether the person has said yes, and the tracks are not delivered yet. */
  get isGiving(): boolean {
    const { kind } = this.#state;
    return kind === "opening" || kind === "recorded" || kind === "stopped" || kind === "sending";
  }

  /** Whether it ran while this person was here. */
  get wasRunning(): boolean {
    return this.#wasRunning;
  }

  /** Own tracks that nobody is going to get. */
  get kept(): RecordingFolder | undefined {
    return this.#state.kind === "over" ? this.#folder : undefined;
  }

  /** Handles one message of the recorder about this recording. */
  handle(message: RecordingMessage): void {
    this.#cancelAway();
    switch (message.kind) {
      case "running":
        this.#wasRunning = true;
        if (this.#state.kind === "asked" && this.#isKnown()) void this.#begin();
        return this.#answer();
      case "ended":
        this.#ended = true;
        this.#delivery?.handleGot(message.got);
        void this.#end();
        return this.#answer();
      case "removed":
        return void this.#keep();
      case "pong": {
        const { sent, at } = message;
        return this.#clock.add({ sent, at, received: this.#options.time() });
      }
      case "resumed":
      case "secret":
      case "standing":
      case "ping":
        return;
      default:
        return message satisfies never;
    }
  }

  /** The person answers the question. */
  answer(yes: boolean): void {
    if (this.#state.kind !== "asked" && this.#state.kind !== "refused") return;
    if (this.#ended) {
      if (yes) void this.#deliver();
      else this.#become({ kind: "over", why: "declined" });
    } else if (yes) void this.#begin();
    else this.#become({ kind: "refused", why: "no" });
    this.#answer();
  }

  /** The person takes the yes back, at any time before the tracks are delivered. */
  async revoke(): Promise<void> {
    const { kind } = this.#state;
    if (kind === "asked" || kind === "refused" || kind === "over") return;
    this.#turn++;
    this.#become(
      this.#ended ? { kind: "over", why: "nothing" } : { kind: "refused", why: "no" },
    );
    this.#answer();
    await this.#next(async () => {
      await this.#rest();
      await this.#drop();
    });
  }

  /** Whether a member who shows this secret is the recorder of this recording. */
  isProvenBy({ id, secret }: { readonly id: string; readonly secret: string }): boolean {
    return this.isGiving && id === this.id && secret === this.#secret;
  }

  /** The recorder has proved that it is another member now. */
  follow({ peerId, name }: { readonly peerId: PeerId; readonly name: string }): void {
    this.#recorder = peerId;
    this.#by = name;
    const folder = this.#folder;
    void folder?.describe({ ...folder.about, recorder: peerId, by: name }).catch(() => {});
    this.#options.changed();
  }

  /** The recorder has left the room, perhaps for a moment. */
  handleRecorderLeft(): void {
    this.#cancelAway();
    this.#cancelAway = this.#options.clock.after(awayMs, () => void this.#keep());
  }

  /** Ends everything; what is on the disk stays there. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#next(() => this.#keep());
    this.#folder?.release();
  }

  #next(task: () => Promise<void>): Promise<void> {
    return this.#work = this.#work.then(task);
  }

  /** Ends it without a delivery. */
  async #keep(): Promise<void> {
    if (this.#state.kind !== "over") {
      this.#become({ kind: "over", why: this.#folder === undefined ? "nothing" : "kept" });
    }
    await this.#rest();
  }

  /** Ends what runs. */
  async #rest(): Promise<void> {
    this.#cancelPing();
    this.#cancelAway();
    this.#delivery?.end();
    await this.#tracks?.end();
    this.#tracks = undefined;
  }

  async #drop(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    await folder?.remove().catch(() => {});
    this.#options.dropped();
  }

  /** Whether this person had said yes to this recording before their page was reloaded. */
  #isKnown(): boolean {
    const { folder, room, returns } = this.#options;
    const { state } = room;
    const selfId = state.kind === "joined" ? state.selfId : undefined;
    if (folder?.about.recorder !== this.recorder) return false;
    return returns || folder.about.self === selfId;
  }

  async #begin(): Promise<void> {
    const { kind } = this.#options.room.state;
    if (kind !== "joined" && kind !== "reconnecting") return;
    this.#become({ kind: "opening" });
    this.#ping();
    const turn = ++this.#turn;
    await this.#next(() => this.#open(turn));
    // The recording may have ended meanwhile.
    if (this.#ended) void this.#end();
  }

  async #open(turn: number): Promise<void> {
    const { disk, room, time } = this.#options;
    const { state } = room;
    if (turn !== this.#turn || state.kind !== "joined" && state.kind !== "reconnecting") return;
    const about = {
      id: this.id,
      role: "guest",
      owner: this.owner,
      room: state.room,
      recorder: this.recorder,
      by: this.by,
      self: state.selfId,
      since: Math.round(time()),
      ended: false,
    } as const;
    const isNew = this.#folder === undefined;
    this.#folder ??= await disk.make(about);
    // The person has taken it back meanwhile, or somebody has left.
    if (turn !== this.#turn || this.#state.kind !== "opening") {
      return isNew ? await this.#drop() : undefined;
    }
    if (this.#folder === undefined) return this.#become({ kind: "refused", why: "unable" });
    void this.#folder.describe(about).catch(() => {});
    this.#tracks = new OwnTracks({
      ...this.#options,
      links: room.links,
      folder: this.#folder,
      owner: this.owner,
      name: () => room.presence.name,
      offset: () => this.#clock.ms ?? 0,
      failed: (why) => this.#halt(why),
    });
    this.#become({ kind: "recorded" });
    this.#answer();
  }

  #halt(why: TrackFailure): void {
    if (this.#state.kind !== "recorded") return;
    this.#become({ kind: "stopped", why });
    this.#answer();
    void this.#tracks?.end();
  }

  async #end(): Promise<void> {
    const { kind } = this.#state;
    if (kind === "recorded" || kind === "stopped") return await this.#deliver();
    if (kind === "refused") return await this.#keep();
    if (kind !== "asked") return;
    if (this.#folder === undefined) return this.#become({ kind: "over", why: "nothing" });
    if (this.#isKnown()) return await this.#deliver();
    if (!this.#state.isLate) this.#become({ kind: "asked", isLate: true });
  }

  /** Brings everything to the recorder. */
  async #deliver(): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return this.#become({ kind: "over", why: "nothing" });
    this.#become({ kind: "sending", left: 0 });
    await this.#tracks?.end();
    this.#cancelPing();
    if (!this.#isSending()) return;
    const { exchange, clock } = this.#options;
    this.#delivery = new Delivery({
      folder,
      owner: this.owner,
      clock,
      send: (part) => exchange.send(this.recorder, part),
      cancel: (name) => exchange.cancel(name),
      progress: (left) => {
        if (this.#isSending()) this.#become({ kind: "sending", left });
      },
    });
    const result = await this.#delivery.result;
    if (!this.#isSending()) return;
    this.#become({ kind: "over", why: result === "empty" ? "nothing" : "delivered" });
    this.#answer();
    await this.#drop();
  }

  #ping(): void {
    const { tell, clock, time } = this.#options;
    tell(this.recorder, { kind: "ping", id: this.id, sent: Math.round(time()) });
    this.#cancelPing();
    this.#cancelPing = clock.after(pingMs, () => this.#ping());
  }

  #answer(): void {
    const standing = standingOf(this.#state);
    if (this.#closed || standing === undefined) return;
    const { tell } = this.#options;
    const left = this.#state.kind === "sending" ? this.#state.left : 0;
    const owner = standing === "unanswered" ? this.#alias : this.owner;
    tell(this.recorder, { kind: "standing", id: this.id, owner, standing, left });
    if (this.isGiving) tell(this.recorder, { kind: "secret", id: this.id, secret: this.#secret });
  }

  /** A function, so that the compiler does not narrow the state across an await. */
  #isSending(): boolean {
    return this.#state.kind === "sending";
  }

  #become(state: GuestState): void {
    this.#state = state;
    this.#options.changed();
  }
}

/** Undefined: this page leaves, or the recorder; neither is a no. */
function standingOf(state: GuestState): Standing | undefined {
  switch (state.kind) {
    case "asked":
      return "unanswered";
    case "refused":
    case "stopped":
      return state.why;
    case "opening":
    case "recorded":
    case "sending":
      return "yes";
    case "over":
      if (state.why === "kept") return undefined;
      return state.why === "delivered" ? "delivered" : "no";
    default:
      return state satisfies never;
  }
}
