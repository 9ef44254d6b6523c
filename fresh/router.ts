/** Finds the route for a method and a path: exact paths first, then patterns in their order. */
import { HttpError } from "./http_error.ts";
import { type Method, methods } from "./types.ts";

/** A route in the table; `Target` is what the app keeps with it. */
export interface Entry<Target> {
  method: Method | "ALL";
  pattern: string;
  target: Target;
}

type Params = Record<string, string>;
/** The groups of a pattern in a path; undefined: the path does not match. */
type GroupsIn = (path: string) => Record<string, string | undefined> | undefined;

/** What a path and method came to. */
export type Match<Target> =
  | { type: "found"; entry: Entry<Target>; params: Params }
  | { type: "wrong method"; allow: string }
  | { type: "none" };

/** A table of routes. */
export class Router<Target> {
  readonly #exact = new Map<string, Entry<Target>[]>();
  readonly #patterns = new Map<string, { groupsIn: GroupsIn; entries: Entry<Target>[] }>();

  add(entry: Entry<Target>): void {
    if (!/[:*?+(){}\\]/.test(entry.pattern)) {
      const isPlain = /^\/[\w/-]*$/.test(entry.pattern);
      const path = isPlain ? entry.pattern : new URL(entry.pattern, "http://local").pathname;
      const entries = this.#exact.get(path) ?? [];
      this.#exact.set(path, [...entries, entry]);
      return;
    }
    const known = this.#patterns.get(entry.pattern);
    if (known) known.entries.push(entry);
    else {
      this.#patterns.set(entry.pattern, { groupsIn: matcher(entry.pattern), entries: [entry] });
    }
  }

  /** Throws HttpError 400 when a parameter of the matched route holds a malformed escape. */
  match(method: string, pathname: string): Match<Target> {
    const allowed = new Set<string>();
    for (const { entries, params } of this.#candidates(pathname)) {
      const entry = choose(method, entries);
      if (entry) return { type: "found", entry, params: params() };
      for (const other of entries) allowed.add(other.method);
    }
    if (allowed.size === 0) return { type: "none" };
    if (allowed.has("GET")) allowed.add("HEAD");
    allowed.add("OPTIONS");
    const allow = methods.filter((name) => allowed.has(name)).join(", ");
    return { type: "wrong method", allow };
  }

  *#candidates(pathname: string): Generator<{ entries: Entry<Target>[]; params: () => Params }> {
    const exact = this.#exact.get(pathname);
    if (exact) yield { entries: exact, params: () => ({}) };
    for (const { groupsIn, entries } of this.#patterns.values()) {
      const groups = groupsIn(pathname);
      if (groups) yield { entries, params: () => decodeParams(groups) };
    }
  }
}

/** Compiles the pattern with its first use: that takes a millisecond, and most starts need none. */
function matcher(pathname: string): GroupsIn {
  let pattern: URLPattern | undefined;
  return (path) => {
    pattern ??= new URLPattern({ pathname });
    return pattern.exec({ pathname: path })?.pathname.groups;
  };
}

function choose<Target>(method: string, entries: Entry<Target>[]): Entry<Target> | undefined {
  const find = (name: string) =>
    entries.find((entry) => entry.method === name || entry.method === "ALL");
  if (method !== "HEAD") return find(method);
  return entries.find((entry) => entry.method === "HEAD") ?? find("GET");
}

function decodeParams(groups: Record<string, string | undefined>): Params {
  const params: [string, string][] = [];
  for (const [name, value] of Object.entries(groups)) {
    if (value === undefined) continue;
    try {
      params.push([name, decodeURIComponent(value)]);
    } catch (cause) {
      throw new HttpError(400, `The path holds a malformed escape: "${value}"`, { cause });
    }
  }
  return Object.fromEntries(params);
}
