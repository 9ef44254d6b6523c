/** Names of people who are not members beside this page: those inside, those who knock. */
import type { PeerId, SealedPeer } from "../../protocol/mod.ts";
import { MemberSeal } from "./card.ts";
import { openHello } from "./hello.ts";
import { RoomKeys } from "./room_keys.ts";

/** As the server lists a person. */
export interface SealedPerson {
  readonly peerId: PeerId;
  readonly sealed?: SealedPeer | undefined;
}

/** The name of each person, in their order; undefined: it was sealed with another secret. */
export async function namesOf(
  keys: RoomKeys,
  people: readonly SealedPerson[],
): Promise<(string | undefined)[]> {
  return await Promise.all(people.map(async ({ peerId, sealed }) => {
    if (sealed === undefined) return undefined;
    const hello = await openHello(keys, { id: peerId, hello: sealed.hello });
    const seal = hello && await MemberSeal.of(keys, hello);
    return (await seal?.openCard(sealed.card))?.name;
  }));
}

/** The same for a page that has a secret and no room yet. Nobody: the secret is malformed. */
export async function openNames(
  { secret, room }: { readonly secret: string; readonly room: string },
  people: readonly SealedPerson[],
): Promise<(string | undefined)[]> {
  const keys = await RoomKeys.of(secret, room);
  return keys === undefined ? [] : await namesOf(keys, people);
}
