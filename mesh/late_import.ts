/** Code that is fetched late has to come from a server that may be away by then. */
import { browserClock } from "./clock.ts";

const againMs = 2_000;

/** What `load`, an import(), gives: tried every two seconds until it is there. */
export async function lateImport<Module>(load: () => Promise<Module>): Promise<Module> {
  let wanted = load;
  for (let tries = 1;; tries++) {
    try {
      return await wanted();
    } catch (error) {
      await new Promise<void>((resume) => browserClock.after(againMs, resume));
      // Firefox remembers for good that a module failed; it names it, and under another address it
      // is another one.
      const failed = /https?:[^\s?]+/.exec(String(error))?.[0];
      const address = failed === undefined ? undefined : `${failed}?${tries}`;
      if (address !== undefined) wanted = () => import(address);
    }
  }
}
