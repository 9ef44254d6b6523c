/** The messages on a channel over which one page fetches blocks of one file from another. */
import { checked } from "../../../protocol/parse.ts";
import * as is from "../../../protocol/schema.ts";
import { blockLimits } from "./layout.ts";

/** The label of such a channel. Older pages ignore it. */
export const blockLabel = "parley-files";

/** UTF-16 units of a text message. */
const frameMost = 8 * 1024;

/** The messages of the page that fetches. Block `count` is the manifest. */
export type FetchMessage =
  /** The first one. `file`: known only to those it is offered to; `has`: see BlockMap.encode(). */
  | { readonly type: "open"; readonly file: string; readonly has: string }
  | { readonly type: "get"; readonly block: number }
  /** For a block that the owner chooses. */
  | { readonly type: "any" }
  /** This page has another block, from anybody. */
  | { readonly type: "has"; readonly block: number };

/** The messages of the page that gives. */
export type GiveMessage =
  | { readonly type: "ready" }
  /** The answer to `open`. */
  | { readonly type: "holds"; readonly has: string }
  | { readonly type: "has"; readonly block: number }
  /** The bytes of this block follow. */
  | { readonly type: "block"; readonly block: number }
  /** The answer to `any`: others have everything that the asker lacks. */
  | { readonly type: "none" }
  /** The answer to `get`: it is not there, or unreadable. */
  | { readonly type: "gone"; readonly block: number };

const block = is.integer({ least: 0, most: blockLimits.mostCount });
const bits = is.text({ most: 6 * 1024 });

/** A name of a shared file, or of an offer of it. */
export const shareId: is.Check<string> = is.matching(/^[\w-]{8,64}$/, "an id");

const fetchMessage = is.tagged<FetchMessage>("type", {
  open: is.object({ type: is.oneOf("open"), file: shareId, has: bits }),
  get: is.object({ type: is.oneOf("get"), block }),
  any: is.object({ type: is.oneOf("any") }),
  has: is.object({ type: is.oneOf("has"), block }),
});

const giveMessage = is.tagged<GiveMessage>("type", {
  ready: is.object({ type: is.oneOf("ready") }),
  holds: is.object({ type: is.oneOf("holds"), has: bits }),
  has: is.object({ type: is.oneOf("has"), block }),
  block: is.object({ type: is.oneOf("block"), block }),
  none: is.object({ type: is.oneOf("none") }),
  gone: is.object({ type: is.oneOf("gone"), block }),
});

/** Undefined: invalid. */
export function parseFetchMessage(frame: unknown): FetchMessage | undefined {
  return parse(frame, fetchMessage);
}

/** Undefined: invalid. */
export function parseGiveMessage(frame: unknown): GiveMessage | undefined {
  return parse(frame, giveMessage);
}

function parse<M>(frame: unknown, check: is.Check<M>): M | undefined {
  if (typeof frame !== "string" || frame.length > frameMost) return undefined;
  try {
    const read = checked(check, JSON.parse(frame));
    return read.ok ? read.message : undefined;
  } catch {
    return undefined;
  }
}
