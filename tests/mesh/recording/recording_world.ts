// People who record each other, with disks, encoders and channels in memory and one clock.

import { Emitter } from "../../../mesh/emitter.ts";
import type { LinkEvent, RoomEvent, RosterEvent } from "../../../mesh/events.ts";
import type { RawChannel } from "../../../mesh/link/raw_channel.ts";
import type { RecordingGuest } from "../../../mesh/recording/recording_guest.ts";
import type { RecordingHost } from "../../../mesh/recording/recording_host.ts";
import type { RecordingRoom } from "../../../mesh/recording/recording_parts.ts";
import { Recordings } from "../../../mesh/recording/recordings.ts";
import { readTrackFile } from "../../../mesh/recording/track_names.ts";
import type { Peer } from "../../../protocol/mod.ts";
import { assert } from "../../assert.ts";
import { peer } from "../../app/call/fake_session.ts";
import { PaperChannel } from "../files/file_world.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { VirtualClock } from "../virtual_clock.ts";
import { PaperDisk, PaperPage } from "./paper_disk.ts";

/** Bytes of each piece that an encoder makes, unless the world says otherwise. */
export const pieceBytes = 100;

/** A MediaRecorder that makes pieces when the test says so. */
class PaperRecorder extends EventTarget {
  readonly mimeType = "audio/webm";
  state = "inactive";
  readonly #world: RecordingWorld;

  constructor(world: RecordingWorld) {
    super();
    this.#world = world;
  }

  start(): void {
    this.state = "recording";
  }

  makePiece(): void {
    const data = new Blob([new Uint8Array(this.#world.pieceBytes)]);
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data }));
  }

  stop(): void {
    this.state = "inactive";
    this.makePiece();
    this.dispatchEvent(new Event("stop"));
  }
}

class PaperRoster extends Emitter<RosterEvent> {
  peers: Peer[] = [];
}

class PaperRoom extends Emitter<RoomEvent> {
  readonly roster = new PaperRoster();
  readonly presence: { readonly name: string };
  readonly links: PaperLinks;
  state: RecordingRoom["state"] = { kind: "idle" };

  constructor(person: Person) {
    super();
    this.presence = { name: person.name };
    this.links = new PaperLinks(person);
  }
}

class PaperLinks extends Emitter<LinkEvent> {
  readonly #person: Person;
  readonly #track = { readyState: "live", kind: "audio" } as MediaStreamTrack;

  constructor(person: Person) {
    super();
    this.#person = person;
  }

  ownTrack(slot: string): MediaStreamTrack | null {
    return slot === "microphone" ? this.#track : null;
  }

  stateOf() {
    return { kind: "connected" } as const;
  }

  tell(peerId: string, topic: string, body: unknown): boolean {
    return !this.#isGone && this.#person.world.tell(this.#person, { peerId, topic, body });
  }

  openChannel(peerId: string): RawChannel | undefined {
    return this.#isGone ? undefined : this.#person.world.connect(this.#person, peerId);
  }

  /** A page that has ended says nothing more. */
  get #isGone(): boolean {
    return this.#person.room.links !== this;
  }
}

/** One person: a browser with a disk, and its present page. */
export class Person {
  readonly disk = new PaperDisk();
  recorders: PaperRecorder[] = [];
  page = new PaperPage(this.disk);
  room: PaperRoom;
  recordings: Recordings;
  /** What was told last to `keeps`. */
  keeps: boolean | undefined;
  selfId: string;
  /** ms by which the clock of the next page is ahead of the world's. */
  ahead = 0;
  /** What the page before this one was part of when it was reloaded. */
  returned: readonly string[] = [];
  #ids = 0;

  constructor(readonly name: string, readonly world: RecordingWorld) {
    this.selfId = name;
    this.room = new PaperRoom(this);
    this.recordings = this.#open("joined");
  }

  get host(): RecordingHost {
    const host = this.recordings.hosts.at(-1);
    assert(host, `${this.name} records`);
    return host;
  }

  get guest(): RecordingGuest {
    const guest = this.recordings.guests.at(-1);
    assert(guest, `${this.name} is asked`);
    return guest;
  }

  /** The state of the only other recording, as one word or two. */
  get stands(): string {
    const state = this.recordings.guests.at(-1)?.state;
    if (state === undefined) return "not asked";
    return "why" in state ? `${state.kind} ${state.why}` : state.kind;
  }

  makePieces(count: number): void {
    for (let made = 0; made < count; made++) {
      for (const recorder of this.recorders) {
        if (recorder.state === "recording") recorder.makePiece();
      }
    }
  }

  /**
   * The page ends without a word, and another one comes as the same member. `isAway`: it has no
   * connection to the server until enter().
   */
  reload({ isAway = false } = {}): void {
    this.page.isGone = true;
    this.world.dropChannelsOf(this);
    this.recorders = [];
    this.page = new PaperPage(this.disk);
    this.room = new PaperRoom(this);
    this.recordings = this.#open(isAway ? "reconnecting" : "joined");
    this.world.meet();
  }

  /** The room is joined, now or again. */
  enter(): void {
    this.#become("joined");
    this.room.emit({ type: "state", state: this.room.state } as RoomEvent);
  }

  #become(kind: "joined" | "reconnecting"): void {
    this.room.state = { kind, room: "r", selfId: this.selfId } as RecordingRoom["state"];
  }

  #open(kind: "joined" | "reconnecting"): Recordings {
    this.#become(kind);
    const { clock } = this.world;
    return new Recordings({
      room: this.room as unknown as RecordingRoom,
      clock: {
        now: () => clock.now(),
        date: () => clock.date() + this.ahead,
        after: (ms, callback) => clock.after(ms, callback),
      },
      randomId: () =>
        `${this.selfId}${++this.#ids}`.split("").map((each) => each.charCodeAt(0).toString(16))
          .join("").padStart(32, "0"),
      changed: () => {},
      keeps: (any) => this.keeps = any,
      returned: this.returned,
      disk: this.page,
      createRecorder: () => {
        const recorder = new PaperRecorder(this.world);
        this.recorders.push(recorder);
        return recorder as unknown as MediaRecorder;
      },
    });
  }
}

/** A room; people are in it from the start, or come with `join`. */
export class RecordingWorld {
  readonly clock = new VirtualClock();
  readonly people: Person[] = [];
  #channels: { readonly ends: [PaperChannel, PaperChannel]; readonly of: readonly Person[] }[] = [];
  /** Pairs of people with no link, as "ann bob". */
  readonly cuts = new Set<string>();
  /** Everything that was told. */
  readonly told: { readonly from: string; readonly to: string; readonly body: string }[] = [];
  /** Messages of this kind are lost. */
  mute: string | undefined;
  pieceBytes = pieceBytes;
  /** The most bytes that were under way at once: sent, and not on the other disk yet. */
  heldMost = 0;
  #carried = 0;
  #visits = 0;

  constructor(...names: string[]) {
    for (const name of names) this.join(name);
  }

  join(name: string): Person {
    const person = new Person(name, this);
    this.people.push(person);
    this.meet();
    return person;
  }

  /** A person leaves by the key, and may come back as another member. */
  async leave(person: Person): Promise<void> {
    this.people.splice(this.people.indexOf(person), 1);
    person.room.state = { kind: "left" } as RecordingRoom["state"];
    person.room.emit({ type: "state", state: person.room.state } as RoomEvent);
    this.dropChannelsOf(person);
    this.meet();
    for (const other of this.people) {
      const gone = peer(person.selfId, person.name);
      other.room.roster.emit({ type: "peer-left", peer: gone } as RosterEvent);
    }
    await this.settle();
  }

  /** A page says that it leaves, and the next one joins as another member. */
  async comeAgain(person: Person, { isReload }: { isReload: boolean }): Promise<void> {
    await this.goAway(person, { isReload });
    await this.arrive(person);
  }

  /** The first half of that. */
  async goAway(person: Person, { isReload }: { isReload: boolean }): Promise<void> {
    const left = this.leave(person);
    // As a page that ends does, after it has left.
    person.returned = isReload ? person.recordings.running : [];
    await left;
  }

  /** The second half. */
  async arrive(person: Person): Promise<void> {
    person.selfId = `${person.name}-${++this.#visits}`;
    this.people.push(person);
    person.reload();
    await this.settle();
  }

  /** In the same page. */
  async comeBack(person: Person): Promise<void> {
    person.selfId = `${person.name}-${++this.#visits}`;
    this.people.push(person);
    this.meet();
    person.enter();
    await this.settle();
  }

  meet(): void {
    for (const person of this.people) {
      person.room.roster.peers = this.people.filter((other) => other !== person)
        .map((other) => peer(other.selfId, other.name));
    }
  }

  tell(from: Person, { peerId, topic, body }: { peerId: string; topic: string; body: unknown }) {
    const to = this.#find(peerId);
    if (to === undefined || this.#isCut(from, to)) return false;
    this.told.push({ from: from.name, to: to.name, body: JSON.stringify(body) });
    if (this.mute !== undefined && Reflect.get(Object(body), "kind") === this.mute) return true;
    const copy: unknown = JSON.parse(JSON.stringify(body));
    const { selfId } = from;
    queueMicrotask(() =>
      to.recordings.receive({ type: "topic", peerId: selfId, topic, body: copy })
    );
    return true;
  }

  connect(from: Person, peerId: string): RawChannel | undefined {
    const to = this.#find(peerId);
    if (to === undefined || this.#isCut(from, to)) return undefined;
    const ends: [PaperChannel, PaperChannel] = [new PaperChannel(), new PaperChannel()];
    this.#channels.push({ ends, of: [from, to] });
    const label = "parley-recording";
    to.recordings.receive({ type: "channel", peerId: from.selfId, label, raw: ends[1].asRaw });
    return ends[0].asRaw;
  }

  dropChannelsOf(person: Person): void {
    const lost = this.#channels.filter(({ of }) => of.includes(person));
    this.#channels = this.#channels.filter((channel) => !lost.includes(channel));
    for (const { ends } of lost) for (const end of ends) end.lose();
  }

  /** Lets time pass, with everything that happens in it. */
  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let passed = 0; passed < ms; passed += 500) {
      this.clock.advance(500);
      await this.settle();
    }
  }

  /** Notes how much is between the disks now. */
  #noteHeld(): void {
    const ends = this.#channels.flatMap((channel) => channel.ends);
    const onWires = ends.reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
    const stored = this.people.reduce((sum, { disk }) => sum + disk.streamed, 0);
    this.heldMost = Math.max(this.heldMost, onWires + this.#carried - stored);
  }

  /** Moves what is on the wire now, once. */
  async carryOnce(): Promise<void> {
    this.#carry();
    await microtasks();
  }

  /** Until nothing moves. */
  async settle(): Promise<void> {
    let idle = 0;
    while (idle < 12) {
      idle = this.#carry() ? 0 : idle + 1;
      await microtasks();
    }
  }

  #carry(): boolean {
    let hasMoved = false;
    this.#noteHeld();
    for (const { ends: [one, other] } of [...this.#channels]) {
      for (const [from, to] of [[one, other], [other, one]] as const) {
        while (from.open && from.wire.length > 0) {
          const frame = from.wire.shift();
          hasMoved = true;
          if (typeof frame === "string") to.hear(frame);
          else if (frame !== undefined) {
            this.#carried += frame.length;
            to.hear(frame.buffer);
          }
          from.drained();
        }
        if (from.closing && from.open) {
          from.lose();
          to.lose();
          hasMoved = true;
        }
      }
    }
    this.#channels = this.#channels.filter(({ ends: [one] }) => one.open);
    return hasMoved;
  }

  #find(selfId: string): Person | undefined {
    return this.people.find((person) => person.selfId === selfId);
  }

  #isCut(one: Person, other: Person): boolean {
    return this.cuts.has(`${one.name} ${other.name}`) || this.cuts.has(`${other.name} ${one.name}`);
  }
}

/** How many pieces of sound a disk has of each person, by the order in which they appear. */
export function piecesOf({ disk }: Person): number[] {
  const counts = new Map<string, number>();
  for (const name of disk.names) {
    const file = readTrackFile(name);
    if (file?.index === undefined) continue;
    counts.set(file.owner, (counts.get(file.owner) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** A call that the first person records. */
export async function recordedCall(...names: string[]): Promise<
  { world: RecordingWorld; people: Person[]; ann: Person; bob: Person }
> {
  const world = new RecordingWorld(...names);
  await world.settle();
  const people = names.map((name) => {
    const person = world.people.find((each) => each.name === name);
    assert(person);
    return person;
  });
  const [ann, bob] = people;
  assert(ann && bob);
  assert(await ann.recordings.start());
  await world.pass(2_000);
  return { world, people, ann, bob };
}
