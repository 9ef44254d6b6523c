import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Hub,
  iceProvider,
  LocalBus,
  SignedResumeTokens,
  type TurnSettings,
} from "../signaling/mod.ts";
import type { Config } from "./config.ts";
import { Log } from "./log.ts";
import { ReadLimit } from "./read_limit.ts";
import { defaultFolders, keepKey, type KeptKey } from "./state_dir.ts";

/** The parts of one running server, as routes see them. */
export interface Parley {
  readonly config: Config;
  readonly log: Log;
  readonly hub: Hub;
  /** How often one address may ask who is in a room. */
  readonly reads: ReadLimit;
  /** Where the key is kept by which calls survive a restart; `folder` undefined: nowhere, and why. */
  readonly kept: Pick<KeptKey, "folder" | "refusals">;
}

/** What every route finds in `ctx.state`. */
export interface State {
  parley: Parley;
}

/** A setting whose file cannot be used; one line. */
export class BadSetting extends Error {}

/** Puts the parts together. Throws `BadSetting` for a secret that cannot be read. */
export function createParley(config: Config): Parley {
  const log = new Log();
  const { key, ...kept } = resumeKey(config);
  const hub = new Hub({
    bus: new LocalBus(),
    tokens: new SignedResumeTokens(key),
    capacity: config.roomCapacity,
    chatHistory: config.chatHistory,
    ice: iceProvider(config.iceServers, turnSettings(config)),
    onFault: (error) => log.fault("an input could not be worked off", error),
  });
  return { config, log, hub, reads: new ReadLimit(), kept };
}

/** The key by which peers are known again after a restart. */
function resumeKey({ stateDir }: Config): KeptKey {
  const standalone = Deno.build.standalone;
  const program = standalone
    ? Deno.execPath()
    : fileURLToPath(new URL("../main.ts", import.meta.url));
  return keepKey(
    stateDir === undefined
      ? defaultFolders((variable) => Deno.env.get(variable), {
        standalone,
        programFolder: dirname(program),
      })
      : [stateDir],
  );
}

function turnSettings(
  { turnUrls, turnSecretFile, turnLifetime }: Config,
): TurnSettings | undefined {
  if (turnUrls.length === 0 || turnSecretFile === undefined) return undefined;
  const secret = readSecret(turnSecretFile);
  return { urls: turnUrls, secret: () => secret, lifetimeMs: turnLifetime * 1000 };
}

function readSecret(file: string): string {
  let secret: string;
  try {
    secret = Deno.readTextFileSync(file).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadSetting(`--turn-secret-file: cannot read ${file}: ${reason}`);
  }
  if (secret === "") throw new BadSetting(`--turn-secret-file: ${file} is empty`);
  return secret;
}
