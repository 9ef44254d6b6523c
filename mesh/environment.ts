/** What a room needs of the browser, with the browser's objects as defaults. */
import { lateImport } from "./late_import.ts";
import type { KeepIdentity } from "./sealing/identity.ts";
import type { CreateCertificate } from "./sealing/certificate.ts";
import type { LinkMonitor, LinkMonitorOptions } from "./link/monitor.ts";
import { type LinkEnvironment, type Platform, platform, randomId } from "./platform.ts";
import { browserTabMemory, type TabMemory } from "./signaling/tab_memory.ts";

/** Makes the monitor of a room's links and passes it on, now or after its code is loaded. */
export type CreateMonitor = (
  options: LinkMonitorOptions,
  ready: (monitor: LinkMonitor) => void,
) => void;

/** Everything that a room needs of the browser. */
export interface Environment extends Platform, LinkEnvironment {
  readonly createMonitor: CreateMonitor;
  /** Makes the certificate of all connections in a sealed room. */
  readonly createCertificate: CreateCertificate;
  /** Finds or makes the key that others know this browser by; undefined: in its IndexedDB. */
  readonly keepIdentity: KeepIdentity | undefined;
  /** Undefined: a page that ends without leaving the room comes back as a new member. */
  readonly tab: TabMemory | undefined;
}

/** Loads its code after the first pictures; a link needs no monitor in its first second. */
function browserMonitor(options: LinkMonitorOptions, ready: (monitor: LinkMonitor) => void): void {
  options.clock.after(1_000, () => {
    void lateImport(() => import("./link/monitor.ts")).then(({ LinkMonitor }) => {
      ready(new LinkMonitor(options));
    });
  });
}

/** The browser's environment, with `facts` in place of its defaults. */
export function environment(facts: Partial<Environment>): Environment {
  return {
    ...platform(facts),
    createConnection: (configuration) => new RTCPeerConnection(configuration),
    createStream: () => new MediaStream(),
    tab: browserTabMemory(randomId),
    createMonitor: browserMonitor,
    createCertificate: async () =>
      await (await lateImport(() => import("./sealing/sealed_room.ts"))).browserCertificate(),
    keepIdentity: undefined,
    ...facts,
  };
}
