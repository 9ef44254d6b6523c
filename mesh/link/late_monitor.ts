/** The monitor of a room's links, whose code comes with the first of them. Until then nothing is watched. */
import type { CreateMonitor } from "../environment.ts";
import type { Wake } from "../platform.ts";
import type { RoomEvent } from "../events.ts";
import type { LinkMonitor, LinkMonitorOptions } from "./monitor.ts";

export class LateMonitor {
  readonly #options: LinkMonitorOptions;
  readonly #create: CreateMonitor;
  #monitor: LinkMonitor | undefined;
  #asked = false;
  #light = false;

  constructor(options: LinkMonitorOptions, create: CreateMonitor) {
    this.#options = options;
    this.#create = create;
  }

  /** Something happened in the mesh; the first link that came to be, or did not, brings the monitor. */
  follow(event: RoomEvent): void {
    if (event.type === "track" || event.type === "peer-text") return;
    this.#monitor?.changed();
    if (this.#asked || event.type !== "link" || event.link.kind === "connecting") return;
    this.#asked = true;
    this.#create(this.#options, (monitor) => {
      this.#monitor = monitor;
      if (this.#light) monitor.quality.setLight(true);
      monitor.changed();
    });
  }

  /** A viewer says what they see. */
  watched(): void {
    this.#monitor?.quality.decide();
  }

  /** Smaller pictures for everybody, by the person's own wish. */
  setLight(light: boolean): void {
    this.#light = light;
    this.#monitor?.quality.setLight(light);
  }

  wake(reason: Wake): void {
    this.#monitor?.wake(reason);
  }

  welcomed(): void {
    this.#monitor?.welcomed();
  }

  close(): void {
    this.#monitor?.close();
  }
}
