/** Starts workers under the Trusted Types of the page. */

/** The part of Trusted Types that is used; TypeScript does not know it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** `address`: the `import.meta.url` of a module of this site; no other address passes. */
export function startModuleWorker(address: string): Worker {
  const trustedTypes: TrustedTypes | undefined = Reflect.get(globalThis, "trustedTypes");
  const rules = { createScriptURL: () => ownAddress(address) };
  const trusted = trustedTypes?.createPolicy("parley-processing", rules).createScriptURL(address) ??
    ownAddress(address);
  return new Worker(trusted, { type: "module" });
}

function ownAddress(address: string): string {
  const { origin, href } = new URL(address, location.href);
  if (origin !== location.origin) throw new TypeError(`${href} is not of this site`);
  return href;
}
