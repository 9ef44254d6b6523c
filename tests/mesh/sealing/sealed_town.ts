/**
 * A town whose people meet in a sealed room, with a server that can lie to them. It holds all the
 * time: nobody sends anything to a connection that is not of a verified member.
 */
import type { Trust } from "../../../mesh/events.ts";
// The page loads it when it joins; here it must be there before time passes.
import "../../../mesh/sealing/sealed_extras.ts";
import "../../../mesh/sealing/sealed_room.ts";
import type { Credentials } from "../../../mesh/signaling/room_owners.ts";
import { assert, assertEquals } from "../../assert.ts";
import { LyingServer } from "../../evil/lying_server.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { Town, type TownOptions } from "../town.ts";
import { areJoined } from "../town_paths.ts";
import type { Person } from "../town_person.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** As in a link. */
export const secret = "c2VjcmV0IG9mIHRoZSB0b3duLCB1c2VkIGluIHRlc3Q";

export class SealedTown {
  readonly clock = new VirtualClock();
  readonly liar = new LyingServer(this.clock);
  readonly town: Town;
  /** What each person thought of each other since the start, by their names. */
  readonly thoughts: { at: number; by: string; of: string; trust: Trust }[] = [];
  readonly #listening = new Set<unknown>();

  constructor(names: readonly string[], options: TownOptions = {}) {
    const { clock, liar } = this;
    const watch = () => this.#expectNoLeak();
    this.town = new Town(names, { clock, liar, watch, ...options });
  }

  person(name: string): Person {
    const found = this.town.people.find((person) => person.name === name);
    assert(found, `${name} lives here`);
    return found;
  }

  /** Somebody joins with camera and microphone on. */
  async join(
    name: string,
    { room = "town", used = secret, credentials = {} }: {
      readonly room?: string;
      readonly used?: string | undefined;
      readonly credentials?: Credentials;
    } = {},
  ): Promise<void> {
    const person = this.person(name);
    const { session } = person;
    if (!this.#listening.has(session)) {
      this.#listening.add(session);
      session.trust.subscribe((event) => {
        if (event.type !== "trust") return;
        const { peerId, trust } = event;
        this.thoughts.push({ at: this.clock.now(), by: name, of: this.#nameOf(peerId), trust });
      });
    }
    for (const slot of ["microphone", "camera"] as const) person.turn(slot, true);
    session.join({ room, name, secret: used, credentials });
    await this.run(1);
  }

  run(seconds: number): Promise<void> {
    return this.town.run(seconds);
  }

  /** What a person thinks of another one, or of somebody with that id. */
  trust(by: string, of: string): Trust {
    return this.person(by).session.trust.of(this.idOf(of));
  }

  /** Everything that a person has thought of another one. */
  thoughtsOf(by: string, of: string): { readonly at: number; readonly trust: Trust }[] {
    return this.thoughts.filter((each) => each.by === by && each.of === of);
  }

  /** A person thinks so of another one at most `ms` after the first lie, and never verifies it. */
  expectDoubt(
    by: string,
    of: string,
    { trust, ms = 2_000, wasVerified = false }: {
      trust: Trust;
      ms?: number;
      wasVerified?: boolean;
    },
  ): void {
    const { liedAt = Infinity } = this.liar;
    assert(liedAt < Infinity, "the server has lied");
    const all = this.thoughtsOf(by, of);
    const what = `${by} about ${of}: ${JSON.stringify(all)}`;
    const since = all.filter(({ at }) => at >= liedAt);
    const first = since.find((each) => JSON.stringify(each.trust) === JSON.stringify(trust));
    assert(first !== undefined, what);
    assert(first.at <= liedAt + ms, `${what}, lied at ${liedAt}`);
    assertEquals(this.trust(by, of), trust, what);
    const judged = wasVerified ? since.slice(since.indexOf(first)) : all;
    assert(judged.every((each) => each.trust.kind !== "verified"), what);
  }

  /** Nobody has seen anything that nobody honest does. */
  expectNoAlarm(): void {
    assertEquals(this.thoughts.filter(({ trust }) => trust.kind === "alarm"), []);
  }

  /** The id of a person; of nobody: the same text. */
  idOf(name: string): string {
    const person = this.town.people.find((each) => each.name === name);
    return person === undefined ? name : person.session.roster.selfId;
  }

  /** Each of these verifies and sees all others of them. */
  expectTrust(...names: readonly string[]): void {
    for (const by of names) {
      for (const of of names) {
        if (by === of) continue;
        assertEquals(this.trust(by, of), { kind: "verified" }, `${by} about ${of}`);
        assert(this.#sees(by, of), `${by} sees ${of}`);
      }
    }
  }

  /** Whether somebody gets the other's camera. */
  #sees(by: string, of: string): boolean {
    const camera = this.person(of).session.links.ownTrack("camera");
    const ends = this.person(by).living();
    return this.person(of).living().some((end) =>
      end.connectionState === "connected" && ends.some((other) => areJoined(end, other)) &&
      end.getSenders().some(({ track }) => track !== null && track === camera)
    );
  }

  async close(): Promise<void> {
    for (const { session } of this.town.people) session.close();
    await microtasks();
    this.town.close();
  }

  #nameOf(peerId: string): string {
    return this.town.people.find(({ session }) => session.roster.selfId === peerId)?.name ?? peerId;
  }

  #expectNoLeak(): void {
    for (const { name, session, fakes } of this.town.people) {
      for (const fake of fakes) {
        if (fake.signalingState === "closed") continue;
        const sending = new Set<unknown>(fake.getSenders().filter(({ track }) => track !== null));
        if (sending.size === 0) continue;
        const watched = session.links.watched.find(({ link }) =>
          link.senders.some((sender) => sending.has(sender))
        );
        assert(watched, `${name} sends over a connection of nobody`);
        const { kind } = session.trust.of(watched.peer.peerId);
        const whom = this.#nameOf(watched.peer.peerId);
        assertEquals(kind, "verified", `${name} sends ${sending.size} tracks to ${whom}`);
      }
    }
  }
}
