// What a core needs to know, for tests that care about little of it.

import type { CoreOptions } from "../../../signaling/core/core_types.ts";
import { signedTokens } from "../../../signaling/core/tokens.ts";

/** `more`: what matters to the test. */
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
