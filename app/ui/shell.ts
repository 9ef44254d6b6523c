/** The page's side of the service worker (static/worker.js). Everything works without it. */

/** The part of Trusted Types that is used; TypeScript does not know it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** A call is calm by then: its code is hundreds of files. ms after the worker's start. */
const calmMs = 25_000;

/**
 * Starts the worker for everything below `base`, and keeps its offline page fresh. `keepsCode`: it
 * also caches this page's code with all that it may load later, for a call that outlives an update.
 */
export async function startWorker(
  base: string,
  { keepsCode }: { readonly keepsCode: boolean },
): Promise<void> {
  await quietly(async () => {
    // Bypasses the HTTP cache, so that a bad worker is replaced at the next visit.
    await navigator.serviceWorker.register(workerAddress(base), { updateViaCache: "none" });
    await tellWorker({});
    if (!keepsCode || savesData()) return;
    setTimeout(() => quietly(() => tellWorker({ keep: codeOfPage(base) })), calmMs);
  });
}

async function tellWorker(message: { keep?: { version: string; paths: string[] } }): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(message);
}

async function quietly(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch {
    // Plain http, a private window, or blocked by the person.
  }
}

/** A Trusted Types policy that allows only this one address. */
function workerAddress(base: string): string {
  const trustedTypes: TrustedTypes | undefined = Reflect.get(globalThis, "trustedTypes");
  const address = `${base}/worker.js`;
  const rules = { createScriptURL: () => address };
  return trustedTypes?.createPolicy("parley-worker", rules).createScriptURL(address) ?? address;
}

/**
 * The scripts this page has loaded. The address of the room's script changes with everything it can
 * load.
 */
function codeOfPage(base: string): { version: string; paths: string[] } {
  const paths = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith(`${base}/_fresh/js/`) && path.endsWith(".js"));
  return { version: paths.find((path) => path.includes("RoomIsland")) ?? "", paths };
}

function savesData(): boolean {
  const connection: { saveData?: boolean } | undefined = Reflect.get(navigator, "connection");
  return connection?.saveData === true;
}
