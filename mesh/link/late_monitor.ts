/** The monitor of a room's links. Its code is loaded when the first link connects or fails. */
import type { RelayEnd, RelayPlace } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { CreateMonitor } from "../environment.ts";
import type { LinkEvent, MonitorEvent, RosterEvent } from "../events.ts";
import type { Wake } from "../platform.ts";
import type { LinkMonitor, LinkMonitorOptions } from "./monitor.ts";

/** Stands in for LinkMonitor until it is loaded. */
export class LateMonitor extends Emitter<MonitorEvent> {
  readonly #options: LinkMonitorOptions;
  readonly #create: CreateMonitor;
  #monitor: LinkMonitor | undefined;
  #isRequested = false;
  #light = false;

  constructor(options: LinkMonitorOptions, create: CreateMonitor) {
    super();
    this.#options = options;
    this.#create = create;
  }

  /** Handles an event of the links or the roster. */
  follow(event: RosterEvent | LinkEvent): void {
    if (event.type === "watch") return this.#monitor?.quality.decide();
    if (event.type === "track" || event.type === "peer-text") return;
    this.#monitor?.changed();
    if (this.#isRequested || event.type !== "link" || event.link.kind === "connecting") return;
    this.#isRequested = true;
    this.#create(this.#options, (monitor) => {
      this.#monitor = monitor;
      if (this.#light) monitor.quality.setLight(true);
      monitor.changed();
    });
  }

  /** Turns light mode on or off: small pictures to everybody, for a slow machine or network. */
  setLight(light: boolean): void {
    this.#light = light;
    this.#monitor?.quality.setLight(light);
  }

  /** Whose relay one end of a link uses. */
  relayPlace(end: RelayEnd): RelayPlace {
    return this.#monitor?.relayPlace(end) ?? "unknown";
  }

  /** Checks all links now. */
  wake(reason: Wake): void {
    this.#monitor?.wake(reason);
  }

  /** There is a new session with the server. */
  handleSession(): void {
    this.#monitor?.handleSession();
  }

  /** The visit is over. */
  reset(): void {
    this.#monitor?.close();
  }
}
