// Tests that make network namespaces, which not every machine allows.

import { namespacesRefused } from "../rig/mod.ts";

/** A test that makes networks; left out, with the reason, where there can be none. */
export function testInNamespaces(
  sentence: string,
  body: (stack: AsyncDisposableStack) => Promise<void>,
): void {
  Deno.test(sentence, async () => {
    const refused = await namespacesRefused();
    if (refused !== undefined) {
      console.log(`SKIPPED, not tried: ${refused}`);
      return;
    }
    await using stack = new AsyncDisposableStack();
    await body(stack);
  });
}
