// Options of a core, for tests that need few of them.

import type { CoreOptions } from "../../../signaling/core/core_types.ts";
import { signedTokens } from "../../../signaling/core/tokens.ts";

/** Default options. `more`: those that the test needs. */
export function coreOptions(more: Partial<CoreOptions> = {}): CoreOptions {
  return {
    tokens: signedTokens(new Uint8Array(32).fill(1)),
    startedAt: 0,
    kept: [],
    capacity: 8,
    chatHistory: "none",
    ice: { serversFor: () => [], renewMs: undefined },
    ...more,
  };
}
