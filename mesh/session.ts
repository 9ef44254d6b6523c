/**
 * One person's call in one room: a RoomClient with a link to each member. Its parts are `roster`,
 * `chat`, `presence`, `owners`, `messages`, `links` and `monitor`; each emits one family of events
 * (events.ts). Invariants, besides those of RoomClient:
 * 1 A lost socket does not change the links.
 * 2 A peer that the server does not reach gets the own name and state over its link.
 */
import type { Rename, SetState } from "../protocol/mod.ts";
import { subscribeTo } from "./emitter.ts";
import { type Environment, environment } from "./environment.ts";
import type { LinkEvent, RosterEvent, Slot } from "./events.ts";
import { LateMonitor } from "./link/late_monitor.ts";
import { Mesh } from "./mesh.ts";
import { RoomClient } from "./signaling/room_client.ts";

/** `url`: the WebSocket address. A test passes the rest; by default they are the browser's. */
export interface RoomSessionOptions extends Partial<Environment> {
  readonly url: string;
  /** See Mesh.setRelayOnly(); false by default. */
  readonly relayOnly?: boolean;
}

/** One person's call in one room. It can join again after a leave. */
export class RoomSession extends RoomClient {
  /** The links to the other members, with what they send. */
  readonly links: Mesh;
  /** The state of the links, and whether this machine is fast enough. */
  readonly monitor: LateMonitor;

  constructor({ url, relayOnly = false, ...facts }: RoomSessionOptions) {
    const outside = environment(facts);
    super({ url, environment: outside });
    const { clock, page, createMonitor } = outside;
    const links = new Mesh({ room: this, environment: outside, relayOnly });
    const monitor: LateMonitor = new LateMonitor({
      clock,
      links: () => links.watched,
      emit: (event) => monitor.emit(event),
      relays: () => ({ iceServers: this.iceServers, server: new URL(url) }),
      room: this,
      track: (slot) => links.ownTrack(slot),
    }, createMonitor);
    subscribeTo<RosterEvent | LinkEvent>([this.roster, links], (event) => monitor.follow(event));
    let stopWatchingPage = () => {};
    this.subscribe((event) => {
      if (event.type !== "state") return;
      const { kind } = event.state;
      if (kind === "joining") stopWatchingPage = page.onWake((reason) => monitor.wake(reason));
      if (kind === "joined") monitor.handleSession();
      if (kind !== "left") return;
      stopWatchingPage();
      monitor.reset();
    });
    this.links = links;
    this.monitor = monitor;
  }

  /**
   * Sets the track that the others get in `slot` from now on, also before a join. The caller stops
   * the track.
   */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.presence.setTrack(slot, track);
    this.links.setTrack(slot, track);
  }

  /**
   * Messages through the server and over a link may overtake each other. A peer that got one
   * directly therefore gets all of them directly, so that the last one is the newest.
   */
  protected override announce(message: SetState | Rename): boolean {
    const isSent = super.announce(message);
    this.links.announce(message, { everybody: !isSent });
    return isSent;
  }
}
