/**
 * What a member shows of itself: its name, its devices, and when it raised its hand. Sealed for
 * everybody with the link. Notes, which nobody keeps, are sealed in the same way.
 */
import { type PeerId, type PeerState, personName } from "../../protocol/mod.ts";
import { type Bytes, fromBase64url, packed, textIn, toBase64url, unpacked } from "./bytes.ts";
import type { Hello } from "./hello.ts";
import { type RoomKeys, type SealingKey, version } from "./room_keys.ts";

/** One state of a member. */
export interface Card {
  /** Counts the cards of a page. */
  readonly count: number;
  readonly name: string;
  readonly state: PeerState;
  /** When the hand was raised, ms since the epoch by the server's clock; null: it is not up. */
  readonly raised: number | null;
}

/** Sealed texts of one member, with the key of its hello. */
export class MemberSeal {
  readonly #keys: RoomKeys;
  readonly #id: string;
  readonly #key: SealingKey;

  private constructor(keys: RoomKeys, { id, key }: { id: string; key: SealingKey }) {
    this.#keys = keys;
    this.#id = id;
    this.#key = key;
  }

  static async of(keys: RoomKeys, hello: Pick<Hello, "id" | "nonce">): Promise<MemberSeal> {
    return new MemberSeal(keys, { id: hello.id, key: await keys.memberKey("card", hello) });
  }

  /** Seals a value as JSON, padded; base64url. */
  async seal(kind: "card" | "note", value: unknown): Promise<string> {
    const plain = padded(packed(JSON.stringify(value)));
    return toBase64url(await this.#key.seal(plain, this.#about(kind)));
  }

  /** The value that this member has sealed; undefined: somebody else did. */
  async open(kind: "card" | "note", text: string): Promise<unknown> {
    const sealed = fromBase64url(text);
    const plain = sealed && await this.#key.open(sealed, this.#about(kind));
    const [json] = plain && unpacked(plain, 1) || [];
    return json && readValue(textIn(json));
  }

  /** The card that this member has sealed; undefined: somebody else did, or it is malformed. */
  async openCard(text: string): Promise<Card | undefined> {
    return cardIn(await this.open("card", text));
  }

  #about(kind: string): Bytes {
    const { room, epoch } = this.#keys;
    return packed(kind, version, room, epoch, this.#id);
  }
}

/** The raised hands, the longest first. */
export function handOrder(
  cards: readonly { readonly peerId: PeerId; readonly raised: number | null | undefined }[],
): PeerId[] {
  return cards.flatMap(({ peerId, raised }) => raised == null ? [] : [{ peerId, raised }])
    .toSorted((a, b) => a.raised - b.raised || (a.peerId < b.peerId ? -1 : 1))
    .map(({ peerId }) => peerId);
}

/** Lengths that sealed texts can have, so that they tell little about what is inside. */
const paddedBytes = [64, 256, 1024, 4096, 8192, 16_896];

/** Adds zeros up to the next of a few lengths. */
export function padded(bytes: Bytes): Bytes {
  const length = paddedBytes.find((most) => bytes.length <= most) ?? bytes.length;
  const result = new Uint8Array(length);
  result.set(bytes);
  return result;
}

function readValue(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

function cardIn(value: unknown): Card | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { count, name, state, raised }: Partial<Record<keyof Card, unknown>> = value;
  const shown = typeof name === "string" ? personName(name) : undefined;
  if (typeof count !== "number" || shown === undefined) return undefined;
  if (typeof state !== "object" || state === null) return undefined;
  const { microphone, camera, screen, hand }: Partial<Record<keyof PeerState, unknown>> = state;
  return {
    count,
    name: shown,
    state: {
      microphone: microphone === true,
      camera: camera === true,
      screen: screen === true,
      hand: hand === true,
    },
    raised: typeof raised === "number" ? raised : null,
  };
}
