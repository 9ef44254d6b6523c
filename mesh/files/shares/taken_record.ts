/** A file that comes in blocks, as its card shows it and as the disk keeps it. */
import type { PeerId } from "../../../protocol/mod.ts";
import { safeFileName } from "../file_name.ts";
import type { Transfer, TransferState } from "../transfer.ts";
import type { ShareAbout } from "./share_disk.ts";
import type { ShareOffer } from "./share_message.ts";
import type { SharePorts } from "./share_ports.ts";

/** The offer and who made it, as the card names them. */
export interface TakenOffer {
  readonly offer: ShareOffer;
  readonly from: PeerId;
  readonly person: string;
}

/** What changes: the id with each page of the owner, the root once it is known. */
export interface TakenNow {
  readonly id: string;
  readonly root: string | undefined;
  readonly state: TransferState;
}

/** The transfer of the card. */
export function transferOf({ offer, from, person }: TakenOffer, { id, state }: TakenNow): Transfer {
  const { file, name, size } = offer;
  return {
    id,
    batch: file,
    direction: "in",
    peerId: from,
    person,
    name: safeFileName(name),
    size,
    state,
  };
}

/** What a page that is loaded again has to know. */
export function aboutOf(
  { offer, from, person }: TakenOffer,
  { id, root, state }: TakenNow,
  { room, clock }: Pick<SharePorts, "room" | "clock">,
): ShareAbout {
  const { file, name, size, block } = offer;
  const kept = { id, person, done: false };
  return {
    file,
    own: false,
    room,
    name: safeFileName(name),
    size,
    block,
    root: root ?? "",
    since: clock.date(),
    from,
    later: false,
    ended: false,
    offers: [state.kind === "offered" ? { ...kept, open: true } : kept],
  };
}
