/**
 * The recordings of one visit: those of the others, in which this person may be a guest, and the
 * own ones. Invariants:
 * 1 This person runs one recording at a time.
 * 2 What a page that is gone has left on the disk is found again in the next visit to the room.
 * 3 After a reload recordings go on; a new visit goes on with none.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { subscribeTo } from "../emitter.ts";
import type { LinkEvent, RoomEvent, RosterEvent, SessionState } from "../events.ts";
import {
  browserDisk,
  type RecordingAbout,
  type RecordingDisk,
  type RecordingFolder,
} from "./recording_disk.ts";
import { RecordingGuest } from "./recording_guest.ts";
import { RecordingHost } from "./recording_host.ts";
import { readRecordingMessage, type RecordingMessage } from "./recording_message.ts";
import type { RecordingContext, RecordingRoom } from "./recording_parts.ts";
import { type OfferedPart, recordingTopic, TrackExchange } from "./track_exchange.ts";
import type { CreateRecorder } from "./track_recorder.ts";

/** What a peer sends for recordings. */
export type RecordingEvent = Extract<LinkEvent, { readonly type: "topic" | "channel" }>;

/** What recordings need; the last two are the browser's by default. */
export interface RecordingsOptions {
  readonly room: RecordingRoom;
  readonly clock: Clock;
  /** 32 hexadecimal digits. */
  readonly randomId: () => string;
  /** Called after each change of what is shown. */
  readonly changed: () => void;
  /** Called with whether this browser keeps recordings, which the next visit has to find. */
  readonly keeps: (any: boolean) => void;
  /** What was `running` in this page when it was reloaded a moment ago. */
  readonly returned?: readonly string[];
  readonly disk?: RecordingDisk;
  readonly createRecorder?: CreateRecorder | undefined;
}

/** Recordings by others that are remembered after their end. */
const guestsMost = 64;

/** All recordings of one visit. */
export class Recordings {
  readonly #context: RecordingContext;
  readonly #exchange: TrackExchange;
  readonly #keeps: (any: boolean) => void;
  readonly #guests = new Map<string, RecordingGuest>();
  readonly #undo: () => void;
  #hosts: readonly RecordingHost[] = [];
  /** Tracks of this person that no recorder has asked for in this visit. */
  #left: readonly RecordingFolder[] = [];
  /** Owners of tracks with which this visit goes on, until it does. */
  readonly #returned: Set<string>;
  /** What ran when the visit ended, a moment ago. */
  #past: readonly string[] = [];
  #cancelPast = () => {};
  #found: Promise<void> | undefined;
  #isFound = false;
  #starting: Promise<boolean> | undefined;
  #closed = false;

  constructor(options: RecordingsOptions) {
    const { room, clock, randomId, disk = browserDisk, createRecorder } = options;
    this.#keeps = options.keeps;
    this.#returned = new Set(options.returned);
    const base = clock.date() - clock.now();
    this.#exchange = new TrackExchange({
      room,
      clock,
      randomId,
      wants: (peerId, part) => this.#folderFor(peerId, part),
      received: (peerId, part) => this.#hosts.forEach((host) => host.received(peerId, part)),
    });
    this.#context = {
      room,
      clock,
      disk: {
        make: (about) => this.#make(disk, about),
        takeFree: () => disk.takeFree(),
        isEmpty: () => disk.isEmpty(),
      },
      exchange: this.#exchange,
      randomId,
      time: () => base + clock.now(),
      createRecorder,
      tell: (peerId, message) => void room.links.tell(peerId, recordingTopic, message),
      dropped: () => void this.#tellKept(),
      changed: () => {
        if (!this.#closed) options.changed();
      },
    };
    this.#undo = subscribeTo<RoomEvent | RosterEvent | LinkEvent>(
      [room, room.roster, room.links],
      (event) => this.#handle(event),
    );
    this.#find();
  }

  /** The own recordings: the one that runs, and those that are still here. */
  get hosts(): readonly RecordingHost[] {
    return this.#hosts;
  }

  /** The recordings of others, by recording. */
  get guests(): readonly RecordingGuest[] {
    return [...this.#guests.values()];
  }

  /** Own tracks that nobody has asked for in this visit, or that the person did not send. */
  get left(): readonly RecordingFolder[] {
    return [...this.#left, ...this.guests.flatMap(({ kept }) => kept ?? [])];
  }

  /** What a reload of this page has to go on with, by the owners of the own tracks. */
  get running(): readonly string[] {
    const hosts = this.#hosts.filter(({ state }) => state.kind === "running");
    const guests = this.guests.filter(({ isGiving }) => isGiving);
    const owners = [...hosts.map(({ folder }) => folder.about), ...guests].map(({ owner }) =>
      owner
    );
    return [...this.#past, ...this.#returned, ...owners];
  }

  /** Begins a recording, unless one runs; false if this browser cannot keep one. */
  start(): Promise<boolean> {
    return this.#starting ??= this.#start().finally(() => this.#starting = undefined);
  }

  /** Removes one of the own recordings. */
  async remove(host: RecordingHost): Promise<void> {
    await host.remove();
    this.#hosts = this.#hosts.filter((other) => other !== host);
    await this.#tellKept();
  }

  /** Removes own tracks that nobody has asked for. */
  async discard(folder: RecordingFolder): Promise<void> {
    await folder.remove();
    this.#forgetFolder(folder);
    await this.#tellKept();
  }

  /** Handles what a peer has sent for recordings. */
  receive(event: RecordingEvent): void {
    if (this.#closed) return;
    if (event.type === "channel") return this.#exchange.receive(event);
    const message = readRecordingMessage(event.body);
    if (message !== undefined) this.#receiveMessage(event.peerId, message);
  }

  /** Ends everything; what is on the disk stays there. */
  close(): void {
    if (this.#closed) return;
    this.#leave();
    this.#cancelPast();
    this.#closed = true;
    this.#undo();
    this.#exchange.close();
  }

  async #start(): Promise<boolean> {
    const { disk, randomId, room, time } = this.#context;
    const { state } = room;
    if (state.kind !== "joined" && state.kind !== "reconnecting") return false;
    if (this.#hosts.some((host) => host.state.kind === "running")) return true;
    const { selfId } = state;
    const folder = await disk.make({
      id: randomId(),
      role: "recorder",
      owner: randomId(),
      room: state.room,
      recorder: selfId,
      by: room.presence.name,
      self: selfId,
      since: Math.round(time()),
      ended: false,
    });
    if (folder === undefined) return false;
    if (this.#closed) {
      folder.release();
      return false;
    }
    await this.#host(folder);
    return true;
  }

  /** The visit has ended; another one may follow, which finds what is on the disk. */
  #leave(): void {
    // The end of a page ends the visit, perhaps before the page keeps what ran.
    this.#past = this.running;
    this.#cancelPast();
    this.#cancelPast = this.#context.clock.after(0, () => this.#past = []);
    for (const each of [...this.#hosts, ...this.#guests.values()]) void each.close();
    for (const folder of this.#left) folder.release();
    this.#hosts = this.#left = [];
    this.#returned.clear();
    this.#guests.clear();
    this.#found = undefined;
    this.#isFound = false;
    this.#context.changed();
  }

  /** Finds what former pages have left, once in a joined room. */
  #find(): void {
    const { state } = this.#context.room;
    if (state.kind === "joined") this.#found ??= this.#findFolders(state);
  }

  async #findFolders(state: Extract<SessionState, { readonly kind: "joined" }>): Promise<void> {
    const { room, disk } = this.#context;
    for (const folder of await disk.takeFree()) {
      if (this.#closed || room.state.kind === "left") {
        folder.release();
        continue;
      }
      const { about } = folder;
      if (about.role === "guest") this.#left = [...this.#left, folder];
      else {
        // After a reload the recording goes on; a new visit is a new member, whom nobody has
        // allowed to record.
        const { room, selfId } = state;
        const returns = this.#returned.delete(about.owner);
        const goesOn = about.room === room && (returns || about.self === selfId);
        const now = goesOn ? { recorder: selfId, self: selfId } : { ended: true };
        await folder.describe({ ...about, ...now }).catch(() => {});
        await this.#host(folder);
      }
    }
    this.#isFound = true;
    await this.#tellKept();
  }

  async #make(
    disk: RecordingDisk,
    about: RecordingAbout,
  ): Promise<RecordingFolder | undefined> {
    const folder = await disk.make(about);
    if (folder !== undefined) this.#keeps(true);
    return folder;
  }

  /** Other pages of this browser may keep recordings too. */
  async #tellKept(): Promise<void> {
    this.#keeps(!await this.#context.disk.isEmpty());
    this.#context.changed();
  }

  async #host(folder: RecordingFolder): Promise<void> {
    const host = await RecordingHost.open({ ...this.#context, folder });
    if (this.#closed) return void host.close();
    this.#hosts = [...this.#hosts, host];
    this.#context.changed();
  }

  #handle(event: RoomEvent | RosterEvent | LinkEvent): void {
    switch (event.type) {
      case "state":
        if (event.state.kind === "joined") this.#find();
        if (event.state.kind === "left") this.#leave();
        return;
      case "peer-left": {
        const { peerId } = event.peer;
        for (const guest of this.#guests.values()) {
          if (guest.recorder === peerId) guest.handleRecorderLeft();
        }
        for (const host of this.#hosts) host.forget(peerId);
        return;
      }
      case "link":
        if (event.link.kind !== "connected") return;
        for (const host of this.#hosts) host.greet(event.peerId);
    }
  }

  #receiveMessage(peerId: PeerId, message: RecordingMessage): void {
    if (message.kind === "standing" || message.kind === "secret" || message.kind === "ping") {
      this.#hosts.find(({ id }) => id === message.id)?.handle(peerId, message);
      return;
    }
    if (message.kind === "resumed") return this.#resume(peerId, message);
    this.#guestOf(peerId, message)?.handle(message);
  }

  /** The recorder of a recording in which this person is a guest has come back. */
  #resume(peerId: PeerId, proof: Extract<RecordingMessage, { readonly kind: "resumed" }>): void {
    const found = [...this.#guests].find(([, guest]) => guest.isProvenBy(proof));
    const peer = this.#context.room.roster.peers.find((each) => each.peerId === peerId);
    if (found === undefined || peer === undefined) return;
    const [formerKey, guest] = found;
    const key = guestKey(peerId, proof);
    if (this.#guests.has(key)) return;
    this.#guests.delete(formerKey);
    this.#guests.set(key, guest);
    guest.follow(peer);
  }

  #guestOf(recorder: PeerId, message: RecordingMessage): RecordingGuest | undefined {
    // The question must not be asked again before the answer of a former page is found.
    if (!this.#isFound) return undefined;
    const key = guestKey(recorder, message);
    const known = this.#guests.get(key);
    if (known !== undefined || message.kind === "pong") return known;
    const { peers } = this.#context.room.roster;
    const peer = peers.find(({ peerId }) => peerId === recorder);
    if (peer === undefined) return undefined;
    const isHere = (member: PeerId) => peers.some(({ peerId }) => peerId === member);
    const former = this.guests.findLast((guest) =>
      guest.id === message.id && !isHere(guest.recorder)
    );
    // While the recorder is away, only a page that proves to be the same recorder can end it.
    if (former?.isGiving) return undefined;
    if (former !== undefined && former.kept === undefined) this.#forget(former);
    this.#makeRoom(recorder);
    const folder = this.left.find(({ about }) =>
      // Nobody else can ask for tracks whose recorder is here.
      about.id === message.id && (about.recorder === recorder || !isHere(about.recorder))
    );
    this.#forgetFolder(folder);
    const guest = new RecordingGuest({
      ...this.#context,
      id: message.id,
      recorder,
      by: peer.name,
      // The recorder may have some of these tracks, and a no must remove them.
      owner: folder?.about.owner ?? former?.owner ?? this.#context.randomId(),
      folder,
      returns: this.#returned.delete(folder?.about.owner ?? ""),
    });
    this.#guests.set(key, guest);
    this.#context.changed();
    return guest;
  }

  /** A member asks one question at a time, and what is over is forgotten in the end. */
  #makeRoom(recorder: PeerId): void {
    for (const guest of this.guests) {
      const { state } = guest;
      const isReplaced = guest.recorder === recorder && state.kind === "asked" && !state.isLate;
      const isPast = this.#guests.size >= guestsMost && state.kind === "over";
      if (!isReplaced && (!isPast || guest.kept !== undefined)) continue;
      this.#forget(guest);
    }
  }

  #forget(guest: RecordingGuest): void {
    this.#guests.delete(guestKey(guest.recorder, guest));
    void guest.close();
  }

  /** Somebody else has the folder from now on, or it is gone. */
  #forgetFolder(folder: RecordingFolder | undefined): void {
    if (folder === undefined) return;
    this.#left = this.#left.filter((other) => other !== folder);
    for (const [key, { kept }] of this.#guests) if (kept === folder) this.#guests.delete(key);
  }

  #folderFor(peerId: PeerId, part: OfferedPart): RecordingFolder | undefined {
    const host = this.#hosts.find((each) => each.wants(peerId, part) !== undefined);
    return host?.folder;
  }
}

function guestKey(recorder: PeerId, { id }: { readonly id: string }): string {
  return `${recorder} ${id}`;
}
