/** What shared files need of the rest of the page, and small things that both sides use. */
import type { PeerId } from "../../../protocol/mod.ts";
import type { Clock } from "../../clock.ts";
import type { FileChannel } from "../link_channel.ts";
import { RunningHash } from "../running_hash.ts";
import type { FilePlace } from "../sink.ts";
import type { FileFailure, Transfer } from "../transfer.ts";
import type { WireFailure } from "../file_message.ts";
import type { ShareDisk } from "./share_disk.ts";
import type { ShareMessage } from "./share_message.ts";

/** The rest of the page. */
export interface SharePorts {
  readonly clock: Clock;
  /** Unique and unguessable. */
  readonly randomId: () => string;
  readonly random: () => number;
  readonly disk: ShareDisk;
  /** The name of the room. */
  readonly room: string;
  /** Undefined: unknown. */
  readonly freeBytes: () => Promise<number | undefined>;
  /** Asks the person where the file goes; undefined: they have closed the question. */
  readonly place: (wanted: { name: string; size: number }) => Promise<FilePlace | undefined>;
  /** False: there is no open data channel now. */
  readonly tell: (peerId: PeerId, message: ShareMessage) => boolean;
  /** Opens a channel for blocks. */
  readonly open: (peerId: PeerId) => FileChannel | undefined;
  readonly isLinked: (peerId: PeerId) => boolean;
  /** Everybody in the room. */
  readonly peers: () => readonly PeerId[];
  readonly nameOf: (peerId: PeerId) => string;
  readonly selfId: () => PeerId;
  readonly changed: (transfer: Transfer) => void;
}

/** The hash by which two pages find an offer again without naming it. */
export function tagOf(id: string): string {
  return hashText(["parley-share", id]);
}

/** Proves to `to` that `from` knows the offer; of no use to anybody else. */
export function proofOf(
  id: string,
  { nonce, from, to }: { nonce: string; from: PeerId; to: PeerId },
): string {
  return hashText(["parley-share-proof", id, nonce, from, to]);
}

function hashText(parts: readonly string[]): string {
  const hash = new RunningHash();
  hash.add(new TextEncoder().encode(JSON.stringify(parts)));
  return hash.end();
}

/** The reason as the other side learns it. */
export function wireReason(reason: FileFailure): WireFailure {
  return reason === "unsupported" || reason === "left" || reason === "lost" ? "rules" : reason;
}
