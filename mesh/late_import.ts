/** Imports code late, when the server may be unreachable. */
import { browserClock } from "./clock.ts";

const againMs = 2_000;

/**
 * The module that `load` resolves with; tried every two seconds until it succeeds. `load` is one
 * import() and nothing else: what it would make of the module is lost where it is tried again.
 */
export async function lateImport<Module>(load: () => Promise<Module>): Promise<Module> {
  let wanted = load;
  for (let tries = 1;; tries++) {
    try {
      return await wanted();
    } catch (error) {
      await new Promise<void>((resume) => browserClock.after(againMs, resume));
      // Firefox never fetches a failed module again. Its error contains the address; with a query
      // added, it is another module.
      const failed = /https?:[^\s?]+/.exec(String(error))?.[0];
      const address = failed === undefined ? undefined : `${failed}?${tries}`;
      if (address !== undefined) wanted = () => import(address);
    }
  }
}
