/** What the doctor found, one line each. */
export interface Check {
  readonly name: string;
  /** `warn`: it works, but not for everybody or not for long. */
  readonly state: "ok" | "warn" | "fail" | "skipped";
  readonly seen: string;
  /** What to do, exactly. */
  readonly fix?: string;
}

/** A check that passed. */
export function ok(name: string, seen: string): Check {
  return { name, state: "ok", seen };
}

/** A check that warns or failed, with what to do. */
export function bad(
  state: "warn" | "fail",
  { name, seen, fix }: { name: string; seen: string; fix: string },
): Check {
  return { name, state, seen, fix };
}

/** A check that does not apply here. */
export function skipped(name: string, seen: string): Check {
  return { name, state: "skipped", seen };
}

/** Why something failed, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
