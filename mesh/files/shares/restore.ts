/** Takes up the shared files that earlier pages of this browser have left on the disk. */
import { spanOf } from "../blocks/layout.ts";
import type { Manifest } from "../blocks/manifest.ts";
import type { Source } from "../source.ts";
import { BlockStore, keptMs, type ShareAbout, type ShareFolder } from "./share_disk.ts";
import type { ShareOffer } from "./share_message.ts";
import type { SharePorts } from "./share_ports.ts";

/** An own file that can go on. */
export interface RestoredOwn {
  readonly about: ShareAbout;
  readonly store: BlockStore;
  readonly source: Source;
  readonly manifest: Manifest;
}

/** A file that can be fetched further, or that was offered and not yet answered. */
export interface RestoredTaken {
  readonly about: ShareAbout;
  readonly store: BlockStore;
  readonly offer: ShareOffer;
}

/** The files of this room that can go on; removes those that cannot. */
export async function restoreShares(
  { disk, room, clock }: Pick<SharePorts, "disk" | "room" | "clock">,
): Promise<{ own: RestoredOwn[]; taken: RestoredTaken[] }> {
  const own: RestoredOwn[] = [];
  const taken: RestoredTaken[] = [];
  for (const folder of await disk.takeFree()) {
    const { about } = folder;
    if (about.ended || clock.date() - about.since > keptMs) await remove(folder);
    else if (about.room !== room) folder.release();
    else if (about.own) {
      const restored = await restoreOwn(folder);
      if (restored === undefined) await remove(folder);
      else own.push(restored);
    } else {
      const restored = restoreTaken(folder);
      if (restored === undefined) await remove(folder);
      else taken.push(restored);
    }
  }
  return { own, taken };
}

async function restoreOwn(folder: ShareFolder): Promise<RestoredOwn | undefined> {
  const { about } = folder;
  const isWanted = about.later || about.offers.some(({ done }) => !done);
  if (about.root === "" || about.offers.length === 0 || !isWanted) return undefined;
  const store = storeOf(folder);
  const { manifest, has } = await store.restore();
  if (manifest === undefined || !has.isFull) return undefined;
  return { about, store, manifest, source: storedSource(store) };
}

function restoreTaken(folder: ShareFolder): RestoredTaken | undefined {
  const { about } = folder;
  const [kept] = about.offers;
  if (kept === undefined) return undefined;
  const { file, name, size, block, root } = about;
  const offer = { type: "offer", id: kept.id, file, name, size, block, root } as const;
  return { about, store: storeOf(folder), offer };
}

function storeOf(folder: ShareFolder): BlockStore {
  const { size, block } = folder.about;
  return new BlockStore(folder, { size, blockBytes: block, count: Math.ceil(size / block) });
}

/** The copy on the disk as a file to send. */
function storedSource(store: BlockStore): Source {
  const { layout, folder: { about: { name } } } = store;
  return {
    name,
    size: layout.size,
    read: async (from, to) => {
      const block = Math.floor(from / layout.blockBytes);
      const { at } = spanOf(layout, block);
      const bytes = await store.read(block);
      return bytes.slice(from - at, to - at);
    },
  };
}

async function remove(folder: ShareFolder): Promise<void> {
  // If that fails, the next page tries again.
  await folder.remove().catch(() => folder.release());
}
