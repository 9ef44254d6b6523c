/** The subscriptions that owners send: whether they can be used, and how pages recognize theirs. */
import { createHash } from "node:crypto";
import type { Bell } from "../../signaling/mod.ts";
import { areKeys } from "./encryption.ts";
import { endpointFault } from "./push_request.ts";

/** Why a subscription cannot be used, in words; `origins`: see `PushWays`. */
export async function bellFault(
  bell: Bell,
  origins: readonly string[],
): Promise<string | undefined> {
  if (!await areKeys(bell)) return "the keys are not those of a push subscription";
  return endpointFault(bell.endpoint, origins);
}

/** Names a browser to the owners of a room, without the address that others could push to. */
export function bellDigest({ endpoint }: Pick<Bell, "endpoint">): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 24);
}
