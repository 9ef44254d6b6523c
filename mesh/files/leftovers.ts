/** Small enough to run at every start of a page. */

/** In localStorage while there may be kept files of pages that are gone; kept_files.ts sets it. */
const markName = "parley.files";

/** Removes what pages that are gone have left on the disk; the code for it is loaded only where there may be something. */
export async function removeLeftovers(): Promise<void> {
  try {
    if (localStorage.getItem(markName) === null) return;
    await (await import("./kept_files.ts")).sweepKeptFiles();
  } catch {
    // No storage, or no network: the next page tries again.
  }
}
