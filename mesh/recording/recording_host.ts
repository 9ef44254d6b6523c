/**
 * A recording by this person. Invariants:
 * 1 Everybody is told every two seconds that it runs, or has ended; who comes later is asked too.
 * 2 Only parts of people who said yes are accepted, each under the name that its sender has told,
 *   and none that is there already.
 * 3 What was recorded of a person who takes the yes back is removed.
 * 4 A later page of the recorder knows who said yes, and proves to each of them, and to nobody
 *   else, that it is the same recorder.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { SinkFailure } from "../files/sink.ts";
import { isGiving, KnownPeople, type KnownYes } from "./known_people.ts";
import { OwnTracks } from "./own_tracks.ts";
import type { RecordingFolder } from "./recording_disk.ts";
import type { RecordingMessage, Standing } from "./recording_message.ts";
import type { RecordingContext } from "./recording_parts.ts";
import type { FolderOf, OfferedPart } from "./track_exchange.ts";
import { dropMadeFiles } from "./recorded_track.ts";
import { readTrackFile } from "./track_names.ts";
import type { TrackFailure } from "./track_recorder.ts";

/**
 * The state of a recording. `own`: why the own tracks have ended early. `collecting`: it has ended,
 * and the others send their tracks; `failure`: why the last of their parts could not be stored.
 */
export type HostState =
  | { readonly kind: "running"; readonly own: TrackFailure | undefined }
  | { readonly kind: "collecting"; readonly failure: SinkFailure | undefined };

/**
 * How one other person stands. `isHere`: in the room now; `left`: bytes still to come; "silent":
 * their page has sent no standing. After the end, a person who is "unanswered" is asked for tracks.
 */
export interface HostedPerson {
  readonly peerId: PeerId;
  readonly name: string;
  readonly isHere: boolean;
  readonly standing: Standing | "silent";
  readonly left: number;
}

/** `isHere` is false, too, until the person has told this page how they stand. */
interface KnownPerson extends HostedPerson {
  readonly standing: Standing;
  readonly owner: string;
  readonly secret: string | undefined;
}

/** What a host needs besides the context. */
export interface HostOptions extends RecordingContext {
  readonly folder: RecordingFolder;
}

const repeatMs = 2_000;
/** More than a part ever has: sixteen pieces of two seconds. */
const partBytes = 256 * 1024 * 1024;
/** Files of one recording; enough for sixteen people and a day. */
const filesMost = 200_000;

/** One recording by this person. */
export class RecordingHost {
  readonly #options: HostOptions;
  readonly #people = new Map<PeerId, KnownPerson>();
  readonly #known: KnownPeople;
  readonly #tracks: OwnTracks | undefined;
  /** Sizes of the tracks' files in the folder by name. */
  readonly #sizes: Map<string, number>;
  #state: HostState;
  #ending: Promise<void> | undefined;
  #cancelRepeat = () => {};
  #isRemoved = false;

  private constructor(
    options: HostOptions,
    { sizes, known, people }: {
      sizes: Map<string, number>;
      known: KnownPeople;
      people: readonly KnownYes[];
    },
  ) {
    this.#options = options;
    this.#sizes = sizes;
    this.#known = known;
    for (const person of people) {
      this.#people.set(person.peerId, { secret: undefined, ...person, isHere: false, left: 0 });
    }
    const { folder, room } = options;
    if (folder.about.ended) this.#state = { kind: "collecting", failure: undefined };
    else {
      this.#state = { kind: "running", own: undefined };
      this.#tracks = new OwnTracks({
        ...options,
        links: room.links,
        owner: folder.about.owner,
        name: () => room.presence.name,
        offset: () => 0,
        failed: (own) => {
          if (this.#state.kind === "running") this.#become({ kind: "running", own });
        },
      });
    }
    this.#repeat();
  }

  /** Opens a recording with what its folder has; made files that were saved before are removed. */
  static async open(options: HostOptions): Promise<RecordingHost> {
    const { folder } = options;
    const sizes = new Map<string, number>();
    await dropMadeFiles(folder);
    for (const name of await folder.names()) {
      if (readTrackFile(name) === undefined) continue;
      const { size } = await folder.read(name);
      if (size > 0) sizes.set(name, size);
    }
    const known = new KnownPeople(folder);
    return new RecordingHost(options, { sizes, known, people: await known.read() });
  }

  get id(): string {
    return this.folder.about.id;
  }

  get folder(): RecordingFolder {
    return this.#options.folder;
  }

  get state(): HostState {
    return this.#state;
  }

  /** Whether this page has recorded. */
  get wasRunning(): boolean {
    return this.#tracks !== undefined;
  }

  /** The others, as they stand: those who are here, then those whose tracks are missing. */
  get people(): readonly HostedPerson[] {
    const here = this.#options.room.roster.peers.map(({ peerId, name }) => ({
      standing: "silent" as const,
      left: 0,
      ...this.#people.get(peerId),
      peerId,
      name,
      isHere: true,
    }));
    const away = [...this.#people.values()].filter(({ peerId }) => !this.#isHere(peerId));
    return [...here, ...away.map((person) => ({ ...person, isHere: false }))];
  }

  /** Whether tracks of people who are here are still to come, or may come. */
  get isWaiting(): boolean {
    return this.#state.kind === "collecting" &&
      [...this.#people.values()].some(({ standing, isHere, peerId }) =>
        isHere && this.#isHere(peerId) && (isGiving(standing) || standing === "unanswered")
      );
  }

  /** Ends the recording and asks for the tracks; resolves when the own ones are on the disk. */
  stop(): Promise<void> {
    return this.#ending ??= this.#stop();
  }

  /** Handles one message of a member about this recording. */
  handle(peerId: PeerId, message: RecordingMessage): void {
    const { tell, time, room, changed } = this.#options;
    if (message.kind === "ping") {
      const { id, sent } = message;
      return tell(peerId, { kind: "pong", id, sent, at: Math.round(time()) });
    }
    const known = this.#people.get(peerId);
    if (message.kind === "secret" && known !== undefined) {
      this.#people.set(peerId, { ...known, secret: message.secret });
      return void this.#keepPeople();
    }
    const peer = room.roster.peers.find((each) => each.peerId === peerId);
    if (message.kind !== "standing" || peer === undefined) return;
    const { owner, standing, left } = message;
    if (this.#isTaken(owner, peerId)) return;
    for (const person of this.#people.values()) {
      // Came back as another member.
      if (person.owner === owner) this.#people.delete(person.peerId);
    }
    const { name } = peer;
    const secret = known?.owner === owner ? known.secret : undefined;
    this.#people.set(peerId, { peerId, name, isHere: true, owner, standing, left, secret });
    void this.#keepPeople();
    if (standing === "no") void this.#removeTracks(owner);
    changed();
  }

  /** The folder for an offered part; undefined: it is declined. */
  wants(peerId: PeerId, { name, size }: OfferedPart): FolderOf | undefined {
    const file = readTrackFile(name);
    const person = this.#people.get(peerId);
    if (file === undefined || person?.owner !== file.owner) return undefined;
    if (this.#isRemoved || !isGiving(person.standing)) return undefined;
    if (size > partBytes || this.#sizes.size >= filesMost) return undefined;
    return this.#sizes.get(name) === size ? undefined : this.folder;
  }

  /** A part is on the disk, or could not be stored. */
  received(
    peerId: PeerId,
    { name, size, failure }: OfferedPart & { readonly failure: SinkFailure | undefined },
  ): void {
    const file = readTrackFile(name);
    const person = this.#people.get(peerId);
    if (file === undefined || person?.owner !== file.owner) return;
    if (failure === undefined) this.#sizes.set(name, size);
    // It was taken back while the last bytes came.
    if (!isGiving(person.standing)) void this.#removeTracks(file.owner);
    if (this.#state.kind === "collecting") this.#become({ kind: "collecting", failure });
  }

  /** Tells a member at once: its link has just come up. */
  greet(peerId: PeerId): void {
    const { tell } = this.#options;
    const person = this.#people.get(peerId);
    if (person?.secret !== undefined && !person.isHere) {
      tell(peerId, { kind: "resumed", id: this.id, secret: person.secret });
    }
    if (this.#state.kind === "running") tell(peerId, { kind: "running", id: this.id });
    else if (person?.standing !== "delivered" && person?.standing !== "no") {
      tell(peerId, { kind: "ended", id: this.id, got: this.#gotOf(person?.owner) });
    }
  }

  /** A member has left. */
  forget(peerId: PeerId): void {
    const person = this.#people.get(peerId);
    this.#people.delete(peerId);
    if (person !== undefined && isGiving(person.standing)) {
      this.#people.set(peerId, { ...person, isHere: false });
    }
    this.#options.changed();
  }

  /** Ends everything; what is on the disk stays there. */
  async close(): Promise<void> {
    this.#cancelRepeat();
    await this.#tracks?.end();
    await this.#keepPeople();
    this.folder.release();
  }

  /** Removes the recording from this browser. */
  async remove(): Promise<void> {
    this.#cancelRepeat();
    this.#isRemoved = true;
    const { room, tell, exchange } = this.#options;
    for (const { peerId } of room.roster.peers) tell(peerId, { kind: "removed", id: this.id });
    await this.#tracks?.end();
    // A browser removes no folder while a file in it is being written.
    await exchange.end(this.folder);
    await this.folder.remove();
  }

  async #stop(): Promise<void> {
    this.#become({ kind: "collecting", failure: undefined });
    this.#repeat();
    await this.#tracks?.end();
    await this.folder.describe({ ...this.folder.about, ended: true }).catch(() => {});
  }

  async #removeTracks(owner: string): Promise<void> {
    const names = [...this.#sizes.keys()].filter((name) => readTrackFile(name)?.owner === owner);
    for (const name of names) {
      this.#sizes.delete(name);
      await this.folder.drop(name);
    }
  }

  #gotOf(owner: string | undefined): number {
    const sizes = [...this.#sizes].filter(([name]) => readTrackFile(name)?.owner === owner);
    return sizes.reduce((sum, [, size]) => sum + size, 0);
  }

  /** Nobody can send under the name of somebody who is here. */
  #isTaken(owner: string, peerId: PeerId): boolean {
    if (owner === this.folder.about.owner) return true;
    const others = [...this.#people.values()].filter((other) => other.peerId !== peerId);
    return others.some((other) => other.owner === owner && this.#isHere(other.peerId));
  }

  #isHere(peerId: PeerId): boolean {
    return this.#options.room.roster.peers.some((peer) => peer.peerId === peerId);
  }

  #keepPeople(): Promise<void> {
    const yes = [...this.#people.values()].flatMap(({ peerId, name, owner, standing, secret }) =>
      isGiving(standing) ? [{ peerId, name, owner, standing, ...secret && { secret } }] : []
    );
    return this.#known.keep(yes);
  }

  #repeat(): void {
    const { room, clock } = this.#options;
    for (const { peerId } of room.roster.peers) this.greet(peerId);
    this.#cancelRepeat();
    this.#cancelRepeat = clock.after(repeatMs, () => this.#repeat());
  }

  #become(state: HostState): void {
    this.#state = state;
    this.#options.changed();
  }
}
