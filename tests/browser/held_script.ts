import type { Peer } from "../rig/mod.ts";

/** A script that a page has asked for, or will ask for. */
export interface HeldScript {
  /** Its address, once the page asks for it. */
  readonly asked: Promise<string>;
  readonly letGo: () => void;
}

/** Holds back the script that has `marker` in it. */
export async function holdScript({ page }: Peer, marker: string): Promise<HeldScript> {
  const asked = Promise.withResolvers<string>();
  const held = Promise.withResolvers<void>();
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (request.resourceType() === "script") {
      const text = await (await fetch(request.url())).text();
      if (text.includes(marker)) {
        asked.resolve(request.url());
        await held.promise;
      }
    }
    await request.continue();
  });
  return { asked: asked.promise, letGo: held.resolve };
}
