/** The program of this site, and whether it is that of the last visit. */
import { attempt } from "../../protocol/attempt.ts";

/** Storage entries begin with this; the base path follows, because a site may have two Parleys. */
export const programEntry = "parley.program";

/** The part of Storage that is used. */
type ProgramStorage = Pick<Storage, "getItem" | "setItem">;

/**
 * SHA-256 of the list of scripts that the site serves, 64 hexadecimal digits. Undefined: the site
 * does not answer, or this page came over plain http.
 */
export async function programHash(base: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${base}/program.txt`, { cache: "no-cache" });
    if (!response.ok) return undefined;
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return undefined;
  }
}

/** The first digits in groups, as people compare them: "3f2a 91bc 04de 77aa". */
export function shortHash(hash: string): string {
  return hash.slice(0, 16).match(/.{4}/g)?.join(" ") ?? "";
}

/** Keeps the hash of this visit; returns that of the last one if it was another. */
export function changeOfProgram(
  hash: string,
  { base, storage }: { base: string; storage: ProgramStorage | undefined },
): string | undefined {
  const entry = programEntry + base;
  const before = attempt(() => storage?.getItem(entry));
  if (before !== hash) attempt(() => storage?.setItem(entry, hash));
  return before && /^[\da-f]{64}$/.test(before) && before !== hash ? before : undefined;
}
