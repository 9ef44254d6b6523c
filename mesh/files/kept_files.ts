/**
 * The folder in which a page keeps files until they are saved. Invariant: a folder whose lock is
 * free belongs to a page that is gone, and may be removed.
 */
import { attempt } from "../../protocol/attempt.ts";
import type { StoragePlatform } from "./browser_storage.ts";

const parentName = "parley-files";
/**
 * A key of localStorage while there may be folders to remove; the island checks it at its start.
 */
const markName = "parley.files";

/** What this browser offers for storing files. `randomId` names the folder of this page. */
export function browserPlatform(randomId: () => string): StoragePlatform {
  const ask: unknown = attempt(() => Reflect.get(globalThis, "showSaveFilePicker"));
  let own: Promise<FileSystemDirectoryHandle> | undefined;
  const hasDisk = attempt(() =>
    "getDirectory" in navigator.storage && "createWritable" in FileSystemFileHandle.prototype
  );
  return {
    ask: typeof ask === "function"
      ? (name) => ask.call(globalThis, { suggestedName: name, id: "parley" })
      : undefined,
    folder: hasDisk ? () => own ??= ownFolder(randomId()) : undefined,
    room: freeRoom,
  };
}

async function ownFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  // The lock comes first: another page may be removing folders now.
  await holdLock(name);
  localStorage.setItem(markName, "1");
  const parent = await root.getDirectoryHandle(parentName, { create: true });
  return await parent.getDirectoryHandle(name, { create: true });
}

function holdLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // The browser releases it when the page is gone.
    navigator.locks.request(lockName(name), () => {
      resolve();
      return new Promise(() => {});
    }).catch(reject);
  });
}

async function freeRoom(): Promise<number | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : quota - usage;
  } catch {
    return undefined;
  }
}

/** Removes the folders of pages that are gone. */
export async function sweepKeptFiles(): Promise<void> {
  try {
    await sweep();
  } catch {
    // Another page removes them at the same time, or the disk is no longer available: the next
    // start tries again.
  }
}

async function sweep(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const parent = await root.getDirectoryHandle(parentName, { create: true });
  let left = 0;
  for await (const name of parent.keys()) {
    await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (lock === null) left++;
      else await parent.removeEntry(name, { recursive: true }).catch(() => left++);
    });
  }
  if (left === 0) localStorage.removeItem(markName);
}

function lockName(folder: string): string {
  return `parley-files-${folder}`;
}
