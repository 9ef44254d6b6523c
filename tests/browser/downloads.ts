// What a page saves as a file.

import { type Peer, waitFor } from "../rig/mod.ts";

declare global {
  // Put into the page by `watchDownloads`.
  var savedFiles: { name: string; blob: Blob }[] | undefined;
}

/** Keeps what the page would download from now on. */
export async function watchDownloads({ page }: Peer): Promise<void> {
  await page.evaluate(() => {
    const saved: { name: string; blob: Blob }[] = [];
    globalThis.savedFiles = saved;
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL;
    URL.createObjectURL = (source) => {
      const address = make(source);
      if (source instanceof Blob) blobs.set(address, source);
      return address;
    };
    HTMLAnchorElement.prototype.click = function () {
      saved.push({ name: this.download, blob: blobs.get(this.href) ?? new Blob() });
    };
  });
}

/** The name and the text of the first file that the page has saved. */
export function savedText({ page }: Peer): Promise<readonly [name: string, text: string]> {
  return waitFor(() =>
    page.evaluate(async () => {
      const [saved] = globalThis.savedFiles ?? [];
      return saved && [saved.name, await saved.blob.text()] as const;
    }), { what: "a saved file" });
}
