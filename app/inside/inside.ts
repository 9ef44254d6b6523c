/** Who is in a room, for the page before joining. */
import { openNames, type SealedPerson } from "../../mesh/mod.ts";

/** A person in the room. */
export interface Insider {
  readonly name: string;
  readonly hue: number;
}

/** Why this link does not lead to the people inside. */
export type OtherLink = "sealed" | "unsealed" | "linkChanged";

/** Who is inside; `untold`: the server does not tell. */
export type Inside = readonly Insider[] | "untold" | OtherLink;

/** The room with the secret of the link; undefined: it has none. */
export interface RoomLink {
  readonly room: string;
  readonly secret: string | undefined;
}

/** A person as the server tells visitors (docs/protocol.md). */
type Told = Insider | (SealedPerson & { readonly hue: number });

/** Parses the server's answer; undefined: it is not ours. */
export function toldIn(answer: unknown): readonly Told[] | "untold" | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { people, hidden }: { people?: unknown; hidden?: unknown } = answer;
  if (hidden === true) return "untold";
  return Array.isArray(people) ? people.flatMap(told) : undefined;
}

function told(value: unknown): Told[] {
  if (typeof value !== "object" || value === null) return [];
  const { name, hue: given, peerId, sealed }: Record<string, unknown> = { ...value };
  if (typeof given !== "number" || !(given >= 0)) return [];
  const hue = Math.floor(given);
  if (typeof name === "string") return [{ name, hue }];
  if (typeof peerId !== "string" || typeof sealed !== "object" || sealed === null) return [];
  const { hello, card }: { hello?: unknown; card?: unknown } = sealed;
  const isSealed = typeof hello === "string" && typeof card === "string";
  return isSealed ? [{ peerId, hue, sealed: { hello, card } }] : [];
}

/**
 * Who is inside, for the owner of a link. People who cannot seal with its secret are left out: the
 * server may have made them up.
 */
export async function insideOf(
  people: readonly Told[],
  { room, secret, open }: RoomLink & { readonly open: typeof openNames },
): Promise<Exclude<Inside, "untold">> {
  const named = people.flatMap((person) => "name" in person ? [person] : []);
  const sealed = people.flatMap((person) => "name" in person ? [] : [person]);
  if (secret === undefined) return sealed.length > 0 ? "sealed" : named;
  if (sealed.length === 0) return named.length > 0 ? "unsealed" : [];
  const names = await open({ secret, room }, sealed);
  const known = sealed.flatMap(({ hue }, index) => {
    const name = names[index];
    return name === undefined ? [] : [{ name, hue }];
  });
  return known.length > 0 ? known : "linkChanged";
}

/**
 * Asks the server; undefined: it does not answer. An owner is told who is in a room that is closed
 * to others, too.
 */
export async function askInside(
  address: string,
  { signal, ownerKey, ...link }: RoomLink & { signal: AbortSignal; ownerKey?: string },
): Promise<Inside | undefined> {
  const headers = new Headers();
  if (ownerKey !== undefined) headers.set("authorization", `Bearer ${ownerKey}`);
  try {
    const response = await fetch(address, { signal, headers });
    const people = response.ok ? toldIn(await response.json()) : undefined;
    if (people === undefined || people === "untold") return people;
    return await insideOf(people, { ...link, open: openNames });
  } catch {
    return undefined;
  }
}
