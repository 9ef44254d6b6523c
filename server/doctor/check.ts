/** The result of one check of `parley doctor`. */
export interface Check {
  readonly name: string;
  /** `warn`: it works, but not for everybody or not for long. */
  readonly state: "ok" | "warn" | "fail" | "skipped";
  /** What the check found, in one line. */
  readonly seen: string;
  /** How to fix it, in one line. */
  readonly fix?: string;
}

/** A check that passed. */
export function ok(name: string, seen: string): Check {
  return { name, state: "ok", seen };
}

/** A check that warns or failed, with the fix. */
export function bad(
  state: "warn" | "fail",
  { name, seen, fix }: { name: string; seen: string; fix: string },
): Check {
  return { name, state, seen, fix };
}

/** A check that does not apply. */
export function skipped(name: string, seen: string): Check {
  return { name, state: "skipped", seen };
}

/** The message of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Why a port cannot be opened; undefined: another program has it. `instead`: what to do if the
 * program may not have ports below 1024.
 */
export function listenFailure(
  error: unknown,
  { name, instead }: { name: string; instead: string },
): Check | undefined {
  if (error instanceof Deno.errors.AddrInUse) return undefined;
  if (!(error instanceof Deno.errors.PermissionDenied)) {
    return bad("fail", { name, seen: reasonOf(error), fix: "choose another address with --host" });
  }
  return bad("fail", {
    name,
    seen: "this program may not listen on it",
    fix: `below 1024, set AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit, or ${instead}`,
  });
}
