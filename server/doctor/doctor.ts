/** `parley doctor [URL]`: checks for common faults and says how to fix each. */
import type { Config } from "../settings/options.ts";
import { keepStateKey } from "../state_dir.ts";
import type { Check } from "./check.ts";
import { machineChecks } from "./machine_checks.ts";
import { ownRelayChecks } from "./own_relay_checks.ts";
import { redisChecks } from "./redis_checks.ts";
import { servedRelayChecks } from "./served_relay_checks.ts";
import { siteChecks } from "./site_checks.ts";

/** Runs all checks. `url`: the address of the site; undefined: only the machine and relays. */
export async function examine(config: Config, url: string | undefined): Promise<Check[]> {
  const groups = await Promise.all([
    url === undefined ? [] : siteChecks(url),
    servedRelayChecks(config, url),
    ownRelayChecks(config, url),
    machineChecks(config, keepStateKey(config)),
    redisChecks(config),
  ]);
  return groups.flat();
}

const marks = { ok: "ok   ", warn: "warn ", fail: "FAIL ", skipped: "-    " } as const;

/** The report as text: one line for each check, its fix below it. */
export function report(checks: readonly Check[]): string {
  const width = Math.min(40, Math.max(...checks.map(({ name }) => name.length)));
  return checks.map(({ name, state, seen, fix }) =>
    `${marks[state]} ${name.padEnd(width)}  ${seen}` +
    (fix === undefined ? "" : `\n        → ${fix}`)
  ).join("\n");
}

/** Whether a check failed. */
export function isBroken(checks: readonly Check[]): boolean {
  return checks.some(({ state }) => state === "fail");
}
