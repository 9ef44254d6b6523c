import { Hub, iceProvider, LocalBus, SignedResumeTokens } from "../signaling/mod.ts";
import type { Config } from "./config.ts";
import { Log } from "./log.ts";

/** The parts of one running server, as routes see them. */
export interface Parley {
  readonly config: Config;
  readonly log: Log;
  readonly hub: Hub;
}

/** What every route finds in `ctx.state`. */
export interface State {
  parley: Parley;
}

/** Puts the parts together. Resume tokens are signed with a key of this process, so they end with it. */
export function createParley(config: Config): Parley {
  const log = new Log();
  const key = crypto.getRandomValues(new Uint8Array(32));
  const hub = new Hub({
    bus: new LocalBus(),
    tokens: new SignedResumeTokens(key),
    capacity: config.roomCapacity,
    ice: iceProvider(config.iceServers, undefined),
    onFault: (error) => log.fault("an input could not be worked off", error),
  });
  return { config, log, hub };
}
