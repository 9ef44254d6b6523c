/**
 * The messages about shared files, over the data channel that each link has; bytes go over channels
 * for blocks. A page that does not know the topic ignores them, and gets files as before.
 */
import { checked } from "../../../protocol/parse.ts";
import * as is from "../../../protocol/schema.ts";
import { blockLimits, sharedBytes } from "../blocks/layout.ts";
import { shareId } from "../blocks/block_message.ts";
import { fileLimits, type WireFailure, wireFailures } from "../file_message.ts";

/** The topic of these messages, and the name of what handles them. */
export const shareTopic = "files";

/**
 * An offer of a file. `id`: of the offer, known to the two people only; `file`: of the file, known
 * to all whom it is offered to; `block`: bytes; `root`: the hash of the manifest, empty until it is
 * known.
 */
export interface ShareOffer {
  readonly type: "offer";
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly size: number;
  readonly block: number;
  readonly root: string;
}

/** The messages of the owner of a file. */
export type OwnerMessage =
  /** Can the other page take a file of this size in blocks? */
  | { readonly type: "ask"; readonly id: string; readonly size: number }
  | ShareOffer
  /** Who else takes the file, and may be asked for blocks. */
  | { readonly type: "peers"; readonly id: string; readonly peers: readonly string[] }
  /** The answer to `seek`; see proofOf(). */
  | { readonly type: "found"; readonly tag: string; readonly proof: string };

/** The messages of a receiver. */
export type TakerMessage =
  | { readonly type: "can"; readonly id: string }
  /** It takes this file only as older pages do. */
  | { readonly type: "plain"; readonly id: string }
  /** The offer is shown to the person. */
  | { readonly type: "here"; readonly id: string }
  | { readonly type: "accept"; readonly id: string }
  | { readonly type: "decline"; readonly id: string }
  /** So many bytes are on the disk. */
  | { readonly type: "got"; readonly id: string; readonly bytes: number }
  | { readonly type: "stored"; readonly id: string }
  /** To everybody: who has made the offer with this tag? One of the two pages is a new one. */
  | { readonly type: "seek"; readonly tag: string; readonly nonce: string }
  /** To who has proved it: this page goes on with the offer. */
  | { readonly type: "resume"; readonly id: string };

/** Either side ends a transfer. */
export type ShareEnd =
  | { readonly type: "cancel"; readonly id: string }
  | { readonly type: "failed"; readonly id: string; readonly reason: WireFailure };

/** Any of them. */
export type ShareMessage = OwnerMessage | TakerMessage | ShareEnd;

const hash = is.matching(/^[\da-f]{64}$/, "a hash");
const size = is.integer({ least: 0, most: sharedBytes });
const name = is.text({ most: fileLimits.rawName });
const peer = is.text({ least: 1, most: 64 });
const peersMost = 128;

const ofId = <const T extends string>(type: T) => is.object({ type: is.oneOf(type), id: shareId });

const shareMessage = is.tagged<ShareMessage>("type", {
  ask: is.object({ type: is.oneOf("ask"), id: shareId, size }),
  offer: is.object({
    type: is.oneOf("offer"),
    id: shareId,
    file: shareId,
    name,
    size,
    block: is.integer({ least: blockLimits.leastBytes, most: blockLimits.mostBytes }),
    root: is.matching(/^([\da-f]{64})?$/, "a hash or nothing"),
  }),
  peers: is.object({ type: is.oneOf("peers"), id: shareId, peers: is.list(peer, peersMost) }),
  found: is.object({ type: is.oneOf("found"), tag: hash, proof: hash }),
  can: ofId("can"),
  plain: ofId("plain"),
  here: ofId("here"),
  accept: ofId("accept"),
  decline: ofId("decline"),
  got: is.object({ type: is.oneOf("got"), id: shareId, bytes: size }),
  stored: ofId("stored"),
  seek: is.object({ type: is.oneOf("seek"), tag: hash, nonce: shareId }),
  resume: ofId("resume"),
  cancel: ofId("cancel"),
  failed: is.object({
    type: is.oneOf("failed"),
    id: shareId,
    reason: is.oneOf(...wireFailures),
  }),
});

/** Undefined: invalid, or of a later version. */
export function parseShareMessage(body: unknown): ShareMessage | undefined {
  const read = checked(shareMessage, body);
  return read.ok ? read.message : undefined;
}
