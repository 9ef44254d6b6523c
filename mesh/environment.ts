/** The outside facts a room needs from the browser, with the browser's own as defaults. */
import { lateImport } from "./late_import.ts";
import type { LinkMonitor, LinkMonitorOptions } from "./link/monitor.ts";
import { type LinkEnvironment, type Platform, platform, randomId } from "./platform.ts";
import { browserTabMemory, type TabMemory } from "./signaling/tab_memory.ts";

/** Makes the monitor of a room's links and hands it over, at once or when its code has come. */
export type CreateMonitor = (
  options: LinkMonitorOptions,
  ready: (monitor: LinkMonitor) => void,
) => void;

/** All outside facts of a room. */
export interface Environment extends Platform, LinkEnvironment {
  readonly createMonitor: CreateMonitor;
  /** Undefined: a page that ends without a goodbye comes back as somebody new. */
  readonly tab: TabMemory | undefined;
}

/** Its code comes after the first pictures; a link that is a second old needs no watching yet. */
function browserMonitor(options: LinkMonitorOptions, ready: (monitor: LinkMonitor) => void): void {
  options.clock.after(1_000, () => {
    void lateImport(() => import("./link/monitor.ts")).then(({ LinkMonitor }) => {
      ready(new LinkMonitor(options));
    });
  });
}

/** `facts` over the browser's own. */
export function environment(facts: Partial<Environment>): Environment {
  return {
    ...platform(facts),
    createConnection: (configuration) => new RTCPeerConnection(configuration),
    createStream: () => new MediaStream(),
    tab: browserTabMemory(randomId),
    createMonitor: browserMonitor,
    ...facts,
  };
}
