/** What this page shows and seals with, as long as the link has one secret. */
import { MemberSeal } from "./card.ts";
import { type OwnHello, sealHello } from "./hello.ts";
import type { RoomKeys } from "./room_keys.ts";

/** Everything that holds for one secret. */
export interface Era {
  readonly keys: RoomKeys;
  readonly door: string;
  readonly hello: string;
  readonly seal: MemberSeal;
}

/** Begins to use a secret. */
export async function eraOf(keys: RoomKeys, own: OwnHello): Promise<Era> {
  const [door, hello, seal] = await Promise.all([
    keys.door(),
    sealHello(keys, own),
    MemberSeal.of(keys, own),
  ]);
  return { keys, door, hello, seal };
}
